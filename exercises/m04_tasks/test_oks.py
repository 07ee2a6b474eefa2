"""What oks must do, in examples. `pytest test_oks.py` runs them."""

import numpy as np
import pytest


def pose():
    """Two joints: one where it should be, one at distance 5; new ones every time."""
    return np.array([[0.0, 0.0], [3.0, 4.0]]), np.zeros((2, 2))


@pytest.mark.points(1.25)
def test_worked_examples(oks):
    """the mean over the joints, each with its own constant"""
    both, k = np.array([True, True]), np.array([0.1, 0.5])
    assert oks(*pose(), both, 100.0, np.array([0.1, 1.0])) == pytest.approx((1 + np.exp(-0.125)) / 2)
    assert oks(*pose(), both, 100.0, k) == pytest.approx(0.8032653298563167)
    assert oks(*pose(), both, 50.0, k) == pytest.approx((1 + np.exp(-1)) / 2)


@pytest.mark.points(1)
def test_joints_that_are_not_visible(oks):
    """a joint that is not visible changes nothing, wherever it is"""
    pred, true = np.array([[0.0, 0.0], [4.0, 6.0]]), np.array([[0.0, 0.0], [1.0, 2.0]])
    k = np.array([0.4, 0.25])
    assert oks(pred, true, np.array([True, False]), 100.0, k) == pytest.approx(1.0)
    assert oks(pred, true, np.array([False, True]), 200.0, k) == pytest.approx(np.exp(-1))
    unknown = np.array([[np.nan, np.nan], [1.0, 2.0]])
    assert oks(pred, unknown, np.array([False, True]), 200.0, k) == pytest.approx(np.exp(-1))


@pytest.mark.points(0.75)
def test_what_has_no_similarity(oks):
    """no visible joint, no area, shapes that do not fit: ValueError"""
    pred, true = pose()
    seen, k = np.array([True, True]), np.array([0.25, 0.25])
    assert oks(true.copy(), true, seen, 1.0, k) == pytest.approx(1.0)
    assert oks(pred, true, seen, 400.0, k) == pytest.approx((1 + np.exp(-0.5)) / 2)
    with pytest.raises(ValueError):
        oks(pred, true, np.array([False, False]), 50.0, k)
    with pytest.raises(ValueError):
        oks(pred, true, seen, 0.0, k)
    with pytest.raises(ValueError):
        oks(pred, true, seen, 50.0, np.array([0.5]))
