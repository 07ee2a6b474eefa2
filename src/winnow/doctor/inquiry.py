"""What is asked of a course apart from grading: rehearsal, definitions, statements. All that runs is the course's."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from winnow.course import Course
from winnow.doctor import independent, rehearsal, statements
from winnow.doctor.independent import Comparison


@dataclass(frozen=True)
class Inquiry:
    """What came of it for one exercise. `complete`: its checks are worth all the points there are."""

    comparisons: tuple[Comparison, ...]
    faults: tuple[str, ...]
    complete: bool


def inquire(course: Course, secret: bytes) -> Iterator[tuple[str, Inquiry]]:
    """Examine each exercise, one after another, in a process that does nothing else.

    Raises:
        CourseError: the course is at fault.
    """
    # Definitions may well divide by zero on the way to the right answer.
    warnings.simplefilter("ignore")
    for exercise in course.exercises:
        rehearsed = rehearsal.rehearse(course, exercise, secret)
        comparisons = independent.compare_all(exercise, rehearsed.reference, rehearsed.asked())
        faults = [
            *rehearsed.problems,
            *(f"the reference fails {check.name}: {check.problem}" for check in rehearsed.checks if check.problem),
            *independent.unheld(exercise, comparisons),
            *statements.faults(exercise, dict(rehearsed.reference.functions), rehearsed.checks),
        ]
        complete = sum(check.points for check in rehearsed.checks) > exercise.points - 1e-9
        yield exercise.id, Inquiry(tuple(comparisons), tuple(faults), complete)
