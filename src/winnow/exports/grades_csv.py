"""`grades.csv`: one row per learner, one column per exercise, and what there is instead of a grade."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from winnow.course import Course
from winnow.exports.ids import Ids
from winnow.exports.people import known
from winnow.exports.table import cell, grade, has_grade, overall, status, survey, write_rows
from winnow.record import RunResult

PEOPLE = ("name", "email", "section")
HAND_INS = ("handed_in", "late")


def write(run: RunResult, course: Course, out: Path, ids: Ids | None = None) -> Path:
    """Write `student`, who that is, `score`, `points`, the exercises, and the status of each.

    Who that is: the columns of the mapping file, else what the roster said. A grade that there is not is blank.
    """
    found_out = survey(run, course)
    exercises = [column.id for column in found_out.columns]
    people = [] if ids else found_out.told(PEOPLE)
    about = found_out.told(HAND_INS)

    def rows() -> Iterator[list[str]]:
        named = ids.columns if ids else people
        statuses = ["status", *(f"{name} status" for name in exercises)]
        yield ["student", *map(cell, named), "score", "points", *exercises, *statuses, *about]
        for submission in run.submissions:
            told = known(submission)
            who = ids.values(submission.student) if ids else [told.get(heading, "") for heading in people]
            found = {result.exercise: result for result in submission.exercises}
            scores = [grade(found[name].score, 4) if has_grade(found.get(name)) else "" for name in exercises]
            whole = [grade(submission.score, 4) if any(map(has_grade, submission.exercises)) else ""]
            whole.append(grade(submission.points, 4))
            said = [overall(submission), *(status(found.get(name)) for name in exercises)]
            said += [told.get(heading, "") for heading in about]
            yield [*map(cell, (submission.student, *who)), *whole, *scores, *map(cell, said)]

    return write_rows(out, rows())
