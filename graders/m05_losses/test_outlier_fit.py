"""Hidden checks of outlier_fit."""

from dataclasses import replace

import numpy as np
import pytest

from winnow.checks import call, judges, same
from winnow.checks.recipes import asked


def mean_loss(x, y, line, loss):
    """The mean loss of the line w·x + b."""
    w, b = line
    r = np.abs(y - (w * x + b))
    if loss == "mse":
        return np.mean(r**2)
    return np.mean(r if loss == "mae" else np.where(r <= 1, r**2 / 2, r - 0.5))


class Least:
    """Right is whatever reaches the least mean loss, that of the reference, within 1e-4 of 1 + it."""

    def __call__(self, call, got, want):
        elsewhere = same(replace(got, value=None), replace(want, value=None))
        if elsewhere is not None or want.raised is not None:
            return elsewhere
        line = got.value
        if not isinstance(line, tuple | list) or len(line) != 2 or not all(isinstance(one, float) for one in line):
            return "the result is no pair of floats"
        if not np.isfinite(line).all():
            return "the line is not finite"
        best = mean_loss(*call.args[:2], want.value, call.args[2])
        reached = mean_loss(*call.args[:2], line, call.args[2])
        return None if reached <= best + 1e-4 * (1 + best) else "another line has a smaller mean loss"

    def alike(self, call, one, other):
        """None when two answers, right or wrong, are the same line."""
        return same(one, other, rtol=1e-3, atol=1e-3)


FIT = Least()


def points(rng, n, slope, level, noise=1.0):
    x = rng.uniform(-8, 12, n)
    return x, slope * x + level + noise * rng.normal(size=n)


def plain_of(loss):
    def draw(rng):
        for n in (3, 12, 40):
            slope, level = rng.uniform(1, 4) * rng.choice([-1, 1]), rng.uniform(2, 9)
            yield call(*points(rng, n, slope, level), loss)
        x, y = points(rng, 15, 2.5, -4.0, noise=0.2)
        y[np.argsort(x)[-2:]] += 40
        yield call(x, y, loss)
        x, y = points(rng, 20, -1.5, 3.0)
        y[np.argsort(x)[:3]] += 60
        yield call(x, y, loss)

    return draw


# Lines that weighted least squares come near to slowly: a hundred rounds are too few for mae, or for huber.
SLOW = [
    ([800, -400, 900, -1000, 300, 100, -500, -700, -600], [490, 479, -831, 383, 604, 612, 114, -352, -537]),
    ([-9, 3, -3, -8, 1, -1, 10], [-488, -128, -259, 760, 523, 465, 215]),
]


def hard(rng):
    """Large numbers, x far from 0, x that hardly differ, half of the points far off, two points, equal x."""
    for loss in ("mse", "mae", "huber"):
        x, y = points(rng, 20, 3.0, 5.0, noise=30.0)
        yield call(900 + x, y, loss)
        yield call(x, 700 + y, loss)
        yield call(x * 70, np.clip(y * 8, -1000, 1000), loss)
        yield call(np.repeat([1.0, 1.001, 4.0], 4), 5 * rng.normal(size=12), loss)
        yield call(999 + 0.001 * rng.permutation(8), 3 * rng.normal(size=8), loss)
        # A steep line through x that hardly differ, far from 0: sums that are not centred lose all digits.
        yield call(np.array([999.998, 999.999, 1000.0]), 990 * np.array([-1.0, 0, 1]) + rng.normal(size=3), loss)
        # One x differs, by as little as it may, from all others.
        yield call(np.where(np.arange(60) == rng.integers(60), 999.999, 1000.0), rng.normal(size=60), loss)
        yield call(np.array([-3.0, 5.0]), rng.normal(size=2), loss)
        # Points that stand there twice.
        yield call(np.array([0.0, 1.0, 2.0, 2.0, 2.0]), np.array([0.0, 0.0, 3.0, 3.0, 3.0]) + rng.normal(), loss)
        # Where x stands once, or often.
        yield call(np.repeat([0.0, 1.0, 2.0], [5, 1, 2]), 5 * rng.normal(size=8) + 9 * np.eye(8)[5], loss)
        for x, y in SLOW:
            order = rng.permutation(len(x))
            yield call(np.array(x, dtype=float)[order], rng.choice([-1.0, 1.0]) * np.array(y)[order], loss)
        x, y = points(rng, 30, 2.0, 1.0, noise=0.1)
        y[::3] += rng.uniform(50, 400, 10)
        yield call(x, y, loss)
        yield call(np.repeat([0.0, 1.0], 5), rng.normal(size=10) * [1, 5, 9, 1, 5, 9, 1, 5, 9, 1], loss)


def layouts(rng):
    for loss in ("mse", "mae", "huber"):
        x, y = points(rng, 9, 2.0, 1.0)
        x.flags.writeable = y.flags.writeable = False
        yield call(x[::-1], y, loss)
        yield call(x.copy(), y.copy(), loss)


def refused(rng):
    x, y = points(rng, 6, 2.0, 1.0)
    for loss in ("MSE", "l1", "", "log_cosh"):
        yield call(x, y, loss)
    # Through two points goes one line, whatever the loss, but another loss is none.
    yield call(x[:2], y[:2], "l1")
    for loss in ("mse", "mae", "huber"):
        yield call(x[:1], y[:1], loss)
        yield call(x[:0], y[:0], loss)
        yield call(np.full(6, 2.5), y, loss)
        # The mean of these is no 0.1, so that their spread is no 0.
        yield call(np.full(3, 0.1), y[:3], loss)
        yield call(x, y[:5], loss)
        yield call(x[:1], y, loss)
        yield call(x[:2], y[:1], loss)
        yield call(x[:2], y[:3], loss)
        yield call(x, y, loss)
        yield call(x[:2], y[:2], loss)


def array(*values):
    return np.array(values, dtype=float)


SHAPES = [
    (array(0, 1), array(0, 2)), (array(0, 1), array(3, 1)), (array(0, 1, 2), array(0, 0, 9)),
    (array(0, 1, 2, 3), array(1, 3, 5, 40)), (array(0, 0, 1), array(0, 4, 1)),
    (array(0, 0, 1, 2), array(0, 0, 3, 0)), (array(1, 2, 3, 4), array(0, 0, 0, 8)),
    (array(0, 1, 2, 3, 4), array(0, 1, 30, 3, 4)), (array(100, 101, 102), array(0, 5, 1)),
    (array(0, 1, 2, 3, 4), array(5, 4, 3, 2, -30)), (array(0, 2, 4, 9), array(1, 8, 2, 0)),
    (array(-3, -1, 1, 3), array(4, -9, 2, 0)), (array(999, 999.001, 999.002), array(0, 1, 3)),
    (array(999.998, 999.999, 1000), array(-1000, 0, 1000)),
]  # fmt: skip
SMALL = [call(x, y, loss) for x, y in SHAPES for loss in ("mse", "mae", "huber")]
BAD = [
    call(x, y, loss)
    for loss in ("mse", "mae", "huber")
    for x, y in (
        (array(1), array(2)),
        (array(2, 2), array(0, 1)),
        (array(0.1, 0.1, 0.1), array(0, 1, 2)),
        (array(0, 1), array(1)),
        (array(0), array(1, 2)),
        (array(0, 1), array(0, 2)),
        (array(), array()),
    )
]
BAD += [call(array(0, 1), array(0, 2), loss) for loss in ("MSE", "", "l2")]


@pytest.mark.points(2)
def test_mse(outlier_fit, agree):
    """the line of the least mean square"""
    agree(outlier_fit, **asked(plain_of("mse"), SMALL), judge=FIT)


@pytest.mark.points(4)
def test_mae(outlier_fit, agree):
    """the line of the least mean absolute error, which outliers hardly move"""
    agree(outlier_fit, **asked(plain_of("mae"), SMALL), judge=FIT)


@pytest.mark.points(4)
def test_huber(outlier_fit, agree):
    """the line of the least mean Huber loss, with delta 1"""
    agree(outlier_fit, **asked(plain_of("huber"), SMALL), judge=FIT)


@pytest.mark.points(2)
@pytest.mark.edge
def test_hard_points(outlier_fit, agree):
    """large numbers, x far from 0 or close together, many outliers, two points"""
    agree(outlier_fit, **asked(hard, SMALL), judge=FIT)


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_layouts(outlier_fit, agree):
    """arrays that are read-only or lie backwards in memory; neither is changed, nor anything global"""
    agree(outlier_fit, **asked(layouts, SMALL), judge=FIT, unchanged=True, alone=True)


@pytest.mark.points(1.5)
@pytest.mark.edge
def test_refusals(outlier_fit, agree):
    """another loss, n < 2, all x equal, different lengths: ValueError"""
    agree(outlier_fit, **asked(refused, BAD), judge=judges.refusal)
