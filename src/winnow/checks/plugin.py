"""The fixtures that a check is written with: every function of the course is one, and `agree` compares with the
reference.

In a learner's own pytest a function is the real one, loaded from exercises/ (`winnow.learner.plugin`); while grading it
is a proxy that asks a confined worker (`winnow.grading.bench`).
"""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from winnow.course import Course

if TYPE_CHECKING:
    from winnow.checks.agree import Agree, Questions

MARKERS = (
    "points(n): how many points the check is worth",
    "edge: the check is about an edge case",
)


class Grader(Protocol):
    """What the fixtures ask."""

    course: Course

    def function(self, name: str) -> Any: ...

    def question_book(self, item: pytest.Item) -> Questions: ...


class Asking(pytest.Item):
    """A check that takes nothing but what `give` gives, by the names of its parameters.

    It runs once for every learner, and to set up and take down pytest's fixtures would take longer than many a check.
    """

    def __init__(
        self, *, check: pytest.Function, names: Iterable[str], give: Callable[[str, pytest.Item], Any], **about: Any
    ) -> None:
        super().__init__(**about)
        self.function: Callable[..., None] = check.function
        self.own_markers = check.own_markers
        self._location = check.reportinfo()
        self._names = tuple(names)
        self._give = give

    def runtest(self) -> None:
        """Run the check."""
        self.function(**{name: self._give(name, self) for name in self._names})

    def reportinfo(self) -> tuple[Any, int | None, str]:
        """Where the check stands."""
        return self._location


class Fixtures:
    """A pytest plugin that has the markers, and the functions of a course as fixtures."""

    def __init__(self, grader: Grader) -> None:
        self._grader = grader

    def pytest_configure(self, config: pytest.Config) -> None:
        """Register markers and fixtures."""
        mark(config)
        _approximate_numbers_only()
        course = self._grader.course
        for module in course.modules:
            # Checks import what they share (input recipes, judges) from their own folder by plain name.
            folder = str(course.root / "graders" / module.id)
            if course.has_graders and folder not in sys.path:
                sys.path.append(folder)
        config.pluginmanager.register(_fixtures(self._grader), "winnow-functions")

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Have the checks that ask for these fixtures alone run without pytest's machinery for fixtures."""
        ours = {"agree", *self._grader.course.by_function}
        items[:] = [self._asking(item, ours) or item for item in items]

    def _asking(self, item: pytest.Item, ours: set[str]) -> pytest.Item | None:
        module = item.parent
        if type(item) is not pytest.Function or not isinstance(module, pytest.Module) or hasattr(item, "callspec"):
            return None
        asked = set(inspect.signature(item.function).parameters)
        # Others are asked for by a mark, or by nobody: setup_module is one of them. `agree` asks for `request`.
        all_ours = asked <= ours and {*item.fixturenames} <= ours | {"request"}
        if not all_ours or not asked.isdisjoint(vars(item.module)):
            return None
        asking: pytest.Item = Asking.from_parent(module, name=item.name, check=item, names=asked, give=self._give)
        return asking

    def _give(self, name: str, item: pytest.Item) -> Any:
        return _agree(self._grader, item) if name == "agree" else self._grader.function(name)


def mark(config: pytest.Config) -> None:
    """Register the markers."""
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)


@functools.cache
def _approximate_numbers_only() -> None:
    """Let no array pass for a number: to pytest one without elements is approximately every number there is."""
    scalar: Any = type(pytest.approx(1.0))
    of_elements = scalar.__eq__

    def of_a_number(self: Any, actual: object) -> bool:
        return getattr(actual, "ndim", 0) == 0 and bool(of_elements(self, actual))

    scalar.__eq__ = of_a_number


def _agree(grader: Grader, item: pytest.Item) -> Agree:
    from winnow.checks.agree import Agree

    return Agree(item.name, grader.question_book(item), item.nodeid)


def _fixtures(grader: Grader) -> object:
    """An object whose attributes are the fixtures; pytest finds them when it is registered as a plugin."""

    class Functions:
        @pytest.fixture
        def agree(self, request: pytest.FixtureRequest) -> Agree:
            """Compare a function with the reference on inputs drawn from the course secret."""
            return _agree(grader, request.node)

    def provide(name: str) -> Any:
        def function(self: object) -> Any:
            return grader.function(name)

        function.__doc__ = f"The learner's function {name}."
        return pytest.fixture(name=name)(function)

    for name in grader.course.by_function:
        setattr(Functions, f"function_{name}", provide(name))
    return Functions()
