"""One run in the formats that institutions take: one module per format, each with the same `write`.

To add one, write its module, name it in `FORMATS` below and in `FORMATS` and `NAMES` of `winnow.commands.export`, and
say in the module's docstring who reads it. `ids` and `people` know who a learner is there, `table` the columns.
Imported by commands and notebooks.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from winnow.course import Course
from winnow.exports import (
    blackboard,
    canvas,
    classroom,
    grades_csv,
    gradescope,
    junit,
    moodle,
    moodle_worksheet,
    record_json,
)
from winnow.exports.ids import ExportError, Ids, read_ids
from winnow.exports.people import known
from winnow.record import RunResult

__all__ = ["FORMATS", "ExportError", "export", "unknown_to"]

Writer = Callable[[RunResult, Course, Path, Ids | None], Path]

IDENTIFYING = {
    "canvas": canvas.IDENTIFYING,
    "moodle": moodle.IDENTIFYING,
    "moodle-worksheet": moodle_worksheet.IDENTIFYING,
    "blackboard": blackboard.IDENTIFYING,
}
"""Formats whose reader finds a learner by certain columns."""

FORMATS: dict[str, Writer] = {
    "csv": grades_csv.write,
    "json": record_json.write,
    "junit": junit.write,
    "gradescope": gradescope.write,
    "classroom": classroom.write,
    "moodle": moodle.write,
    "moodle-worksheet": moodle_worksheet.write,
    "canvas": canvas.write,
    "blackboard": blackboard.write,
}


def unknown_to(run: RunResult, to: str) -> str:
    """What is to be said where a format's reader cannot know the learners by what is known of them; else nothing."""
    wanted = IDENTIFYING.get(to, ())
    if not wanted or any(known(submission).keys() & set(wanted) for submission in run.submissions):
        return ""
    system = to.partition("-")[0].capitalize()
    return (
        f"learners are called as their hand-ins are; {system} finds them by {' or '.join(wanted)}: "
        "grade with --roster and what it exports, or give --ids"
    )


def export(run: RunResult, course: Course, to: str, out: Path, ids: Path | None = None) -> Path:
    """Write `run` in the format `to`; return the file, or the folder where a format has a file per learner.

    Args:
        ids: a CSV file with the column `student` and those the institution wants. Where a format has room for
            one name only, it is the first of these columns.

    Raises:
        ExportError: no such format, or `ids` does not fit the run.
    """
    if to not in FORMATS:
        raise ExportError(f"there is no format {to}; there are {', '.join(FORMATS)}")
    mapping = read_ids(ids) if ids else None
    if mapping:
        mapping.distinct(IDENTIFYING.get(to, ()))
        mapping.known(submission.student for submission in run.submissions)
    return FORMATS[to](run, course, out, mapping)
