"""What all tables of grades share: their columns, their numbers, and cells that no spreadsheet runs."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from winnow.course import Course
from winnow.feedback.visible import one_line
from winnow.record import ExerciseResult, RunResult
from winnow.whole import whole

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠|%]")  # noqa: RUF001 - full-width signs start a formula in some locales
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def cell(text: str) -> str:
    """Text for a cell: what a spreadsheet would take for a formula gets a leading apostrophe."""
    shown = one_line(text)
    return f"'{shown}" if _FORMULA.match(shown) and not _NUMBER.fullmatch(shown) else shown


def grade(value: float, digits: int = 2) -> str:
    """A number with a point and without needless zeros, whatever the locale."""
    return f"{value:.{digits}f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class Column:
    """An exercise or quiz of the run: its id, its heading, and what it is worth."""

    id: str
    heading: str
    points: float


def columns(run: RunResult, course: Course) -> list[Column]:
    """Every exercise and quiz in the run, which is read once: those of the course in its order, then any other."""
    present: dict[str, float] = {}
    for submission in run.submissions:
        for result in submission.exercises:
            present[result.exercise] = max(result.points, present.get(result.exercise, 0.0))
    known = course.titles
    ids = [name for name in known if name in present] + sorted(present.keys() - known.keys())
    return [Column(name, f"{name}: {known[name]}" if name in known else name, present[name]) for name in ids]


def has_grade(result: ExerciseResult | None) -> bool:
    """Whether there is a score to hand on: a fault of the grader gives none, nor does a file that cannot be read, which
    is to be asked for anew. A 0 would take the place of what a grade book has of an earlier hand-in."""
    if result is None or result.status == "grader_error":
        return False
    # Code that does not compile was read: its checks are listed, and it has its 0.
    return result.status != "unreadable" or bool(result.checks)


def write_rows(path: Path, rows: Iterable[Iterable[str]]) -> Path:
    """Write a CSV file in UTF-8."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole(path) as part, part.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return path
