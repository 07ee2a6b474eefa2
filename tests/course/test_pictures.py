"""The curves that are handed out as they should be are those that the references draw."""

from __future__ import annotations

import json
from operator import attrgetter
from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure

from winnow.checks.modules import load_module
from winnow.course import Exercise, find_root, load
from winnow.doctor import right
from winnow.learner.picture import CURVE, SIZE, beside, right_curves, shapes_of

COURSE = load(find_root(Path(__file__).parent))
SHAPED = [one for one in COURSE.exercises if shapes_of(one).is_file()]


@pytest.mark.parametrize("exercise", SHAPED, ids=lambda one: one.id)
def test_a_shape_is_what_the_reference_draws(exercise: Exercise) -> None:
    kept, drawn = json.loads(shapes_of(exercise).read_text(encoding="utf-8")), right_curves(exercise)
    assert [len(lines) for lines in kept] == [len(lines) for lines in drawn]
    flat = [[line for lines in shape for line in lines] for shape in (kept, drawn)]
    for one, other in zip(*flat, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("exercise", SHAPED, ids=lambda one: one.id)
def test_no_right_answer_is_drawn_as_wrong(exercise: Exercise) -> None:
    shapes = json.loads(shapes_of(exercise).read_text(encoding="utf-8"))
    reference = vars(load_module(exercise.solution, f"solution_of_{exercise.id}"))
    answers = load_module(exercise.right_answers, f"right_{exercise.id}")
    recipe = load_module(exercise.path("exercises", f"{exercise.id}_picture.py"), f"picture_of_{exercise.id}")
    for answer in right.read(exercise)[:3]:
        given = {name: attrgetter(place)(answers) for name, place in answer.places.items()}
        figure = Figure(figsize=SIZE)
        recipe.draw(figure, **{name: given.get(name, reference[name]) for name in exercise.functions})
        before = [len(axes.get_lines()) for axes in figure.axes]
        beside(figure, shapes)
        assert [len(axes.get_lines()) for axes in figure.axes] == before, answer.style


def test_some_are() -> None:
    assert {"mae", "outlier_fit", "optimizer_step", "robust_losses", "lstm_step"} <= {one.id for one in SHAPED}


def test_points_without_a_line_are_no_curve() -> None:
    figure = Figure()
    axes = figure.subplots()
    x = list(range(CURVE))
    axes.plot(x, x, "o")
    axes.plot(x, x)
    axes.set_ylim(3.5, 8)
    beside(figure, [[[x, [9.0, 1.0, 2.0, 3.0, 4.0]], [x, [9.0, 1.0, 2.0, 3.0, 4.0]]]])
    points, line = axes.get_lines()[2:]
    assert (points.get_linestyle(), points.get_marker(), line.get_linestyle()) == ("None", "o", "--")
    # Told once, at a place that can be seen.
    (told,) = axes.texts
    assert told.xy == (4, 4.0)
