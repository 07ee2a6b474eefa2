"""Hidden checks of nms."""

import numpy as np
import pytest

from winnow.checks import call, same
from winnow.checks.recipes import asked


def indices(call, got, want):
    """The same indices in the same order, in an array of any integer dtype."""
    from dataclasses import replace

    value = got.value
    if isinstance(value, np.ndarray) and value.dtype.kind in "iu":
        value = value.astype(np.int64)
    return same(replace(got, value=value), want)


def scene(rng, objects, each):
    """Boxes around some objects, with scores that are all different, in no order."""
    centres = rng.uniform(0, 12, (objects, 4)) * [1, 1, 0, 0] + [0, 0, 3, 2]
    boxes = np.repeat(centres, each, axis=0)
    boxes += rng.normal(0, 0.35, boxes.shape)
    corners = np.concatenate([boxes[:, :2], boxes[:, :2] + np.abs(boxes[:, 2:]) + 0.5], axis=1)
    scores = rng.permutation(np.linspace(0.05, 0.95, objects * each)) - 0.2
    return corners[rng.permutation(len(corners))], scores


def grid(count):
    """Boxes in a row, apart from each other."""
    left = 2.0 * np.arange(count)
    return np.stack([left, 0 * left, left + 1, 0 * left + 1], axis=1)


def scenes(rng):
    for threshold in (0.3, 0.5, 0.7):
        yield call(*scene(rng, 4, 5), threshold)
    yield call(*scene(rng, 1, 8), 0.45)
    # So many that stay that neither a limit of a hundred nor eight bits will do.
    yield call(grid(300), rng.permutation(300) - 150.0, 0.5)


def chains(rng):
    """Rows of boxes in which each overlaps its neighbours by a third."""
    for count in (3, 5, 6):
        left = 2.0 * np.arange(count) + rng.uniform(-3, 3)
        row = np.stack([left, np.zeros(count), left + 4, np.full(count, 1.5)], axis=1)
        order = rng.permutation(count)
        yield call(row[order], np.linspace(0.9, 0.1, count)[order], 0.3)
        yield call(row[::-1].copy(), (rng.permutation(count) + 1) / 10, 0.3)


def thresholds(rng):
    """Exactly at the threshold: IoU 1/2, 1/4, 0 and 1; a little above it; boxes of no size to speak of."""
    # Some coordinates are below 0, and the last box touches the first two.
    x, y = -rng.integers(3, 14, 2) / 16
    half = np.array([[0, 0, 2, 2], [0, 0, 2, 1], [0, 0, 1, 1], [2, 0, 4, 2]]) + np.array([x, y, x, y])
    for threshold in (0.5, 0.25, 0.49, 0.24, 0.0, 1.0):
        yield call(half, np.array([0.9, 0.8, 0.7, 0.6]), threshold)
    yield call(np.concatenate([half[:1], half[:1], half[3:]]), np.array([0.1, 0.3, 0.2]), 1.0)
    yield call(np.concatenate([half[:1], half[:1], half[3:]]), np.array([0.1, 0.3, 0.2]), 0.99)
    yield call(ABOVE, np.array([0.9, 0.8]), 0.5)
    yield call(SLIGHT, np.array([0.8, 0.9]), 0.0)
    yield call(1e-6 * half, np.array([0.9, 0.8, 0.7, 0.6]), 0.49)


def rows(*boxes):
    return np.array(boxes, dtype=float)


PAIR = rows([0, 0, 2, 2], [0, 0, 2, 1])
SLIGHT = rows([0, 0, 1, 1], [0.999, 0.999, 2, 2])
ABOVE = rows([0, 0, 1, 1], [0, 0, 1, 0.5 + 1e-8])
ROW = rows([0, 0, 4, 1], [2, 0, 6, 1], [4, 0, 8, 1])


def ties(rng):
    """Equal scores, and nearly equal ones; no box; one box; scores far below 0."""
    boxes, _ = scene(rng, 3, 8)  # so many that an unstable sort shows
    yield call(boxes, np.zeros(24), 0.5)
    yield call(boxes, np.repeat([0.3, 0.9, 0.3], 8), 0.4)
    yield call(boxes, 50 + 1e-9 * rng.permutation(24), 0.9)
    yield call(np.zeros((0, 4)), np.zeros(0), 0.5)
    yield call(boxes[:1], np.array([-2.5]), 0.5)
    yield call(boxes, -1e12 * np.arange(24.0)[::-1], 0.9)
    apart = rows([0, 0, 1, 1], [1.5, 1.5, 2.5, 2.5], [9, 9, 10, 10])
    yield call(apart, np.array([0.1, 0.3, 0.3]), 0.1)


def owned(rng):
    left = rng.uniform(-5, 5)
    boxes = np.concatenate([ROW, rows([9, 9, 10, 10], [10.5, 10.5, 11.5, 11.5])]) + left
    scores = np.array([0.9, 0.8, 0.7, 0.65, 0.6]) + rng.uniform(-0.04, 0.04, 5)
    yield call(boxes.copy(), scores.copy(), 0.1)
    yield call(np.asfortranarray(boxes[::-1])[::-1], scores[::-1], 0.1)
    for one in (boxes, scores):
        one.flags.writeable = False
    yield call(boxes, scores, 0.1)


APART = rows([0, 0, 1, 1], [3, 3, 4, 4])
SMALL = [
    call(PAIR, np.array([0.9, 0.8]), 0.4), call(PAIR, np.array([0.8, 0.9]), 0.4),
    call(PAIR, np.array([0.9, 0.8]), 0.5), call(APART, np.array([0.9, 0.8]), 0.5),
    call(APART, np.array([0.8, 0.9]), 0.5), call(ROW, np.array([0.9, 0.8, 0.7]), 0.3),
    call(ROW, np.array([0.7, 0.8, 0.9]), 0.3), call(ROW, np.array([0.8, 0.9, 0.7]), 0.3),
    call(APART, np.array([0.5, 0.5]), 0.5), call(PAIR, np.array([0.5, 0.5]), 0.4),
    call(np.zeros((0, 4)), np.zeros(0), 0.5), call(rows([0, 0, 2, 2], [0, 0, 1, 1]), np.array([0.9, 0.8]), 0.3),
    call(APART, np.array([-1.0, -2.0]), 0.5), call(rows([0, 0, 2, 2], [3, 3, 5, 5]), np.array([0.9, 0.8]), 0.1),
    call(rows([0, 0, 1, 1], [2, 0, 3, 1], [2, 0, 3, 1.5]), np.array([0.9, 0.8, 0.7]), 0.4),
    call(APART, np.array([0.9, 0.8]), 0.0), call(rows([0, 0, 1, 1], [1, 0, 2, 1]), np.array([0.9, 0.8]), 0.0),
    call(ABOVE, np.array([0.9, 0.8]), 0.5), call(1e-6 * PAIR, np.array([0.9, 0.8]), 0.4),
    call(APART, np.array([50, 50 + 1e-9]), 0.5), call(APART, np.array([-2e12, -1e12]), 0.5),
    call(rows([0, 0, 1, 1]) + 2 * np.arange(18)[:, None], np.tile([0.5, 0.9], 9), 0.5),
    call(grid(300), -np.arange(300.0), 0.5),
    call(rows([-2, 0, 2, 2], [0, 0, 2, 2]), np.array([0.9, 0.8]), 0.6),
    call(PAIR[:1], np.array([0.5]), 0.5), call(rows([0, 0, 1, 1], [0, 0, 1, 1]), np.array([0.1, 0.2]), 1.0),
    call(PAIR[::-1], np.array([0.9, 0.8]), 0.4), call(PAIR, np.array([0.9, 0.8])[::-1], 0.4),
    call(SLIGHT, np.array([0.9, 0.8]), 0.0),
]  # fmt: skip


@pytest.mark.points(2)
def test_scenes(nms, agree):
    """boxes around several objects: the indices of those that stay, best first"""
    agree(nms, **asked(scenes, SMALL), judge=indices)


@pytest.mark.points(1.5)
def test_any_a_dropped_box_drops_nothing(nms, agree):
    """in a row of boxes each drops its neighbours only while it is there itself"""
    agree(nms, **asked(chains, SMALL), judge=indices)


@pytest.mark.points(1)
def test_at_the_threshold(nms, agree):
    """an IoU equal to the threshold stays, one above it goes"""
    agree(nms, **asked(thresholds, SMALL), judge=indices)


@pytest.mark.points(0.5)
def test_arrays_are_left_alone(nms, agree):
    """neither boxes nor scores, wherever they lie in memory, nor anything global is changed"""
    agree(nms, **asked(owned, SMALL), judge=indices, unchanged=True, alone=True)


@pytest.mark.points(2)
@pytest.mark.edge
def test_ties_and_none(nms, agree):
    """equal scores: the lower index first; scores below 0; one box, and none"""
    agree(nms, **asked(ties, SMALL), judge=indices)
