"""A gradebook for Canvas (Gradebook, Import).

The format is what `lib/gradebook_importer.rb` of instructure/canvas-lms reads: it finds a learner by `ID`,
then by `SIS User ID`, then by `SIS Login ID`, then by name, and an assignment by its heading; an empty cell
changes nothing. Every column after `Section` is an assignment, so there is no total; but not one whose heading has the
words `Current Grade` in it, which the importer passes over: these hold why there is a grade or none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from winnow.course import Course
from winnow.exports.ids import ExportError, Ids
from winnow.exports.people import known
from winnow.exports.table import cell, grade, has_grade, status, survey, write_rows
from winnow.record import RunResult, SubmissionResult

IDENTITY = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
IDENTIFYING = ("ID", "SIS User ID", "SIS Login ID")
"""By the first of these that is given Canvas finds a learner; by name only where none is."""
POINTS_ROW = "Points Possible"
PASSED_OVER = "Current Grade"


def write(run: RunResult, course: Course, out: Path, ids: Ids | None = None) -> Path:
    """Write the header, the row of points and one row per learner.

    `ids` names columns as Canvas does; without it, who a learner is is what Canvas or a roster told.
    """
    exercises = survey(run, course).columns
    if ids and not set(ids.columns) & set(IDENTITY):
        raise ExportError(f"{ids.source} names none of the columns that Canvas knows: {', '.join(IDENTITY)}")

    def rows() -> Iterator[list[str]]:
        statuses = (f"Status of {exercise.id} ({PASSED_OVER})" for exercise in exercises)
        yield [*IDENTITY, *(cell(exercise.heading) for exercise in exercises), *map(cell, statuses)]
        points = [grade(exercise.points) for exercise in exercises]
        yield [f"    {POINTS_ROW}", *[""] * (len(IDENTITY) - 1), *points, *[""] * len(exercises)]
        for submission in run.submissions:
            named_by = ids.named(submission.student) if ids else _known(submission)
            named = [{"Student": submission.student, **named_by}.get(column, "") for column in IDENTITY]
            # Canvas takes any row whose first cell holds these words for the row of points.
            named[0] = named[0].replace(POINTS_ROW, POINTS_ROW.replace(" ", "_"))
            by_exercise = {result.exercise: result for result in submission.exercises}
            scores = [
                grade(by_exercise[one.id].score) if has_grade(by_exercise.get(one.id)) else "" for one in exercises
            ]
            yield [*map(cell, named), *scores, *(cell(status(by_exercise.get(one.id))) for one in exercises)]

    return write_rows(out, rows())


def _known(submission: SubmissionResult) -> Mapping[str, str]:
    told = known(submission)
    return {"Student": told.get("name", submission.student), **told}
