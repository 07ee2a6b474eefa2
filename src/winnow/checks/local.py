"""The learner's own pytest: functions come straight from exercises/, in this process, so a debugger works."""

from __future__ import annotations

from typing import Any

import pytest

from winnow.checks.subjects import AbsentError, LocalFunction, Transcript, load_module
from winnow.course import Course


class OwnCode:
    """Gives the fixtures the learner's functions."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self.transcript = Transcript()
        self._modules: dict[str, Any] = {}
        self._questions: dict[str, Any] = {}

    def function(self, name: str) -> LocalFunction:
        """The function `name` of the learner's file. Raises what importing the file raises."""
        exercise = self.course.by_function[name]
        if exercise.id not in self._modules:
            self._modules[exercise.id] = load_module(exercise.stub, exercise.id)
        function = getattr(self._modules[exercise.id], name, None)
        if not callable(function):
            raise AbsentError(f"there is no function {name} in {exercise.stub.relative_to(self.course.root)}")
        return LocalFunction(function, self.transcript)

    def question_book(self, item: pytest.Item) -> Any:
        """Questions of hidden checks, which only an instructor's copy of the course has."""
        from winnow.checks.agree import Questions
        from winnow.checks.subjects import Trusted
        from winnow.secret import course_secret

        exercise = next(one for one in self.course.exercises if item.path in (one.public_checks, one.hidden_checks))
        if exercise.id not in self._questions:
            reference = Trusted(vars(load_module(exercise.solution, f"solution_of_{exercise.id}")))
            secret = course_secret(self.course.root) + exercise.id.encode()
            self._questions[exercise.id] = Questions(secret, reference)
        return self._questions[exercise.id]
