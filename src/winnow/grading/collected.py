"""The checks of a course as pytest has collected them: sorted by exercise, their marks read."""

from __future__ import annotations

import pytest

from winnow.course import Course, Exercise
from winnow.grading.ran import Check
from winnow.grading.session import Problems


class CollectedChecks(Problems):
    """A pytest plugin that keeps the checks that a session has collected, and in `problems` what is wrong with them.

    Args:
        hidden: whether hidden checks are among them. Then the points of all must add up to the exercise's.
    """

    def __init__(self, course: Course, hidden: bool = True) -> None:
        super().__init__()
        self.course = course
        self._hidden = hidden
        self._checks: dict[str, list[Check]] = {}

    def of(self, exercise: Exercise) -> list[Check]:
        """The checks of an exercise, in the order of the files."""
        return self._checks.get(exercise.id, [])

    def worth(self, exercise: Exercise) -> float:
        """What an exercise is worth here: its points, or those of its public checks where there are no others."""
        return exercise.points if self._hidden else sum(check.points for check in self.of(exercise))

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Sort the collected items by exercise and read their marks."""
        for item in session.items:
            check = self._check(item)
            if check is not None:
                self._checks.setdefault(check.exercise.id, []).append(check)
        for exercise in self.course.exercises:
            checks = self.of(exercise)
            points = sum(check.points for check in checks)
            if checks and self._hidden and not self.course.draft and abs(points - exercise.points) > 1e-9:
                said = f"exercises/course.toml says {exercise.points:g}"
                self.problems.append(f"the checks of {exercise.id} add up to {points:g} points; {said}")

    def _check(self, item: pytest.Item) -> Check | None:
        for exercise in self.course.exercises:
            if item.path in (exercise.public_checks, exercise.hidden_checks):
                mark = item.get_closest_marker("points")
                if mark is None or len(mark.args) != 1 or not isinstance(mark.args[0], int | float):
                    self.problem(item.nodeid, "has no points: mark it with @pytest.mark.points(n)")
                    return None
                documented = getattr(getattr(item, "function", None), "__doc__", None) or item.name
                visibility = "public" if item.path == exercise.public_checks else "hidden"
                return Check(item, exercise, visibility, float(mark.args[0]), " ".join(documented.split()))
        return None
