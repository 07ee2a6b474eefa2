"""What gaussian_nll must do, in examples. `pytest test_gaussian_nll.py` runs them."""

import numpy as np
import pytest

HALF_LOG_TAU = 0.9189385332046727


@pytest.mark.points(1.5)
def test_worked_examples(gaussian_nll):
    """the examples of the statement, and two more"""
    zero = np.array([0.0])
    assert gaussian_nll(zero, zero.copy(), zero.copy()) == pytest.approx(HALF_LOG_TAU)
    mu, log_var, y = np.array([1.0, 2.0]), np.array([0.0, np.log(4.0)]), np.array([2.0, 0.0])
    assert gaussian_nll(mu, log_var, y) == pytest.approx(1.7655121234846454)
    assert gaussian_nll(zero, np.array([np.log(4.0)]), zero.copy()) == pytest.approx(HALF_LOG_TAU + np.log(2.0))
    assert gaussian_nll(zero, zero.copy(), np.array([3.0])) == pytest.approx(HALF_LOG_TAU + 4.5)


@pytest.mark.points(0.75)
def test_any_rank(gaussian_nll):
    """the mean is over all elements, whatever the rank"""
    table = np.array([[0.0, 1.0], [2.0, 3.0]])
    assert gaussian_nll(table, np.zeros((2, 2)), table.copy()) == pytest.approx(HALF_LOG_TAU)
    assert gaussian_nll(table, np.zeros((2, 2)), np.zeros((2, 2))) == pytest.approx(HALF_LOG_TAU + 1.75)
    assert gaussian_nll(np.array(1.0), np.array(0.0), np.array(3.0)) == pytest.approx(HALF_LOG_TAU + 2.0)


@pytest.mark.points(0.75)
def test_what_is_refused(gaussian_nll):
    """different shapes, or no element: ValueError"""
    three = np.zeros(3)
    assert gaussian_nll(three, three.copy(), three.copy()) == pytest.approx(HALF_LOG_TAU)
    assert gaussian_nll(three, three.copy(), three + 1.0) == pytest.approx(HALF_LOG_TAU + 0.5)
    with pytest.raises(ValueError):
        gaussian_nll(three, np.zeros((3, 1)), three.copy())
    with pytest.raises(ValueError):
        gaussian_nll(three, np.zeros(1), three.copy())
    with pytest.raises(ValueError):
        gaussian_nll(np.zeros(0), np.zeros(0), np.zeros(0))
