"""Public checks on the learner's files, as in grading: in this process, beside a warm process that runs the code.

A loop without end is stopped, and nothing is imported twice: `winnow watch` answers in milliseconds.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

import pytest

from winnow.checks.subjects import NotRunError, NotStartedError, StoppedError, Transcript, Trusted
from winnow.course import Course, Exercise
from winnow.diagnosis.model import Failure, Finding
from winnow.diagnosis.public import from_the_check
from winnow.grading import session
from winnow.grading.bench import Bench, Explains
from winnow.grading.job import Job
from winnow.grading.turn import Turn
from winnow.nurse import Nurseries
from winnow.record import ExerciseResult
from winnow.submission import read_submission


class _Explaining:
    """What a bench asks for explanations, where there is no reference to compare with."""

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise

    def explain(
        self, failures: dict[int, Failure], passed: Iterable[Transcript], subject: object, examples: bool = True
    ) -> dict[int, Finding]:
        """A finding for each failure, from the check alone."""
        return {at: self._explain(failure) for at, failure in failures.items()}

    def _explain(self, failure: Failure) -> Finding:
        if isinstance(failure.error, NotRunError | NotStartedError | StoppedError) and not failure.transcript.asked:
            return Finding(str(failure.error))
        return from_the_check(failure, self.exercise)


class PublicBench(Bench):
    """A bench of public checks alone, for a copy of the course without solutions."""

    def _references(self) -> dict[str, Trusted]:
        """There are none to read."""
        return {}

    def _explaining(self, exercise: Exercise) -> Explains:
        """Explanations from the check alone."""
        return _Explaining(exercise)

    def rehearsal(self, exercise: Exercise) -> None:
        """Nothing is foreseen: there is no reference that could go first."""

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Sort the collected checks by exercise."""
        for item in session.items:
            check = self._check(item)
            if check is not None:
                self.checks.setdefault(check.exercise.id, []).append(check)

    def grade(self, exercise: Exercise, turn: Turn) -> ExerciseResult:
        """One exercise; its points are those of the public checks."""
        points = sum(check.points for check in self.checks.get(exercise.id, []))
        return super().grade(replace(exercise, points=points), turn)


def job(exercise: Exercise) -> Job:
    """The learner's file as it is now."""
    return Job(read_submission("you", exercise.stub, [exercise], around=exercise.stub.parent.parent), (exercise.id,))


def run(
    course: Course,
    exercises: Collection[Exercise],
    jobs: Iterable[Job],
    emit: Callable[[ExerciseResult], None],
    nurseries: Nurseries,
) -> None:
    """Put the public checks of `exercises` to the files that `jobs` bring, until there are no more.

    Raises:
        CourseError: the checks cannot be collected.
        KeyboardInterrupt: the learner pressed Ctrl-C.
    """
    bench = PublicBench(course, jobs, lambda _, results: emit(results[0]), nurseries)
    modules = set(sys.modules)
    try:
        session.hold(bench, [exercise.public_checks for exercise in exercises], course.root)
    finally:
        for name in set(sys.modules) - modules:
            # The checks are imported anew the next time: they may have changed.
            if name.rpartition(".")[2].startswith("test_"):
                del sys.modules[name]
