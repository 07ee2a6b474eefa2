"""What all tables of grades share: their columns, their numbers, and cells that no spreadsheet runs."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from pathlib import Path

from winnow.course import Course
from winnow.feedback.visible import one_line
from winnow.record import ExerciseResult, RunResult

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠|%]")  # noqa: RUF001 - full-width signs start a formula in some locales
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def cell(text: str) -> str:
    """Text for a cell: what a spreadsheet would take for a formula gets a leading apostrophe."""
    shown = one_line(text)
    return f"'{shown}" if _FORMULA.match(shown) and not _NUMBER.fullmatch(shown) else shown


def grade(value: float, digits: int = 2) -> str:
    """A number with a point and without needless zeros, whatever the locale."""
    return f"{value:.{digits}f}".rstrip("0").rstrip(".")


def columns(run: RunResult, course: Course) -> list[tuple[str, str]]:
    """(id, heading) of every exercise and quiz in the run: those of the course in its order, then any other."""
    present = {result.exercise for submission in run.submissions for result in submission.exercises}
    known = course.titles
    ids = [name for name in known if name in present] + sorted(present - known.keys())
    return [(name, f"{name}: {known[name]}" if name in known else name) for name in ids]


def points_of(run: RunResult, exercise: str) -> float:
    """What an exercise is worth in this run."""
    return max(
        (r.points for submission in run.submissions for r in submission.exercises if r.exercise == exercise),
        default=0.0,
    )


def has_grade(result: ExerciseResult | None) -> bool:
    """Whether there is a score to hand on: a fault of the grader gives none."""
    return result is not None and result.status != "grader_error"


def write_rows(path: Path, rows: Iterable[Iterable[str]]) -> Path:
    """Write a CSV file in UTF-8."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return path
