"""Hidden checks of mean_iou."""

import numpy as np
import pytest

from winnow.checks import call, judges
from winnow.checks.recipes import asked

VALUE = judges.number(rtol=1e-7, atol=1e-9)


def maps(rng, shape, classes, agreement=0.6):
    """Two label maps that agree at about this share of the pixels; the first classes are the commonest."""
    shares = np.arange(classes, 0, -1.0) ** 2
    true = rng.choice(classes, size=shape, p=shares / shares.sum())
    other = rng.integers(0, classes, shape)
    return np.where(rng.random(shape) < agreement, true, other).astype(np.int64), true.astype(np.int64)


def plain(rng):
    for shape, classes in (((40,), 3), ((6, 9), 4), ((2, 5, 6), 2), ((3, 2, 4, 3), 3), ((5,), 1)):
        pred, true = maps(rng, shape, classes)
        # Every class is in both maps.
        pred.flat[:classes] = true.flat[:classes] = np.arange(classes)
        yield call(pred, true, classes)


def absent(rng):
    """Classes in neither map, in one of them alone, and none in common."""
    pred, true = maps(rng, (5, 6), 3)
    yield call(pred, true, 7)
    yield call(np.where(pred == 1, 4, pred), true, 5)
    yield call(pred, np.where(true == 1, 4, true), 6)
    yield call(2 * (pred > 0), 2 * (true > 0) + 1, 5)
    # More classes than a byte can tell apart.
    many = np.array([2, 258, 299])
    yield call(many[pred], many[true], 300)
    yield call(np.array(2), np.array(2), 3)
    yield call(np.array([1]), np.array([0]), 2)


def ignored(rng):
    """A label outside the classes, above or below, is ignored; and one of the classes."""
    for index in (255, -1, 3):
        pred, true = maps(rng, (6, 7), 3)
        hole = rng.random((6, 7)) < 0.3
        hole.flat[:2] = True, False
        # Of two classes that are predicted there, the last is predicted nowhere else.
        there = np.where(np.arange(7) % 2, 2, 4)
        yield call(np.where(hole, there, pred), np.where(hole, index, true), 5, ignore_index=index)
        yield call(np.where(hole, 9, pred), np.where(hole, index, true), 3, index)
    for index in (0, 2):
        pred, true = maps(rng, (6, 7), 3)
        pred.flat[0], true.flat[0] = index, (index + 1) % 3
        yield call(pred, true, 3, ignore_index=index)
        yield call(np.where(true == index, 7, pred), true, 3, ignore_index=index)
    pred, true = maps(rng, (30,), 3)
    yield call(pred, true, 3, ignore_index=255)


def layouts(rng):
    pred, true = maps(rng, (5, 7), 3)
    locked = true.copy()
    locked.flags.writeable = False
    yield call(np.asfortranarray(pred), locked, 3)
    yield call(pred[::-1], true, 3)
    true = true.copy()
    other = np.where(true == 1, 7, pred)
    other[0, 0], true[0, 0] = 0, 1
    yield call(other.T, np.ascontiguousarray(true.T), 3, ignore_index=1)
    yield call(other, true, 3, ignore_index=1)


def refused(rng):
    pred, true = maps(rng, (4, 3), 3)
    for shape in ((3, 4), (12,), (4, 3, 1)):
        yield call(pred.reshape(shape), true, 3)
    yield call(pred[:, :1], true, 3)
    yield call(np.array(1), np.array([1]), 3)
    for label in (3, -1, 256):
        off = pred.copy()
        off[1, 2] = label
        yield call(off, true, 3)
        yield call(true, off, 3)
        yield call(off, off.copy(), 3)
        # `ignore_index` is for `true` alone.
        yield call(off, true, 3, ignore_index=label)
        yield call(off, np.where(off == label, 255, true), 3, ignore_index=255)
    # What other libraries ignore unless told otherwise is a label like others.
    for label in (-100, 255):
        off = true.copy()
        off[1, 2] = label
        yield call(pred, off, 3)
        yield call(pred, off, 3, ignore_index=7)
    yield call(pred + 5, np.full((4, 3), 255), 3, ignore_index=255)
    yield call(np.full((4, 3), 255), np.full((4, 3), 255), 3, ignore_index=255)
    yield call(np.full((4, 3), 8), np.zeros((4, 3), np.int64), 3, ignore_index=0)
    # One pixel without axes: of no class, and ignored.
    yield call(np.array(3), np.array(3), 3)
    yield call(np.array(1), np.array(2), 3, ignore_index=2)
    yield call(pred, true, 3)


def ints(*values):
    return np.array(values, dtype=np.int64)


SMALL = [
    call(ints(0, 0, 1, 1), ints(0, 1, 1, 1), 2), call(ints(0, 1), ints(0, 1), 3), call(ints(0, 0), ints(0, 1), 2),
    call(ints(0, 1, 1), ints(0, 0, 1), 3), call(ints(0, 0, 2), ints(0, 0, 0), 3), call(ints(1), ints(0), 2),
    call(ints(0, 1, 7), ints(0, 1, 255), 2, 255), call(ints(0, 1, 0), ints(0, 1, 255), 2, 255),
    call(ints(0, 0, 1), ints(0, 1, 1), 2, 0), call(ints(7, 0, 1), ints(0, 1, 1), 2, 0),
    call(ints(0, 1, 1), ints(0, 0, -1), 2, -1), call(np.array(1), np.array(1), 2),
    call(ints(0, 1), ints(0, 1), 2, 255), call(ints(0, 0, 1, 1, 2), ints(0, 0, 0, 1, 1), 3),
    call(ints(0, 1), ints(0, 255), 2, 255),
    call(ints(0, 0), ints(0, 0), 1), call(np.array([[0, 1], [1, 1]]).T, np.array([[0, 0], [1, 1]]), 2),
    call(ints(256, 1), ints(0, 1), 257),
]  # fmt: skip
BAD = [
    call(ints(0, 1), np.array([[0, 1]]), 2), call(ints(0), ints(0, 1), 2), call(ints(0, 1), np.array([[0], [1]]), 2),
    call(np.array(1), ints(1), 2), call(ints(0, 2), ints(0, 1), 2),
    call(ints(0, 2), ints(0, 2), 2), call(ints(0, 1), ints(0, 2), 2), call(ints(0, -1), ints(0, 1), 2),
    call(ints(0, 1), ints(0, -1), 2), call(ints(0, 1), ints(0, 255), 2),
    call(ints(0, 1), ints(0, -100), 2), call(ints(0, 1), ints(0, 256), 2), call(ints(0, 1), ints(0, 5), 2, 255),
    call(ints(5, 1), ints(0, 1), 2, 5), call(ints(5, 7), ints(9, 9), 2, 9),
    call(ints(7, 7), ints(0, 0), 2, 0), call(ints(0, 1), ints(0, 1), 2), call(ints(7, 1), ints(255, 1), 2, 255),
    call(np.array(2), np.array(2), 2), call(np.array(1), np.array(0), 2, 0), call(ints(9, 9), ints(9, 9), 2, 9),
]  # fmt: skip


@pytest.mark.points(2)
def test_plain_maps(mean_iou, agree):
    """the mean over the classes, each by its intersection over its union, in any rank"""
    agree(mean_iou, **asked(plain, SMALL), judge=VALUE)


@pytest.mark.points(1.5)
def test_absent_classes(mean_iou, agree):
    """a class in neither map does not count, one in a single map counts as 0"""
    agree(mean_iou, **asked(absent, SMALL), judge=VALUE)


@pytest.mark.points(1.5)
def test_any_ignored_pixels(mean_iou, agree):
    """where `true` is ignore_index, the pixel is as if it were not there"""
    agree(mean_iou, **asked(ignored, SMALL), judge=VALUE)


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_layouts(mean_iou, agree):
    """pixels are paired by their index, wherever they lie in memory; nothing given or global is changed; a float"""
    agree(
        mean_iou,
        **asked(layouts, SMALL),
        judge=judges.number(rtol=1e-7, atol=1e-9, python=True),
        unchanged=True,
        alone=True,
    )


@pytest.mark.points(1.5)
@pytest.mark.edge
def test_refusals(mean_iou, agree):
    """different shapes, labels that are no class, no class left: ValueError"""
    agree(mean_iou, **asked(refused, BAD), judge=judges.refusal)
