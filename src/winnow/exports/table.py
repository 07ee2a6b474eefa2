"""What all tables of grades share: their columns, their numbers, and cells that no spreadsheet runs."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from winnow.atomic_write import atomically
from winnow.course import Course
from winnow.exports.people import known
from winnow.feedback.visible import one_line
from winnow.feedback.words import STATUSES
from winnow.record import ExerciseResult, RunResult, SubmissionResult

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠|%]")  # noqa: RUF001 - full-width signs start a formula in some locales
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def cell(text: str) -> str:
    """Text for a cell: what a spreadsheet would take for a formula gets a leading apostrophe.

    Where lists are written with semicolons, a spreadsheet that opens the file begins a cell behind each.
    """
    parts = one_line(text).split(";")
    return ";".join(f"'{part}" if _FORMULA.match(part) and not _NUMBER.fullmatch(part) else part for part in parts)


def grade(value: float, digits: int = 2) -> str:
    """A number with a point and without needless zeros, whatever the locale."""
    return f"{value:.{digits}f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class Column:
    """An exercise or quiz of the run: its id, its heading, and what it is worth."""

    id: str
    heading: str
    points: float


@dataclass(frozen=True)
class Survey:
    """What a table of the run needs: every exercise and quiz, those of the course in its order, then any other; and the
    headings under which something is known of some learner."""

    columns: list[Column]
    known: frozenset[str]

    def told(self, headings: Iterable[str]) -> list[str]:
        """Those of the headings under which there is anything."""
        return [heading for heading in headings if heading in self.known]


def survey(run: RunResult, course: Course) -> Survey:
    """Read the run once."""
    present: dict[str, float] = {}
    headings: set[str] = set()
    for submission in run.submissions:
        headings |= known(submission).keys()
        for result in submission.exercises:
            present[result.exercise] = max(result.points, present.get(result.exercise, 0.0))
    titles = course.titles
    ids = [name for name in titles if name in present] + sorted(present.keys() - titles.keys())
    named = [Column(name, f"{name}: {titles[name]}" if name in titles else name, present[name]) for name in ids]
    return Survey(named, frozenset(headings))


def has_grade(result: ExerciseResult | None) -> bool:
    """Whether there is a score to hand on: what was not handed in, not started or could not be read has none, and a
    fault of the grader gives none. A 0 would take the place of what a grade book has of an earlier hand-in."""
    # Code that does not compile was read: its checks are listed, and it has its 0.
    return result is not None and (result.status == "graded" or (result.status == "unreadable" and bool(result.checks)))


def has_total(submission: SubmissionResult) -> bool:
    """Whether the sum is a grade: something has one, and what could not be judged does not wait for its own."""
    waiting = any(not has_grade(one) and one.status in ("unreadable", "grader_error") for one in submission.exercises)
    return not waiting and any(map(has_grade, submission.exercises))


def status(result: ExerciseResult | None) -> str:
    """Why there is a grade or none, in words; empty for what the learner was not asked."""
    return STATUSES[result.status] if result is not None else ""


def overall(submission: SubmissionResult) -> str:
    """The same of all that a learner was asked: one word where one fits everything."""
    found = {one.status for one in submission.exercises}
    if any(map(has_grade, submission.exercises)):
        return STATUSES["graded"] if all(map(has_grade, submission.exercises)) else "graded in part"
    return next(
        (STATUSES[one] for one in ("grader_error", "unreadable", "not_started") if one in found), "not handed in"
    )


def write_rows(path: Path, rows: Iterable[Iterable[str]]) -> Path:
    """Write a CSV file in UTF-8, with the mark by which spreadsheets know it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomically(path) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return path
