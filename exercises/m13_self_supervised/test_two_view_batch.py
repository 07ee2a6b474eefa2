"""What two_view_batch must do, in examples. `pytest test_two_view_batch.py` runs them."""

import numpy as np
import pytest

from winnow.checks import driver


@driver(shows="two_view_batch({x}, lambda sample, rng: sample + rng.integers(1, 100), np.random.default_rng({seed}))")
def shifted(two_view_batch, x, seed):
    import numpy as np

    def augment(sample, rng):
        return sample + rng.integers(1, 100)

    return two_view_batch(x, augment, np.random.default_rng(seed))


@driver(shows="two_view_batch({x}, lambda sample, rng: 10 * sample, np.random.default_rng(0))")
def tenfold(two_view_batch, x):
    import numpy as np

    return two_view_batch(x, lambda sample, rng: 10 * sample, np.random.default_rng(0))


@pytest.mark.points(1)
def test_places(two_view_batch):
    """rows i and i + B are views of sample i"""
    assert tenfold(two_view_batch, np.array([[1.0, 2.0], [3.0, 4.0]]))[0].tolist() == [
        [10, 20],
        [30, 40],
        [10, 20],
        [30, 40],
    ]
    assert tenfold(two_view_batch, np.array([[5.0]]))[0].tolist() == [[50.0], [50.0]]


@pytest.mark.points(1)
def test_partners(two_view_batch):
    """the partner of row i is row i + B, and the other way round"""
    assert list(shifted(two_view_batch, np.zeros((3, 1)), 0)[1]) == [3, 4, 5, 0, 1, 2]
    assert list(shifted(two_view_batch, np.zeros((1, 2)), 0)[1]) == [1, 0]


@pytest.mark.points(1)
def test_views_are_drawn(two_view_batch):
    """each view is drawn by itself, from the generator that is given"""
    again = shifted(two_view_batch, np.zeros((3, 1)), 0)[0].tolist()
    assert shifted(two_view_batch, np.zeros((3, 1)), 0)[0].tolist() == again, (
        "equal generators gave different views: augment gets the generator that is given, and no other"
    )
    views = shifted(two_view_batch, np.zeros((8, 1)), 0)[0].flatten().tolist()
    assert views[:8] != views[8:], "both views of each sample are the same: each is a call of augment of its own"
    assert len(set(views)) > 8, "many views are equal: each is a call of augment of its own"
