"""The pytest plugin: every function of the course is a fixture, and `agree` compares with the reference.

In a learner's own pytest a function is the real one, loaded from exercises/; while grading it is a proxy that asks
a confined worker. Where there is no course, the plugin does nothing.
"""

from __future__ import annotations

import contextlib
import functools
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from winnow.course import Course, CourseError, find_root, load

if TYPE_CHECKING:
    from winnow.checks.agree import Agree, Questions

MARKERS = (
    "points(n): how many points the check is worth",
    "edge: the check is about an edge case",
)


class Grader(Protocol):
    """What the fixtures ask while grading."""

    course: Course

    def function(self, name: str) -> Any: ...

    def question_book(self, item: pytest.Item) -> Questions: ...


_grader: Grader | None = None


@contextlib.contextmanager
def graded_by(grader: Grader) -> Iterator[None]:
    """While this lasts, the fixtures of a session started in this process ask `grader`."""
    global _grader
    _grader = grader
    try:
        yield
    finally:
        _grader = None


@functools.cache
def _approximate_numbers_only() -> None:
    """Let no array pass for a number: to pytest one without elements is approximately every number there is."""
    scalar: Any = type(pytest.approx(1.0))
    of_elements = scalar.__eq__

    def of_a_number(self: Any, actual: object) -> bool:
        return getattr(actual, "ndim", 0) == 0 and bool(of_elements(self, actual))

    scalar.__eq__ = of_a_number


def pytest_configure(config: pytest.Config) -> None:
    """Register the markers and, where there is a course, its functions as fixtures."""
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)
    course = _grader.course if _grader else _course(config)
    if course is None:
        return
    _approximate_numbers_only()
    for module in course.modules:
        # Checks import what they share (input recipes, judges) from their own folder by plain name.
        folder = str(course.root / "graders" / module.id)
        if course.has_graders and folder not in sys.path:
            sys.path.append(folder)
    grader = _grader
    if grader is None:
        from winnow.learner.own_code import OwnCode
        from winnow.learner.tutor import Tutor

        grader = OwnCode(course)
        config.pluginmanager.register(Tutor(course, grader, config), "winnow-tutor")
    config.pluginmanager.register(_fixtures(grader), "winnow-functions")


def _course(config: pytest.Config) -> Course | None:
    starts = [Path(arg.split("::")[0]) for arg in config.args] or [config.invocation_params.dir]
    for start in (*starts, config.rootpath):
        try:
            root = find_root(start if start.is_dir() else start.parent)
        except CourseError:
            continue
        try:
            return load(root)
        except CourseError as error:
            if not (root / "graders").is_dir():
                # A learner's copy: without a word, all that pytest could say is that fixtures are missing.
                raise pytest.UsageError(f"{error}; `winnow reset EXERCISE` brings back a file of the course") from None
    return None


def _fixtures(grader: Grader) -> object:
    """An object whose attributes are the fixtures; pytest finds them when it is registered as a plugin."""

    class Functions:
        @pytest.fixture
        def agree(self, request: pytest.FixtureRequest) -> Agree:
            """Compare a function with the reference on inputs drawn from the course secret."""
            from winnow.checks.agree import Agree

            return Agree(request.node.name, grader.question_book(request.node))

    def provide(name: str) -> Any:
        def function(self: object) -> Any:
            return grader.function(name)

        function.__doc__ = f"The learner's function {name}."
        return pytest.fixture(name=name)(function)

    for name in grader.course.by_function:
        setattr(Functions, f"function_{name}", provide(name))
    return Functions()
