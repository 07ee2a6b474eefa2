"""All checks, put to the reference in this process, to learn what they ask and what they are worth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from winnow.checks.agree import Questions
from winnow.checks.modules import load_part
from winnow.checks.plugin import Fixtures
from winnow.checks.subjects import AskedBatch, Function, Transcript, Trusted
from winnow.course import Course, Exercise
from winnow.grading.session import Problems, session


@dataclass
class Rehearsed:
    """One check: its marks, all that it asked the reference, and why the reference failed it."""

    name: str
    visibility: str
    points: float
    edge: bool
    transcript: Transcript = field(default_factory=Transcript)
    problem: str = ""


class Rehearser(Problems):
    """A pytest plugin in the place of the bench; see `rehearse`."""

    def __init__(self, course: Course, exercise: Exercise, secret: bytes) -> None:
        super().__init__()
        self.course = course
        self.exercise = exercise
        self.reference = Trusted(vars(load_part(exercise, exercise.solution, "solution")))
        self.questions = Questions(secret + exercise.id.encode(), self.reference)
        self.checks: list[Rehearsed] = []
        self._running: Rehearsed | None = None

    def function(self, name: str) -> Function:
        """The reference, as the fixture of that name."""
        assert self._running is not None
        return Function(name, self.reference, self._running.transcript)

    def question_book(self, item: pytest.Item) -> Questions:
        """The questions of the exercise a check belongs to."""
        return self.questions

    def asked(self) -> Iterator[AskedBatch]:
        """All that the checks asked."""
        for check in self.checks:
            yield from check.transcript.asked

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Open a record for the check."""
        mark = item.get_closest_marker("points")
        visibility = "public" if item.path == self.exercise.public_checks else "hidden"
        points = float(mark.args[0]) if mark is not None and mark.args else 0.0
        edge = item.get_closest_marker("edge") is not None
        self._running = Rehearsed(item.name, visibility, points, edge)
        self.checks.append(self._running)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        """Keep why the reference failed."""
        if call.excinfo is not None and self._running is not None and not self._running.problem:
            self._running.problem = call.excinfo.exconly().splitlines()[0]
        outcome: Any = "passed" if call.excinfo is None else "failed"
        when: Any = call.when
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, when)


def rehearse(course: Course, exercise: Exercise, secret: bytes) -> Rehearser:
    """Run the checks of an exercise on its reference, in this process."""
    rehearsal = Rehearser(course, exercise, secret)
    files = [path for path in (exercise.public_checks, exercise.hidden_checks) if path.is_file()]
    session(files, course.root, [rehearsal, Fixtures(rehearsal)])
    return rehearsal
