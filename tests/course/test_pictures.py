"""The curves that are handed out as they should be are those that the references draw."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from winnow.course import Exercise, find_root, load
from winnow.learner.picture import right_curves, shapes_of

COURSE = load(find_root(Path(__file__).parent))
SHAPED = [one for one in COURSE.exercises if shapes_of(one).is_file()]


@pytest.mark.parametrize("exercise", SHAPED, ids=lambda one: one.id)
def test_a_shape_is_what_the_reference_draws(exercise: Exercise) -> None:
    kept, drawn = json.loads(shapes_of(exercise).read_text(encoding="utf-8")), right_curves(exercise)
    assert [len(lines) for lines in kept] == [len(lines) for lines in drawn]
    flat = [[line for lines in shape for line in lines] for shape in (kept, drawn)]
    for one, other in zip(*flat, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-3, atol=1e-4)


def test_some_are() -> None:
    assert {"mae", "outlier_fit", "optimizer_step"} <= {one.id for one in SHAPED}
