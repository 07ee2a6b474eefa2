"""What kaiming_init must do, in examples. `pytest test_kaiming_init.py` runs them.

What is drawn by chance is never exact: the bounds are so wide that a right answer misses none of them.
"""

import numpy as np
import pytest


@pytest.mark.points(1.25)
def test_shape_and_size(kaiming_init):
    """a new array (fan_out, fan_in) whose standard deviation is the root of 2 / fan_in"""
    assert kaiming_init(4, 3, np.random.default_rng(0)).shape == (4, 3)
    assert kaiming_init(200, 50, np.random.default_rng(0)).shape == (200, 50)
    assert kaiming_init(200, 50, np.random.default_rng(0)).std() == pytest.approx(0.2, rel=0.1)
    assert kaiming_init(50, 200, np.random.default_rng(1)).std() == pytest.approx(0.1, rel=0.1)
    assert kaiming_init(3000, 2, np.random.default_rng(2)).mean() == pytest.approx(0.0, abs=0.1)


@pytest.mark.points(1)
def test_equal_generators(kaiming_init):
    """equal generators give equal weights, others give others"""
    again = kaiming_init(2, 3, np.random.default_rng(5)).tolist()
    assert kaiming_init(2, 3, np.random.default_rng(5)).tolist() == again, (
        "equal generators gave different weights: draw from the generator that is given, and from no other"
    )
    assert kaiming_init(2, 3, np.random.default_rng(6)).tolist() != again, (
        "generators of two seeds gave the same weights: draw from the generator that is given"
    )


@pytest.mark.points(0.75)
def test_what_is_refused(kaiming_init):
    """fan_out or fan_in below 1: ValueError"""
    assert kaiming_init(1, 1, np.random.default_rng(0)).shape == (1, 1)
    assert kaiming_init(2, 5, np.random.default_rng(0)).shape == (2, 5)
    with pytest.raises(ValueError):
        kaiming_init(0, 5, np.random.default_rng(0))
    with pytest.raises(ValueError):
        kaiming_init(5, 0, np.random.default_rng(0))
