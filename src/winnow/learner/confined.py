"""Public checks on the learner's files, as in grading: in this process, beside a warm process that runs the code.

A loop without end is stopped, and nothing is imported twice: `winnow watch` answers in milliseconds.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

import pytest

from winnow.checks import plugin
from winnow.checks.explain import Explained, explain, seen
from winnow.checks.subjects import NotRunError, NotStartedError, StoppedError, Transcript
from winnow.course import Course, CourseError, Exercise
from winnow.diagnosis import Failure, Finding
from winnow.grading.bench import Bench, Check, Ran
from winnow.grading.handed_in import HandedIn
from winnow.grading.pool import Job, Terms
from winnow.grading.rehearsal import KnownAnswers
from winnow.nurse import Nurseries
from winnow.record import ExerciseResult
from winnow.submission import Submission, read_submission

QUIET = (
    "cacheprovider", "capture", "terminal", "logging", "warnings", "junitxml", "doctest", "faulthandler",
    "unraisableexception", "threadexception", "pastebin", "stepwise", "debugging", "tmpdir", "recwarn", "setuponly",
    "setupplan", "monkeypatch", "unittest", "hypothesispytest", "xdist", "pytest_cov", "anyio",
)  # fmt: skip


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
        calls = [
            seen(asked.batch.request.function, asked.batch.calls[0], asked.seen[0])
            for asked in failure.transcript.asked
        ]
        told: Explained = explain(
            failure.error, calls, failure.compared, self.exercise.public_checks, self.exercise.stub
        )
        return Finding(told.why, told.counterexample)


class PublicBench(Bench):
    """A bench of public checks alone, for a copy of the course without solutions."""

    def __init__(
        self, course: Course, jobs: Iterable[Job], emit: Callable[[list[ExerciseResult]], None], nurseries: Nurseries
    ) -> None:
        # Not the bench's own: it reads solutions and misconceptions.
        self.course = course
        self.jobs = jobs
        self.emit = emit
        self.nurseries = nurseries
        self.checks: dict[str, list[Check]] = {}
        self.problems: list[str] = []
        self.references = {}
        self.secret = b""
        self.terms = Terms()
        self._questions = {}
        self.diagnosis = {
            exercise.id: _Explaining(exercise)  # type: ignore[misc]
            for exercise in course.exercises
        }
        self._ran: dict[bytes, Ran] = {}
        self.known = KnownAnswers()
        self.subject: HandedIn | None = None
        self.running: Ran | None = None
        self.fault: BaseException | None = None

    def rehearsal(self, exercise: Exercise) -> None:
        """Nothing is foreseen: there is no reference that could go first."""

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Sort the collected checks by exercise."""
        for item in session.items:
            check = self._check(item)
            if check is not None:
                self.checks.setdefault(check.exercise.id, []).append(check)

    def grade(self, exercise: Exercise, submission: Submission) -> ExerciseResult:
        """One exercise; its points are those of the public checks."""
        points = sum(check.points for check in self.checks.get(exercise.id, []))
        result = super().grade(replace(exercise, points=points), submission)
        if result.status == "graded" and result.message:
            return replace(result, notes=tuple(dict.fromkeys((result.message, *result.notes))))
        return result


def job(exercise: Exercise) -> Job:
    """The learner's file as it is now."""
    return Job(read_submission("you", exercise.stub, [exercise]), (exercise.id,))


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
    bench = PublicBench(course, jobs, lambda results: emit(results[0]), nurseries)
    files = [str(exercise.public_checks) for exercise in exercises]
    options = [f"--rootdir={course.root}", "--import-mode=importlib", "-c", os.devnull, "-o", "addopts="]
    options += [word for name in QUIET for word in ("-p", f"no:{name}")]
    said, paths, modules = io.StringIO(), list(sys.path), set(sys.modules)
    try:
        with plugin.graded_by(bench), contextlib.redirect_stdout(said):
            status = pytest.main([*files, *options], plugins=[bench])
    finally:
        sys.path[:] = paths
        for name in set(sys.modules) - modules:
            # The checks are imported anew the next time: they may have changed.
            if name.rpartition(".")[2].startswith("test_"):
                del sys.modules[name]
    if status == pytest.ExitCode.INTERRUPTED:
        raise KeyboardInterrupt
    if bench.problems:
        raise CourseError(bench.problems[0])
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise CourseError(f"the checks cannot be run (pytest ended with {status}): {said.getvalue().strip()[-500:]}")
