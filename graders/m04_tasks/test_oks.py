"""Hidden checks of oks."""

import numpy as np
import pytest

from winnow.checks import call, judges
from winnow.checks.recipes import asked

VALUE = judges.number(rtol=1e-7, atol=1e-9)


def pose(rng, joints, area, strictness=1):
    """Joints at unlike distances, whose similarities lie between 0.1 and 0.95; left and right have one constant."""
    k = np.repeat(rng.uniform(0.05, 0.4, joints), 2)[:joints] / strictness
    true = rng.uniform(-20, 90, (joints, 2))
    angle = rng.uniform(0, 2 * np.pi, joints)
    distance = np.sqrt(-2 * area * k**2 * np.log(rng.uniform(0.1, 0.95, joints)))
    return true + distance[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1), true, k


def all_seen(rng):
    for joints, area in ((1, 300.0), (5, 40.7), (17, 9e4)):
        pred, true, k = pose(rng, joints, area)
        yield call(pred, true, np.ones(joints, dtype=bool), area, k)
    # As shares of an image, areas are small.
    pred, true, k = pose(rng, 4, 1e-6)
    yield call(pred, true, np.ones(4, dtype=bool), 1e-6, k)
    # Constants may be small, too.
    pred, true, k = pose(rng, 4, 300.0, strictness=100)
    yield call(pred, true, np.ones(4, dtype=bool), 300.0, k)


def some_hidden(rng):
    for joints in (4, 9):
        pred, true, k = pose(rng, joints, 60.0)
        visible = np.arange(joints) % 3 != 1
        yield call(pred, true, visible, 60.0, k)
        unknown = np.where(visible[:, None], true, np.nan)
        yield call(pred, unknown, visible, 60.0, k)
        yield call(np.where(np.arange(joints)[:, None] == 1, np.nan, pred), unknown, visible, 60.0, k)


def far_and_near(rng):
    """A joint that is hit exactly, two that are one and four deviations off, and one whose similarity is 0."""
    pred, true, k = pose(rng, 4, 50.0)
    pred[0] = true[0]
    pred[1] = true[1] + 50.0**0.5 * k[1] * np.array([0.6, 0.8])
    pred[2] = true[2] + 1e4
    pred[3] = true[3] + 4 * 50.0**0.5 * k[3] * np.array([0.6, 0.8])
    yield call(pred, true, np.ones(4, dtype=bool), 50.0, k)
    yield call(true.copy(), true, np.ones(4, dtype=bool), 50.0, k)


def layouts(rng):
    pred, true, k = pose(rng, 6, 70.0)
    visible = np.arange(6) % 2 == 0
    k.flags.writeable = visible.flags.writeable = False
    yield call(np.asfortranarray(pred), true, visible, 70.0, k)
    yield call(pred[::-1], true, visible[::-1], 70.0, k[::-1])
    hidden = np.where(visible[:, None], pred, np.nan)
    yield call(hidden, np.where(visible[:, None], true, np.nan), visible, 70, k)


def refused(rng):
    pred, true, k = pose(rng, 3, 50.0)
    seen = np.ones(3, dtype=bool)
    yield call(pred, true, ~seen, 50.0, k)
    yield call(pred, true, seen, 0.0, k)
    yield call(pred, true, seen, -2.5, k)
    for off in (pred[:2], pred[:1], pred[:, :1], pred.T, pred.reshape(-1), pred[:, :, None]):
        yield call(off, true, seen, 50.0, k)
        yield call(pred, off, seen, 50.0, k)
    for size in (2, 1, 4):
        yield call(pred, true, np.ones(size, dtype=bool), 50.0, k)
        yield call(pred, true, seen, 50.0, np.resize(k, size))
    yield call(pred, true, seen[:, None], 50.0, k)
    yield call(pred, true, seen, 50.0, k[:, None])
    for off in (np.zeros((3, 3)), np.zeros((3, 1)), np.zeros((3, 2, 2))):
        yield call(off, off.copy(), seen, 50.0, k)
    yield call(np.zeros((2, 2, 2)), np.zeros((2, 2, 2)), seen[:2], 50.0, k[:2])
    # Where there is no distance, too.
    yield call(pred, pred.copy(), seen, 0.0, k)
    yield call(pred[0], true[0], seen[:1], 50.0, k[:1])
    # One column for each joint.
    yield call(pred.T, true.T, seen, 50.0, k)
    yield call(pred, true, seen, 50.0, k)
    yield call(pred, true, np.array([False, True, False]), 1e-3, k)


TRUE = np.zeros((2, 2))
NEAR, BOTH, K = np.array([[0.0, 0.0], [3.0, 4.0]]), np.array([True, True]), np.array([1.0, 2.0])
SMALL = [
    call(NEAR, TRUE, BOTH, 2.0, K), call(NEAR, TRUE, BOTH, 2.0, np.array([1.0, 1.0])),
    call(NEAR[1:], TRUE[1:], BOTH[1:], 2.0, K[1:]), call(NEAR, TRUE, np.array([False, True]), 2.0, K),
    call(NEAR, TRUE, np.array([True, False]), 2.0, K),
    call(NEAR, NEAR[::-1].copy(), np.array([False, True]), 2.0, K),
    call(NEAR, np.array([[np.nan, np.nan], [0.0, 0.0]]), ~np.array([True, False]), 2.0, K),
    call(np.array([[1.0, 0.0], [0.0, 2.0]]), TRUE, BOTH, 3.0, K), call(TRUE.copy(), TRUE, BOTH, 1.0, K),
    call(np.array([[np.nan, np.nan], [3.0, 4.0]]), TRUE, np.array([False, True]), 2.0, K),
    call(0.001 * NEAR, TRUE, BOTH, 1e-6, K), call(0.001 * NEAR, TRUE, BOTH, 1.0, 0.001 * K),
    call(np.asfortranarray(np.array([[1.0, 2.0], [3.0, 0.0]])), TRUE, BOTH, 4.0, K), call(NEAR, TRUE, BOTH, 2.5, K),
]  # fmt: skip
BAD = [
    call(NEAR, TRUE, ~BOTH, 2.0, K), call(NEAR, TRUE, BOTH, 0.0, K), call(NEAR, TRUE, BOTH, -1.0, K),
    call(NEAR[:1], TRUE, BOTH, 2.0, K), call(NEAR, TRUE[:1], BOTH, 2.0, K), call(NEAR, TRUE, BOTH[:1], 2.0, K),
    call(NEAR, TRUE, BOTH, 2.0, K[:1]), call(np.zeros((2, 3)), np.zeros((2, 3)), BOTH, 2.0, K),
    call(NEAR[:, :1], TRUE, BOTH, 2.0, K), call(NEAR, TRUE[0], BOTH, 2.0, K), call(NEAR, TRUE, BOTH, 2.0, K),
    call(np.zeros((3, 2)), np.zeros((3, 2)), np.ones(3, bool), 2.0, K[:1]),
    call(np.zeros((3, 2)), np.zeros((3, 2)), BOTH, 2.0, np.ones(3)), call(np.zeros(4), TRUE, BOTH, 2.0, K),
    call(NEAR, TRUE, BOTH, 2.0, K[:, None]), call(NEAR, TRUE, BOTH[:, None], 2.0, K),
    call(np.zeros((2, 3)), np.zeros((2, 3)), np.ones(3, bool), 2.0, np.ones(3)),
]  # fmt: skip


@pytest.mark.points(2)
def test_all_joints_seen(oks, agree):
    """the mean over the joints of exp(-d² / (2 · area · k²)), each with its own k"""
    agree(oks, **asked(all_seen, SMALL), judge=VALUE)


@pytest.mark.points(2)
def test_any_joints_that_are_not_visible(oks, agree):
    """a joint that is not visible changes nothing, wherever it is, NaN included"""
    agree(oks, **asked(some_hidden, SMALL), judge=VALUE)


@pytest.mark.points(1)
def test_far_and_near(oks, agree):
    """a joint that is hit counts 1, one that is far off next to nothing, smoothly in between"""
    why = "a joint that is far off counts next to nothing, but not 0: cut nothing off"
    agree(oks, **asked(far_and_near, SMALL), judge=judges.because(why, VALUE))


@pytest.mark.points(0.5)
@pytest.mark.edge
def test_layouts(oks, agree):
    """joints are paired by their index, wherever they lie in memory; nothing given or global is changed; a float"""
    agree(
        oks, **asked(layouts, SMALL), judge=judges.number(rtol=1e-7, atol=1e-9, python=True), unchanged=True, alone=True
    )


@pytest.mark.points(1.5)
@pytest.mark.edge
def test_refusals(oks, agree):
    """no visible joint, an area that is not above 0, shapes that do not fit: ValueError"""
    agree(oks, **asked(refused, BAD), judge=judges.refusal)
