"""`grades.csv`: one row per learner, one column per exercise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from winnow.course import Course
from winnow.exports.ids import Ids
from winnow.exports.table import cell, columns, grade, has_grade, write_rows
from winnow.record import RunResult


def write(run: RunResult, course: Course, out: Path, ids: Ids | None = None) -> Path:
    """Write `student`, the columns of the mapping file, `score`, `points` and the exercises."""
    exercises = [column.id for column in columns(run, course)]

    def rows() -> Iterator[list[str]]:
        yield ["student", *map(cell, ids.columns if ids else ()), "score", "points", *exercises]
        for submission in run.submissions:
            named = [cell(value) for value in (ids.values(submission.student) if ids else ())]
            by_exercise = {result.exercise: result for result in submission.exercises}
            scores = [
                grade(by_exercise[name].score, 4) if has_grade(by_exercise.get(name)) else "" for name in exercises
            ]
            total = [grade(submission.score, 4), grade(submission.points, 4)]
            yield [cell(submission.student), *named, *total, *scores]

    return write_rows(out, rows())
