"""What the robust losses must do, in examples. `pytest test_robust_losses.py` runs them."""

import numpy as np
import pytest


@pytest.mark.points(1)
def test_mse(mse):
    """worked examples of mse"""
    assert mse([1, 2], [2, 4]) == pytest.approx(2.5)
    assert mse([[3, 0], [0, 0]], np.zeros((2, 2))) == pytest.approx(2.25)
    assert mse(2, 5) == pytest.approx(9.0)


@pytest.mark.points(1)
def test_huber(huber):
    """worked examples of huber, on both sides of delta"""
    assert huber([1, 2], [2, 4]) == pytest.approx(1.0)
    assert huber([0, 0, 0], [0.5, -1, 3]) == pytest.approx((0.125 + 0.5 + 2.5) / 3)
    assert huber([0, 0], [1, -3], delta=2) == pytest.approx((0.5 + 4.0) / 2)


@pytest.mark.points(1)
def test_log_cosh(log_cosh):
    """worked examples of log_cosh, near 0 and far from it"""
    assert log_cosh([0, 0], [0, 1]) == pytest.approx(np.log(np.cosh(1)) / 2)
    assert log_cosh(-2, 1) == pytest.approx(np.log(np.cosh(3)))
    assert log_cosh([0], [1000]) == pytest.approx(1000 - np.log(2))


@pytest.mark.points(1)
def test_quantile(quantile):
    """worked examples of quantile: too small a prediction costs tau per unit, too large a one 1 - tau"""
    assert quantile(2, 0, tau=0.75) == pytest.approx(1.5)
    assert quantile(0, 2, tau=0.75) == pytest.approx(0.5)
    assert quantile([1, 5, 0], [3, 1, 0], tau=0.25) == pytest.approx((1.5 + 1.0) / 3)


@pytest.mark.points(1)
def test_gradients_of_smooth_losses(loss_grad):
    """gradients of mse, huber and log_cosh with respect to y_hat"""
    assert list(loss_grad("mse", [1, 2], [2, 4])) == pytest.approx([1.0, 2.0])
    assert list(loss_grad("huber", [0, 0], [0.5, -3])) == pytest.approx([0.25, -0.5])
    assert list(loss_grad("huber", [0, 0], [1.5, -3], delta=2)) == pytest.approx([0.75, -1.0])
    assert list(loss_grad("log_cosh", [0, 0], [1, -1000])) == pytest.approx([np.tanh(1) / 2, -0.5])


@pytest.mark.points(1)
def test_gradients_of_losses_with_a_kink(loss_grad):
    """gradients of mae and quantile with respect to y_hat"""
    assert list(loss_grad("mae", [0, 0, 0, 0], [1, -1, 5, -5])) == pytest.approx([0.25, -0.25, 0.25, -0.25])
    assert list(loss_grad("quantile", [0, 0], [1, -1], tau=0.75)) == pytest.approx([0.125, -0.375])
