"""What cross_entropy_logits must do, in examples. `pytest test_cross_entropy_logits.py` runs them."""

import numpy as np
import pytest


@pytest.mark.points(1.25)
def test_worked_examples(cross_entropy_logits):
    """the examples of the statement, and two more"""
    assert cross_entropy_logits(np.zeros((3, 5)), np.array([4, 0, 2])) == pytest.approx(np.log(5))
    assert cross_entropy_logits(np.array([[5.0, 0.0, 0.0]]), np.array([0])) == pytest.approx(0.0133859017214487)
    assert cross_entropy_logits(np.zeros((2, 2)), np.array([0, 1])) == pytest.approx(0.6931471805599453)
    odds = np.log(np.array([[1.0, 3.0], [1.0, 1.0], [4.0, 1.0]]))
    expected = -np.log([0.75, 0.5, 0.2]).mean()
    assert cross_entropy_logits(odds, np.array([1, 0, 1])) == pytest.approx(expected)


@pytest.mark.points(1)
def test_large_logits(cross_entropy_logits):
    """large logits give their loss, neither inf nor NaN"""
    assert cross_entropy_logits(np.array([[1000.0, 10.0]]), np.array([1])) == pytest.approx(990.0)
    assert cross_entropy_logits(np.array([[-800.0, -801.0]]), np.array([0])) == pytest.approx(0.3132616875182228)
    assert cross_entropy_logits(np.array([[900.0, 900.0]]), np.array([0])) == pytest.approx(np.log(2))


@pytest.mark.points(0.75)
def test_what_is_refused(cross_entropy_logits):
    """a label that is no class, shapes that do not fit, no sample: ValueError"""
    assert cross_entropy_logits(np.array([[7.0]]), np.array([0])) == pytest.approx(0.0, abs=1e-9)
    assert cross_entropy_logits(np.zeros((1, 3)), np.array([2])) == pytest.approx(np.log(3))
    with pytest.raises(ValueError):
        cross_entropy_logits(np.zeros((1, 3)), np.array([3]))
    with pytest.raises(ValueError):
        cross_entropy_logits(np.zeros((1, 3)), np.array([-1]))
    with pytest.raises(ValueError):
        cross_entropy_logits(np.zeros(3), np.array([0]))
    with pytest.raises(ValueError):
        cross_entropy_logits(np.zeros((0, 3)), np.zeros(0, dtype=np.int64))
