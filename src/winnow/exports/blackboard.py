"""A gradebook for Blackboard (Grade Center or Gradebook, Upload).

Blackboard finds a learner by `Username` and a column by the number behind its heading, `mae [Total Pts: 10 Score]
|123456`; of a heading without one it makes a new column. An empty cell changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from winnow.course import Course
from winnow.exports.ids import ExportError, Ids
from winnow.exports.people import known
from winnow.exports.table import cell, grade, has_grade, status, survey, write_rows
from winnow.record import RunResult, SubmissionResult

IDENTITY = ("Username", "Last Name", "First Name")
IDENTIFYING = ("Username",)


def write(run: RunResult, course: Course, out: Path, ids: Ids | None = None) -> Path:
    """Write who a learner is, a column for each exercise, and one of text that says why there is a grade or none."""
    exercises = survey(run, course).columns
    if ids and "Username" not in ids.columns:
        raise ExportError(f"{ids.source} has no column Username, by which Blackboard finds a learner")

    def rows() -> Iterator[list[str]]:
        headings = [f"{exercise.heading} [Total Pts: {grade(exercise.points)} Score]" for exercise in exercises]
        statuses = [f"Status of {exercise.id} [Total Pts: 0 Text]" for exercise in exercises]
        yield [*IDENTITY, *map(cell, (*headings, *statuses))]
        for submission in run.submissions:
            told = ids.named(submission.student) if ids else _known(submission)
            found = {result.exercise: result for result in submission.exercises}
            scores = [grade(found[one.id].score) if has_grade(found.get(one.id)) else "" for one in exercises]
            said = [status(found.get(one.id)) for one in exercises]
            yield [*(cell(told.get(heading, "")) for heading in IDENTITY), *scores, *map(cell, said)]

    return write_rows(out, rows())


def _known(submission: SubmissionResult) -> Mapping[str, str]:
    told = known(submission)
    first, _, last = told.get("name", "").rpartition(" ")
    return {"Username": submission.student, "First Name": first, "Last Name": last, **told}
