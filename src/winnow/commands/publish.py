"""What a run leaves in its results folder: the record, the grades, the class report and each learner's feedback."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from winnow import feedback, record_file, report
from winnow.course import Course
from winnow.errors import GraderError
from winnow.exports import export
from winnow.feedback.sentences import sentences
from winnow.feedback.words import Sentences
from winnow.grading.background import in_background
from winnow.grading.run import Entries, read
from winnow.record import RunResult
from winnow.report.alike import Likeness, find_alike

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
    search: AbstractContextManager[Callable[[], Likeness | None]]
    search = in_background(likeness, course, entries) if alike else nullcontext(lambda: None)
    try:
        with search as found:
            record_file.write(run, out / record_file.NAME)
            recorded = record_file.load(out / record_file.NAME)
            export(recorded, course, "csv", out / GRADES)
            # Most of the work.
            with in_background(pages, course, entries, out, told) as written:
                likeness_found = found()
                written()
            report.write(recorded, course, out, told, likeness_found)
    except OSError as error:
        raise GraderError(
            f"{error.filename or out} cannot be written ({error.strerror}); "
            "what was graded is kept: make room, and run again"
        ) from None
    return recorded


def pages(course: Course, entries: Entries, out: Path, told: Sentences) -> None:
    """Write the feedback pages of the class that is recorded in `out`, each with the code that was handed in."""
    places = dict(entries)
    recorded = record_file.load(out / record_file.NAME)
    feedback.write_all(recorded, course, out, told, lambda student: read(course, student, places[student]).sources)


def likeness(course: Course, entries: Entries) -> Likeness:
    """Which of the answers handed in are alike."""
    return find_alike(texts(course, entries), course)


def texts(course: Course, entries: Entries) -> dict[str, dict[str, str]]:
    """Learner, then exercise, to the text handed in."""
    found: dict[str, dict[str, str]] = {}
    for student, place in entries:
        sources = read(course, student, place).sources
        found[student] = {
            name: "\n\n".join(cell.source for cell in source.cells)
            for name, source in sources.items()
            if source.status == "found"
        }
    return found
