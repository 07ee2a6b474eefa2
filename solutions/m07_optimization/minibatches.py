"""One epoch in shuffled batches."""

from collections.abc import Iterable

import numpy as np


def minibatches(n, batch_size, rng, drop_last=False) -> Iterable[np.ndarray]:
    """Return an iterator over one epoch: the indices 0 ... n - 1, shuffled, in batches."""
    if batch_size < 1:
        raise ValueError(f"a batch has one index at least, not {batch_size}")
    if n < 0:
        raise ValueError(f"there are no {n} samples")
    order = rng.permutation(n)
    stop = n - n % batch_size if drop_last else n
    return [order[start : start + batch_size].copy() for start in range(0, stop, batch_size)]
