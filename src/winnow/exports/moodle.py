"""A grade import for Moodle (Grades, Import, CSV file).

The format: https://docs.moodle.org/en/Grade_import. Moodle asks which column is what; a dash is "no grade",
and a grade above 100 stops the import, which is why the total is a percentage. Grade and feedback of an
exercise are to be mapped together, or Moodle drops the grade.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from winnow.course import Course
from winnow.exports.ids import ExportError, Ids
from winnow.exports.table import cell, columns, grade, has_grade, write_rows
from winnow.feedback.visible import one_line
from winnow.feedback.words import exercise_words, share
from winnow.record import ExerciseResult, RunResult

HIGHEST = 100.0
IDENTIFYING = ("Username", "ID number", "Email address")
"""By one of these Moodle finds a learner."""


def write(run: RunResult, course: Course, out: Path, ids: Ids | None = None) -> Path:
    """Write the columns of `ids` (else `Username`), a grade and a feedback per exercise, the total."""
    exercises = columns(run, course)
    for exercise in exercises:
        if exercise.points > HIGHEST:
            said = f"Moodle takes no grade above 100, but {exercise.id} is worth {grade(exercise.points)}"
            raise ExportError(f"{said}: use another format")

    def rows() -> Iterator[list[str]]:
        headings = [exercise.heading for exercise in exercises]
        pairs = [text for heading in headings for text in (heading, f"{heading} (feedback)")]
        yield [*map(cell, ids.columns if ids else ["Username"]), *map(cell, pairs), "Total (percent)"]
        for submission in run.submissions:
            named = ids.values(submission.student) if ids else [submission.student]
            by_exercise = {result.exercise: result for result in submission.exercises}
            cells = [text for exercise in exercises for text in _pair(by_exercise.get(exercise.id), course)]
            whole = all(map(has_grade, submission.exercises))
            total = grade(100 * share(submission.score, submission.points)) if whole else "-"
            yield [*map(cell, named), *cells, total]

    return write_rows(out, rows())


def _pair(result: ExerciseResult | None, course: Course) -> tuple[str, str]:
    if result is None or not has_grade(result):
        return "-", ""
    words = exercise_words(result, course, {})
    why = next((check.why for check in words.checks if check.why), "")
    said = " ".join(one_line(text) for text in (f"{words.headline}.", words.message, why) if text)
    return grade(result.score), cell(escape(said, quote=False))
