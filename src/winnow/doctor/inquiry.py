"""What is asked of a course apart from grading, in a process of its own: rehearsal, definitions, statements."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from winnow.course import load
from winnow.doctor import independent, rehearsal, statements
from winnow.doctor.independent import Comparison


@dataclass(frozen=True)
class Inquiry:
    """What came of it for one exercise."""

    comparisons: tuple[Comparison, ...]
    faults: tuple[str, ...]


def inquire(root: Path, exercises: Sequence[str], secret: bytes) -> dict[str, Inquiry]:
    """Examine each exercise; everything that runs here is the course's own.

    Raises:
        CourseError: the course is at fault.
    """
    # Definitions may well divide by zero on the way to the right answer.
    warnings.simplefilter("ignore")
    course = load(root)
    rehearsed = rehearsal.rehearse(course, exercises, secret)
    found = {}
    for exercise in rehearsed.exercises:
        reference = rehearsed.references[exercise.id]
        checks = [check for check in rehearsed.checks if check.exercise == exercise.id]
        comparisons = independent.compare_all(exercise, reference, [check.transcript for check in checks])
        faults = [
            *(problem for problem in rehearsed.problems if f"{exercise.id}." in problem),
            *(f"the reference fails {check.name}: {check.problem}" for check in checks if check.problem),
            *independent.unheld(exercise, comparisons),
            *statements.faults(exercise, dict(reference.functions), checks),
        ]
        found[exercise.id] = Inquiry(tuple(comparisons), tuple(faults))
    return found
