"""What minibatches must do, in examples. `pytest test_minibatches.py` runs them."""

import numpy as np
import pytest

from winnow.checks import driver


@driver(shows="[batch.tolist() for batch in minibatches({n}, {batch_size}, {rng}, {drop_last})]")
def epoch(minibatches, n, batch_size, rng, drop_last=False):
    from itertools import islice

    import numpy as np

    batches = minibatches(n, batch_size, rng, drop_last)
    return [np.array(batch).tolist() for batch in islice(batches, n + 5)]


def in_order(batches):
    return [index for batch in batches for index in batch]


def every_index(batches):
    """The list of all indices, sorted."""
    return sorted(in_order(batches))


def sizes(batches):
    """The list of how long the batches are."""
    return [len(batch) for batch in batches]


@pytest.mark.points(1.25)
def test_sizes(minibatches):
    """all batches are full but the last, which has what is left"""
    assert sizes(epoch(minibatches, 10, 4, np.random.default_rng(0))) == [4, 4, 2]
    assert sizes(epoch(minibatches, 8, 4, np.random.default_rng(0))) == [4, 4]
    assert sizes(epoch(minibatches, 10, 4, np.random.default_rng(0), True)) == [4, 4]
    assert sizes(epoch(minibatches, 3, 5, np.random.default_rng(0))) == [3]
    assert epoch(minibatches, 0, 5, np.random.default_rng(0)) == []


@pytest.mark.points(1)
def test_every_index_once(minibatches):
    """every index comes once, in an order that the generator decides"""
    assert every_index(epoch(minibatches, 10, 4, np.random.default_rng(0))) == list(range(10))
    assert in_order(epoch(minibatches, 50, 7, np.random.default_rng(1))) != list(range(50)), (
        "the indices come as they stand: the generator decides their order"
    )
    assert epoch(minibatches, 50, 7, np.random.default_rng(1)) == epoch(minibatches, 50, 7, np.random.default_rng(1)), (
        "equal generators gave different orders: draw from the generator that is given, and from no other"
    )
    assert epoch(minibatches, 50, 7, np.random.default_rng(1)) != epoch(minibatches, 50, 7, np.random.default_rng(2)), (
        "generators of two seeds gave the same order: draw from the generator that is given"
    )


@pytest.mark.points(0.75)
def test_what_is_refused(minibatches):
    """batch_size below 1 or n below 0: ValueError"""
    assert sizes(epoch(minibatches, 2, 1, np.random.default_rng(0))) == [1, 1]
    assert sorted(epoch(minibatches, 2, 1, np.random.default_rng(0))) == [[0], [1]]
    with pytest.raises(ValueError):
        epoch(minibatches, 5, 0, np.random.default_rng(0))
    with pytest.raises(ValueError):
        epoch(minibatches, -1, 2, np.random.default_rng(0))
