"""What a learner does next."""

from __future__ import annotations

from pathlib import Path

import pytest

from winnow.course import Exercise, load
from winnow.learner.progress import Standing
from winnow.learner.upcoming import next_step

COURSE = load(Path(__file__).parents[2])


def following(ran: list[str], done: set[str]) -> str | None:
    def stands(exercise: Exercise) -> Standing:
        return Standing("done" if exercise.id in done else "not started", 0.0, 3.0, 7.0)

    step = next_step(COURSE, stands, [COURSE.exercise(name) for name in ran])
    assert step is not None
    return step.exercise.id if step.exercise else None


@pytest.mark.parametrize(
    ("ran", "done", "expected"),
    [
        ([], set(), "bar_axes"),
        (["mean_iou"], set(), "mean_iou"),
        (["mean_iou"], {"mean_iou"}, "box_iou"),
        (["vqa_accuracy"], {"vqa_accuracy"}, "mean_iou"),
        (["byol_step"], {exercise.id for exercise in COURSE.modules[-1].exercises}, None),
    ],
)
def test_the_course_goes_on_in_the_module_that_ran(ran: list[str], done: set[str], expected: str | None) -> None:
    assert following(ran, done) == expected
