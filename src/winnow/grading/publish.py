"""What a run leaves in its results folder: the record, the grades, the class report and each learner's feedback."""

from __future__ import annotations

from pathlib import Path

from winnow import feedback, record_file, report
from winnow.course import Course
from winnow.errors import GraderError
from winnow.exports import export
from winnow.feedback.sentences import sentences
from winnow.grading.run import Entries
from winnow.record import RunResult
from winnow.submission import read_submission

GRADES = "grades.csv"
LARGE = 2000
"""In a larger class answers are compared with each other only when the report is asked for by itself."""


def publish(run: RunResult, course: Course, entries: Entries, out: Path, sources: bool | None = None) -> RunResult:
    """Write everything; return the run as it was recorded.

    The store is read once, for the record. All the rest is made from the record, one learner in memory at a time.

    Args:
        sources: read the submissions again, to look for answers that are alike; unless the class is large.

    Raises:
        GraderError: something cannot be written; what was there before is still there.
    """
    told = sentences(course)
    alike = len(entries) <= LARGE if sources is None else sources
    handed_in = texts(course, entries) if alike else None
    try:
        record_file.write(run, out / record_file.NAME)
        recorded = record_file.load(out / record_file.NAME)
        export(recorded, course, "csv", out / GRADES)
        feedback.write_all(recorded, course, out, told)
        report.write(recorded, course, out, told, handed_in)
    except OSError as error:
        raise GraderError(
            f"{error.filename or out} cannot be written ({error.strerror}); "
            "what was graded is kept: make room, and run again"
        ) from None
    return recorded


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
