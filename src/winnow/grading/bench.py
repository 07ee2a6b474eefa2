"""One bench: a pytest session whose checks are put to one submission after another.

The session collects public and hidden checks once. The same test items run again for every submission, and their
fixtures give functions that ask this submission's worker. So a check is an ordinary pytest test, and a class pays for
collection once.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from winnow.checks.modules import load_part
from winnow.checks.plugin import Fixtures
from winnow.checks.subjects import Trusted
from winnow.course import Course, CourseError, Exercise
from winnow.diagnosis.hidden import Diagnosis
from winnow.grading import session
from winnow.grading.budget import Budgeted, unlimited
from winnow.grading.collected import CollectedChecks
from winnow.grading.examiner import Examiner
from winnow.grading.job import Job
from winnow.grading.turn import Turn
from winnow.nurse import Line, Nurseries
from winnow.record import ExerciseResult


class Bench:
    """A pytest plugin that replaces the test loop by a loop over submissions.

    Args:
        come: gives the next job, where it is there already, and takes it out of `jobs`.
    """

    def __init__(
        self,
        examiner: Examiner,
        jobs: Iterable[Job],
        emit: Callable[[Job, list[ExerciseResult]], None],
        come: Callable[[], Job | None] = lambda: None,
    ) -> None:
        self._examiner = examiner
        self._collected = examiner.collected
        self._jobs = jobs
        self._emit = emit
        self._come = come
        self._ahead: Turn | None = None
        if "torch" in sys.modules:
            # Several grader processes share the cores: threads that wait for each other cost more than they bring.
            sys.modules["torch"].set_num_threads(1)

    def hold(self, files: Iterable[Path]) -> None:
        """Collect the checks in `files`, and put them to every submission.

        Raises:
            CourseError: the checks cannot be collected, or something is wrong with them.
            KeyboardInterrupt: Ctrl-C.
        """
        plugins = [self._collected, self._examiner, self, Fixtures(self._examiner)]
        session.hold(plugins, files, self._collected.course.root, self._collected.problems)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Grade every job."""
        if self._collected.problems:
            # `hold` raises them: an exception here would look like a fault of pytest's.
            return True
        try:
            for turn in self._in_turn():
                try:
                    exercises = self._exercises(turn.job)
                    self._emit(turn.job, [self._examiner.examine(one, turn, self._look_ahead) for one in exercises])
                finally:
                    turn.close()
        except CourseError as error:
            self._collected.problems.append(str(error))
        finally:
            if self._ahead is not None:
                self._ahead.close()
        return True

    def _in_turn(self) -> Iterator[Turn]:
        waiting = iter(self._jobs)
        while True:
            turn, self._ahead = self._ahead, None
            if turn is None:
                job = next(waiting, None)
                if job is None:
                    return
                turn = Turn(job)
            yield turn

    def _exercises(self, job: Job) -> list[Exercise]:
        """The exercises that a job is about, with the limits that hold for it."""
        exercises = [exercise for exercise in self._collected.course.exercises if exercise.id in job.exercises]
        limits = job.terms.limits
        return exercises if limits is None else [replace(exercise, limits=limits) for exercise in exercises]

    def _look_ahead(self) -> None:
        """Have the next submission's code run already, where there is one, while this one is judged."""
        if self._ahead is None and (job := self._come()) is not None:
            self._ahead = Turn(job)
            self._examiner.begin(self._exercises(job)[0], self._ahead)


def run(course: Course, jobs: Iterator[Job], emit: Callable[[Job, list[ExerciseResult]], None],
        layers: Iterable[str], secret: bytes, lines: Iterable[Line] = (),
        come: Callable[[], Job | None] = lambda: None, budget: Budgeted = unlimited) -> None:  # fmt: skip
    """Grade `jobs` in this process, handing each with its results to `emit`.

    Args:
        lines: lines to nurseries that are there already.
        come: gives the next job, where it is there already, and takes it out of `jobs`.
        budget: limits the work on each part of a job.

    Raises:
        CourseError: the course's checks cannot be collected, or one has no points.
    """
    nurseries = Nurseries(tuple(layers), lines)
    references = {
        exercise.id: Trusted(vars(load_part(exercise, exercise.solution, "solution"))) for exercise in course.exercises
    }
    explainers = {exercise.id: Diagnosis(exercise, references[exercise.id]) for exercise in course.exercises}
    examiner = Examiner(CollectedChecks(course), nurseries, explainers, references, secret, budget)
    every = [path for exercise in course.exercises for path in (exercise.public_checks, exercise.hidden_checks)]
    files = [path for path in every if path.is_file()] if course.draft else every
    try:
        with warnings.catch_warnings():
            # What numpy warns of in references and misconceptions is for nobody to read.
            warnings.simplefilter("ignore")
            Bench(examiner, jobs, emit, come).hold(files)
    finally:
        nurseries.close()
        _forget(course)


def _forget(course: Course) -> None:
    """Drop the course's modules: another course's files of the same names must not find these."""
    trees = tuple(f"{course.root / tree}{os.sep}" for tree in ("exercises", "solutions", "graders"))
    for name, module in list(sys.modules.items()):
        # Some modules make up attributes that they are asked for.
        file = vars(module).get("__file__") if hasattr(module, "__dict__") else None
        if isinstance(file, str) and file.startswith(trees):
            del sys.modules[name]
