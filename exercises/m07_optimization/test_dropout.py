"""Public checks of dropout."""

import numpy as np
import pytest


@pytest.mark.points(1)
def test_nothing_is_dropped(dropout):
    """in evaluation, and for p = 0, the result is x; for p = 1 it is zeros"""
    x = np.array([[1.0, -2.0], [3.0, 0.5]])
    assert dropout(x, 0.5, False, np.random.default_rng(0)).tolist() == [[1.0, -2.0], [3.0, 0.5]]
    assert dropout(x, 0.9, False, np.random.default_rng(1)).tolist() == [[1.0, -2.0], [3.0, 0.5]]
    assert dropout(x, 0.0, True, np.random.default_rng(2)).tolist() == [[1.0, -2.0], [3.0, 0.5]]
    assert dropout(x, 1.0, True, np.random.default_rng(3)).tolist() == [[0.0, 0.0], [0.0, 0.0]]


@pytest.mark.points(1.5)
def test_dropped_or_scaled(dropout):
    """in training an element is 0 or x / (1 - p), and the share of zeros is about p"""
    x = np.full(3000, 3.0)
    assert set(dropout(x, 0.25, True, np.random.default_rng(0)).tolist()) == {0.0, 4.0}
    assert set(dropout(x, 0.5, True, np.random.default_rng(1)).tolist()) == {0.0, 6.0}
    # Seven standard deviations to either side of 750.
    assert 580 < dropout(x, 0.25, True, np.random.default_rng(2)).tolist().count(0.0) < 920, (
        "of 3000 elements about 750 are dropped where p is 0.25: p is the probability to be dropped"
    )


@pytest.mark.points(0.5)
def test_a_probability(dropout):
    """p outside of [0, 1] is a ValueError, in training and in evaluation; 0.5 is none"""
    assert dropout(np.ones(3), 0.5, True, np.random.default_rng(0)).shape == (3,)
    with pytest.raises(ValueError):
        dropout(np.ones(3), 1.5, True, np.random.default_rng(0))
    with pytest.raises(ValueError):
        dropout(np.ones(3), -0.5, False, np.random.default_rng(0))
