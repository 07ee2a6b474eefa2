"""The graded cells of a notebook: which checks each stands for, and what it is worth."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from winnow.course import Course, CourseError, Exercise, quiz_name
from winnow.quiz import bank

GROUPS = ("public", "hidden", "edge")


@dataclass(frozen=True)
class GradedCell:
    """One graded cell. `checks` are the names of its checks; of a question of the quiz, `group` is its id."""

    grade_id: str
    exercise: str
    group: str
    points: float
    checks: tuple[str, ...]

    def metadata(self) -> dict[str, Any]:
        """What nbgrader keeps in the cell."""
        return _metadata(self.grade_id, grade=True, points=self.points)


def solution_metadata(exercise: Exercise) -> dict[str, Any]:
    """What nbgrader keeps in the cell that holds the learner's answer."""
    return _metadata(exercise.id, grade=False)


def _metadata(grade_id: str, grade: bool, points: float | None = None) -> dict[str, Any]:
    worth = {} if points is None else {"points": points}
    return {
        "schema_version": 3, "grade": grade, "grade_id": grade_id, "locked": grade, **worth,
        "solution": not grade, "task": False,
    }  # fmt: skip


def of_exercise(exercise: Exercise) -> tuple[GradedCell, ...]:
    """The graded cells of an exercise: its public checks, its hidden checks, those of edge cases.

    Raises:
        CourseError: the points that the checks are marked with do not add up to those of the exercise.
    """
    found: dict[str, list[tuple[str, float]]] = {group: [] for group in GROUPS}
    for name, points, _ in _marked(exercise.public_checks):
        found["public"].append((name, points))
    for name, points, edge in _marked(exercise.hidden_checks):
        found["edge" if edge else "hidden"].append((name, points))
    total = sum(points for checks in found.values() for _, points in checks)
    if abs(total - exercise.points) > 1e-9:
        raise CourseError(f"the checks of {exercise.id} add up to {total:g} points; course.toml says {exercise.points}")
    return tuple(
        GradedCell(
            f"{exercise.id}_{group}",
            exercise.id,
            group,
            round(sum(points for _, points in checks), 9),
            tuple(name for name, _ in checks),
        )
        for group, checks in found.items()
        if checks
    )


def of_quiz(course: Course, module: str) -> tuple[GradedCell, ...]:
    """The graded cells of a module's quiz, one per question; none where there is no quiz."""
    if not bank.counts(course, module):
        return ()
    questions = bank.quiz(course, module).questions
    return tuple(
        GradedCell(f"quiz_{module}_{one.id}", quiz_name(module), one.id, one.points, (one.id,)) for one in questions
    )


@cache
def of_module(course: Course, module: str) -> dict[str, GradedCell]:
    """All graded cells of a module's notebook, by grade id, in the notebook's order.

    Raises:
        CourseError: there is no such module, or its points do not add up.
    """
    return {graded.grade_id: graded for graded in _all(course, module)}


def _all(course: Course, module: str) -> Iterator[GradedCell]:
    for exercise in exercises(course, module):
        yield from of_exercise(exercise)
    yield from of_quiz(course, module)


def known(course: Course, module: str) -> bool:
    """Whether there is such a module: a notebook of another assignment has nothing that winnow grades."""
    return any(one.id == module for one in course.modules)


def exercises(course: Course, module: str) -> tuple[Exercise, ...]:
    """The exercises of a module. Raises CourseError that lists the modules there are."""
    for one in course.modules:
        if one.id == module:
            return one.exercises
    raise CourseError(f"there is no module {module}; there are {', '.join(one.id for one in course.modules)}")


def _marked(path: Path) -> Iterator[tuple[str, float, bool]]:
    """Every check of a file: its name, its points, and whether it is about an edge case."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test"):
            continue
        points, edge = 0.0, False
        for mark in node.decorator_list:
            match mark:
                case ast.Call(func=ast.Attribute(attr="points"), args=[number]):
                    points = float(ast.literal_eval(number))
                case ast.Attribute(attr="edge"):
                    edge = True
        yield node.name, points, edge
