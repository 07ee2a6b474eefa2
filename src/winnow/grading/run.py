"""A whole class: what was graded before is taken from the store, the rest is graded side by side."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from winnow.course import Course
from winnow.grading.pool import Job, Settings, grade
from winnow.record import SCHEMA, ExerciseResult, SubmissionResult, total
from winnow.store import Store, key
from winnow.submission import Submission, read_submission


@dataclass
class Tally:
    """What a run came to."""

    submissions: int = 0
    taken_over: int = 0
    faults: list[str] = field(default_factory=list)


def grade_class(
    course: Course,
    entries: Sequence[tuple[str, Path]],
    store: Store,
    settings: Settings,
    processes: int | None = None,
    fresh: bool = False,
    done: Callable[[SubmissionResult], None] = lambda result: None,
) -> Tally:
    """Grade every entry into the store, calling `done` for each learner once the result is kept.

    Raises:
        CourseError: the course is at fault.
        StoreError: the store cannot be written; what was kept so far stays.
    """
    tally = Tally()
    pending: dict[str, tuple[Submission, dict[str, str], dict[str, ExerciseResult]]] = {}

    def finish(submission: Submission, keys: dict[str, str], results: dict[str, ExerciseResult]) -> None:
        ordered = [results[exercise.id] for exercise in course.exercises]
        store.keep(submission.student, [(keys[result.exercise], result) for result in ordered])
        tally.submissions += 1
        tally.faults += [
            f"{submission.student}, {r.exercise}: {r.message}" for r in ordered if r.status == "grader_error"
        ]
        done(SubmissionResult(submission.student, *total(ordered), tuple(ordered), submission.notes))

    def jobs() -> Iterator[Job]:
        for student, path in entries:
            submission = read_submission(student, path, course.exercises)
            keys = {
                exercise.id: key(submission.sources[exercise.id], exercise, settings.secret)
                for exercise in course.exercises
            }
            kept = (
                {} if fresh else {name: result for name, at in keys.items() if (result := store.find(at)) is not None}
            )
            missing = tuple(name for name in keys if name not in kept)
            if missing:
                pending[student] = submission, keys, kept
                yield Job(submission, missing)
            else:
                tally.taken_over += 1
                finish(submission, keys, kept)

    for job, results in grade(course, jobs(), settings, processes or os.cpu_count() or 1):
        submission, keys, kept = pending.pop(job.submission.student)
        finish(submission, keys, kept | {result.exercise: result for result in results})
    return tally


def results(course: Course, entries: Sequence[tuple[str, Path]], store: Store) -> Iterator[SubmissionResult]:
    """The results of `entries` as the store has them, one after another, by learner."""
    for student, _ in entries:
        latest = store.latest(student)
        ordered = tuple(latest[exercise.id] for exercise in course.exercises if exercise.id in latest)
        yield SubmissionResult(student, *total(ordered), ordered)


def write_results(
    path: Path, sandbox: Sequence[str], submissions: Iterator[SubmissionResult], remarks: Sequence[str]
) -> None:
    """Write `results.json` one learner at a time, and put it in place only when it is whole."""
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8") as file:
        head = {"schema": SCHEMA, "sandbox": list(sandbox), "remarks": list(remarks)}
        file.write(json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "submissions": [')
        for number, submission in enumerate(submissions):
            file.write(",\n" if number else "\n")
            file.write(json.dumps(asdict(submission), ensure_ascii=False))
        file.write("\n ]}\n")
    part.replace(path)
