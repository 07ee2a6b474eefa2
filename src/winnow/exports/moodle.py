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
from winnow.exports.people import known
from winnow.exports.table import cell, grade, has_grade, has_total, overall, status, survey, write_rows
from winnow.feedback.visible import one_line
from winnow.feedback.words import exercise_words, share
from winnow.record import ExerciseResult, RunResult

HIGHEST = 100.0
IDENTIFYING = ("Username", "ID number", "Email address")
"""By one of these Moodle finds a learner."""


def write(run: RunResult, course: Course, out: Path, ids: Ids | None = None) -> Path:
    """Write who a learner is, a grade and a feedback per exercise, the total, and why there is a grade or none.

    Who a learner is: the columns of `ids`, else those of a roster that Moodle knows, else `Username`.
    """
    found_out = survey(run, course)
    exercises = found_out.columns
    for exercise in exercises:
        if exercise.points > HIGHEST:
            said = f"Moodle takes no grade above 100, but {exercise.id} is worth {grade(exercise.points)}"
            raise ExportError(f"{said}: use another format")

    told = ids.columns if ids else found_out.told(IDENTIFYING) or ["Username"]

    def rows() -> Iterator[list[str]]:
        headings = [exercise.heading for exercise in exercises]
        pairs = [text for heading in headings for text in (heading, f"{heading} (feedback)")]
        statuses = ["Status", *(f"Status of {exercise.id}" for exercise in exercises)]
        yield [*map(cell, told), *map(cell, pairs), "Total (percent)", *map(cell, statuses)]
        for submission in run.submissions:
            about = {"Username": submission.student, **known(submission)}
            named = ids.values(submission.student) if ids else [about.get(heading, "") for heading in told]
            by_exercise = {result.exercise: result for result in submission.exercises}
            cells = [text for exercise in exercises for text in _pair(by_exercise.get(exercise.id), course)]
            total = grade(100 * share(submission.score, submission.points)) if has_total(submission) else "-"
            said = [overall(submission), *(status(by_exercise.get(exercise.id)) for exercise in exercises)]
            yield [*map(cell, named), *cells, total, *map(cell, said)]

    return write_rows(out, rows())


def _pair(result: ExerciseResult | None, course: Course) -> tuple[str, str]:
    if result is None or result.status == "grader_error":
        return "-", ""
    words = exercise_words(result, course, {})
    why = next((check.why for check in words.checks if check.why), "")
    said = " ".join(one_line(text) for text in (f"{words.headline}.", words.message, why) if text)
    return grade(result.score) if has_grade(result) else "-", cell(escape(said, quote=False))
