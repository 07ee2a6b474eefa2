"""What a run leaves in its results folder: the record, the grades, the class report and each learner's feedback."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from winnow import feedback, report
from winnow.course import Course
from winnow.errors import GraderError
from winnow.exports import export
from winnow.feedback.sentences import sentences
from winnow.grading.run import Entries
from winnow.record import RunResult, as_json
from winnow.submission import read_submission

RECORD, GRADES = "results.json", "grades.csv"
LARGE = 2000
"""In a larger class answers are compared with each other only when the report is asked for by itself."""


@contextlib.contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Where to write what shall be at `path` only once it is whole.

    Raises:
        GraderError: the folder cannot be written.
    """
    part = path.with_name(path.name + ".part")
    try:
        yield part
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink()
        raise unwritable(path, error) from None


def unwritable(path: Path, error: OSError) -> GraderError:
    """What to say when a result cannot be written."""
    return GraderError(
        f"{error.filename or path} cannot be written ({error.strerror}); "
        "what was graded is kept: make room, and run again"
    )


def write_record(path: Path, run: RunResult) -> None:
    """Write `results.json` one learner at a time: one line for each, no time stamps, so equal runs give equal bytes."""
    with whole(path) as part, part.open("w", encoding="utf-8", errors="backslashreplace") as file:
        head = {"schema": run.schema, "sandbox": list(run.sandbox), "remarks": list(run.remarks)}
        file.write(json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "submissions": [')
        for number, submission in enumerate(run.submissions):
            file.write(",\n" if number else "\n")
            file.write(as_json(submission, ensure_ascii=False))
        file.write("\n ]}\n")


def publish(run: RunResult, course: Course, entries: Entries, out: Path, sources: bool | None = None) -> None:
    """Write everything.

    Args:
        sources: read the submissions again, to look for answers that are alike; unless the class is large.

    Raises:
        GraderError: something cannot be written.
    """
    if len(entries) <= LARGE:
        # Read from the store once and not again for every page.
        run = replace(run, submissions=list(run.submissions))
    write_record(out / RECORD, run)
    with whole(out / GRADES) as part:
        export(run, course, "csv", part)
    told = sentences(course)
    alike = len(entries) <= LARGE if sources is None else sources
    try:
        feedback.write_all(run, course, out, told)
        report.write(run, course, out, told, texts(course, entries) if alike else None)
    except OSError as error:
        raise unwritable(out, error) from None


def texts(course: Course, entries: Entries) -> dict[str, dict[str, str]]:
    """Learner, then exercise, to the text handed in."""
    found: dict[str, dict[str, str]] = {}
    for student, path in entries:
        sources = read_submission(student, path, course.exercises).sources
        found[student] = {
            name: "\n\n".join(cell.source for cell in source.cells)
            for name, source in sources.items()
            if source.status == "found"
        }
    return found
