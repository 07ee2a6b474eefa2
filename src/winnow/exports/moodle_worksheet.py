"""The grading worksheet of one Moodle assignment (View all submissions, Upload grading worksheet).

Moodle's reader (`mod/assign/feedback/offline/importgradeslib.php` of moodle/moodle) finds a learner by the number
behind `Participant ` in `Identifier`, and asks for `Grade` and `Last modified (grade)`; it passes over an empty grade,
and over one above the highest of the assignment. Columns that it does not know it leaves alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from winnow.course import Course
from winnow.exports.ids import ExportError, Ids
from winnow.exports.people import known
from winnow.exports.table import cell, grade, has_total, overall, write_rows
from winnow.feedback.words import share
from winnow.record import RunResult, SubmissionResult

IDENTIFYING = ("Identifier",)
HIGHEST = "Maximum Grade"
DEFAULT = 100.0
"""The highest grade of an assignment of which nobody has said another."""


def write(run: RunResult, course: Course, out: Path, ids: Ids | None = None) -> Path:
    """Write one row per learner, with the share of all points as a share of the assignment's highest grade.

    Who a learner is, and the highest grade: the columns of `ids`, else those of the worksheet that was the roster.
    """
    if ids and not set(ids.columns) & set(IDENTIFYING):
        raise ExportError(f"{ids.source} has no column Identifier, by which Moodle's worksheet finds a learner")

    def rows() -> Iterator[list[str]]:
        about = ["Identifier", "Full name", "Email address", "Status"]
        yield [*about, "Grade", HIGHEST, "Last modified (grade)", "Feedback comments"]
        for submission in run.submissions:
            told = {**known(submission), **(ids.named(submission.student) if ids else {})}
            highest = _highest(told.get(HIGHEST, ""))
            given = highest * share(submission.score, submission.points)
            who = told.get("Identifier", ""), told.get("name", submission.student), told.get("Email address", "")
            mark = grade(given) if has_total(submission) else ""
            yield [*map(cell, (*who, overall(submission))), mark, grade(highest), "-", cell(_said(submission))]

    return write_rows(out, rows())


def _highest(text: str) -> float:
    try:
        found = float(text.replace(",", "."))
    except ValueError:
        return DEFAULT
    return found if 0 < found < float("inf") else DEFAULT


def _said(submission: SubmissionResult) -> str:
    """Each exercise with its points, in a line: Moodle shows it as a page."""
    parts = (f"{one.exercise} {grade(one.score)} of {grade(one.points)}" for one in submission.exercises)
    return escape(", ".join(parts), quote=False)
