"""Hidden checks of box_iou."""

import numpy as np
import pytest

from winnow.checks import call, judges
from winnow.checks.recipes import asked


def boxes(rng, count, size=5.0):
    """Boxes that often overlap, wider than high, some of them left of or below 0."""
    corners = rng.uniform(-size, size / 2, (count, 2))
    return np.concatenate([corners, corners + rng.uniform(0.5, size, (count, 2)) * [1.5, 1.0]], axis=1)


def many(rng):
    for n, m in ((1, 1), (3, 5), (6, 4), (4, 4)):
        yield call(boxes(rng, n), boxes(rng, m))
    # In pixels, boxes are large; as shares of an image they are small.
    for size in (1e3, 1e-6):
        scaled = size * boxes(rng, 3)
        yield call(scaled, scaled + 0.25 * size)


def apart(rng):
    """Boxes beside, above and diagonally off each other, that touch, that are equal, one inside the other."""
    box = boxes(rng, 1)
    x1, y1, x2, y2 = box[0]
    w, h = x2 - x1, y2 - y1
    shifts = [
        (2 * w, 2 * h), (-2 * w, -3 * h), (2 * w, -2 * h), (3 * w, 0), (0, 2 * h), (w, 0), (w, h), (0, 0),
        (0.999 * w, 0.999 * h),
    ]  # fmt: skip
    yield call(box, np.concatenate([box + np.array([dx, dy, dx, dy]) for dx, dy in shifts]))
    inside = np.array([[x1 + w / 4, y1 + h / 4, x2 - w / 4, y2 - h / 2], [x1 - w, y1 - h, x2 + w, y2 + h]])
    yield call(box, inside)


def flat(rng):
    """Boxes without width, height or both: 0 where the union has no area."""
    x, y = rng.uniform(-3, -1.5, 2)
    lines = np.array([[x, y, x, y], [x, y, x + 2, y], [x, y - 1, x, y + 1], [x - 1, y - 1, x + 1, y + 1]])
    yield call(lines, lines.copy())
    yield call(lines[:1], lines[:1] + 5.0)
    yield call(lines[3:], lines[3:] + 0.25)


def none(rng):
    yield call(np.zeros((0, 4)), boxes(rng, 2))
    yield call(boxes(rng, 3), np.zeros((0, 4)))
    yield call(np.zeros((0, 4)), np.zeros((0, 4)))
    yield call(boxes(rng, 1), boxes(rng, 2))


def layouts(rng):
    a, b = boxes(rng, 3), boxes(rng, 4)
    b.flags.writeable = False
    yield call(np.asfortranarray(a), b)
    yield call(a[::-1], np.asfortranarray(boxes(rng, 2)))
    yield call(a, b)


def refused(rng):
    good = boxes(rng, 3)
    for place, (low, high) in enumerate([(0, 2), (1, 3), (0, 2), (1, 3)]):
        bad = boxes(rng, 3)
        bad[place % 3, low] = bad[place % 3, high] + (0.25, 1e-9)[place // 2]
        yield call(*((bad, good) if place < 2 else (good, bad)))
    both = good.copy()
    both[1] = both[1, [2, 3, 0, 1]]
    for other in (good, np.zeros((0, 4))):
        yield call(both, other)
        yield call(other, both)
    for off in (
        np.zeros(4),
        np.zeros(0),
        np.zeros((2, 5)),
        np.zeros((2, 3)),
        np.zeros((4, 2)),
        np.zeros((1, 2, 4)),
        np.zeros((1, 4, 4)),
        np.zeros((0, 5)),
    ):
        yield call(off, good)
        yield call(good, off)
        yield call(off, off.copy())
    # Beside no box at all, too.
    yield call(good[:0], both)
    yield call(both, good[:0])
    yield call(good, boxes(rng, 2))
    yield call(np.array([[1.0, 1.0, 1.0, 3.0]]), good)


def rows(*boxes):
    return np.array(boxes, dtype=float)


ONE = rows([0, 0, 2, 2])
SMALL = [
    call(ONE, rows([1, 1, 3, 3])), call(ONE, rows([2, 2, 4, 4])), call(ONE, rows([3, 3, 4, 4])),
    call(ONE, ONE.copy()), call(ONE, rows([0, 0, 2, 1])), call(rows([0, 0, 4, 1]), rows([1, 0, 3, 1])),
    call(rows([-2, -2, 0, 0]), rows([-1, -2, 1, 0])), call(ONE, rows([3, 0, 5, 2])),
    call(ONE, rows([0, 0, 2, 2], [0, 0, 1, 2])), call(rows([0, 0, 1, 2], [5, 5, 6, 6]), ONE),
    call(rows([1, 1, 1, 1]), rows([1, 1, 1, 1])), call(np.zeros((0, 4)), ONE), call(ONE, np.zeros((0, 4))),
    call(rows([0, 0, 1, 2], [0, 0, 2, 2]), rows([0, 0, 2, 1], [0, 0, 1, 1])),
    call(np.asfortranarray(rows([0, 0, 1, 1], [0, 0, 2, 1])), ONE), call(0.001 * ONE, rows([0, 0, 0.002, 0.001])),
    call(1e-6 * ONE, rows([0, 0, 2e-6, 1e-6])), call(1000 * ONE, rows([0, 0, 1000, 2000])),
    call(rows([0, 0, 1, 1]), rows([0.999, 0.999, 2, 2])),
]  # fmt: skip
BAD = [
    call(rows([2, 0, 0, 2]), ONE), call(ONE, rows([2, 0, 0, 2])), call(rows([0, 2, 2, 0]), ONE),
    call(ONE, rows([0, 2, 2, 0])), call(rows([2, 2, 0, 0]), ONE), call(np.zeros(4), ONE), call(ONE, np.zeros(4)),
    call(np.zeros(0), ONE), call(ONE, np.zeros(0)), call(ONE, np.zeros((2, 5))), call(np.zeros((1, 3)), ONE),
    call(np.zeros((1, 1, 4)), ONE), call(ONE, ONE.copy()), call(rows([1, 0, 1, 2]), ONE), call(np.zeros((0, 5)), ONE),
    call(ONE, np.zeros((0, 5))), call(np.zeros((1, 5)), np.zeros((1, 5))),
    call(np.zeros((0, 4)), rows([2, 2, 0, 0])), call(rows([2, 2, 0, 0]), np.zeros((0, 4))),
    call(rows([1e-9, 0, 0, 2]), ONE),
]  # fmt: skip


@pytest.mark.points(2)
def test_any_every_box_with_every_box(box_iou, agree):
    """row i, column j is the overlap of box i of the first with box j of the second"""
    agree(box_iou, **asked(many, SMALL))


@pytest.mark.points(2)
def test_apart_and_inside(box_iou, agree):
    """boxes that do not meet, that touch, that are equal, and one inside the other"""
    agree(box_iou, **asked(apart, SMALL))


@pytest.mark.points(0.5)
def test_layouts(box_iou, agree):
    """boxes are read by their index, however they lie in memory; none is changed, nor anything global"""
    agree(box_iou, **asked(layouts, SMALL), unchanged=True, alone=True)


@pytest.mark.points(0.5)
def test_no_boxes(box_iou, agree):
    """no box on either side: an array (N, M) without elements"""
    agree(box_iou, **asked(none, SMALL))


@pytest.mark.points(0.75)
@pytest.mark.edge
def test_no_area(box_iou, agree):
    """where the union has no area the result is 0"""
    why = "a union without area gives 0, for a box with itself too, and no other union does"
    agree(box_iou, **asked(flat, SMALL), judge=judges.because(why))


@pytest.mark.points(1.25)
@pytest.mark.edge
def test_refusals(box_iou, agree):
    """x2 < x1, y2 < y1, an array that is not (n, 4): ValueError"""
    agree(box_iou, **asked(refused, BAD), judge=judges.refusal)
