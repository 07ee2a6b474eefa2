"""What outlier_fit must do, in examples. `pytest test_outlier_fit.py` runs them."""

import numpy as np
import pytest


def outlier():
    """Ten points on the line 2x + 1, the last of them 50 too high; new ones every time."""
    x = np.arange(10.0)
    return x, 2 * x + 1 + np.where(x == 9, 50.0, 0.0)


@pytest.mark.points(2)
def test_least_squares(outlier_fit):
    """with "mse" the outlier pulls the line up"""
    assert list(outlier_fit(*outlier(), "mse")) == pytest.approx([4.7272727, -6.2727272], abs=0.05)
    assert list(outlier_fit(np.array([0.0, 1.0]), np.array([3.0, 1.0]), "mse")) == pytest.approx([-2.0, 3.0], abs=0.01)
    square = np.array([0.0, 0.0, 1.0, 1.0]), np.array([0.0, 1.0, 2.0, 3.0])
    assert list(outlier_fit(*square, "mse")) == pytest.approx([2.0, 0.5], abs=0.02)


@pytest.mark.points(2)
def test_robust_lines(outlier_fit):
    """with "mae" and "huber" the outlier is all but ignored"""
    assert list(outlier_fit(*outlier(), "mae")) == pytest.approx([2.0, 1.0], abs=0.01)
    assert list(outlier_fit(*outlier(), "huber")) == pytest.approx([2.0833333, 0.7777777], abs=0.05)
    x, y = np.arange(5.0), np.array([5.0, 4.0, 30.0, 2.0, 1.0])
    assert list(outlier_fit(x, y, "mae")) == pytest.approx([-1.0, 5.0], abs=0.01)


@pytest.mark.points(2)
def test_what_is_refused(outlier_fit):
    """another loss, fewer than two different x, different lengths: ValueError"""
    x, y = outlier()
    line = 3 * x - 2
    assert list(outlier_fit(x, line, "mse")) == pytest.approx([3.0, -2.0], abs=0.01)
    assert list(outlier_fit(x, line, "mae")) == pytest.approx([3.0, -2.0], abs=1e-3)
    with pytest.raises(ValueError):
        outlier_fit(x, y, "quantile")
    with pytest.raises(ValueError):
        outlier_fit(np.ones(4), np.arange(4.0), "mse")
    with pytest.raises(ValueError):
        outlier_fit(np.ones(1), np.ones(1), "mae")
    with pytest.raises(ValueError):
        outlier_fit(x, y[:9], "huber")
