"""One epoch in shuffled batches."""

from collections.abc import Iterable

import numpy as np


def minibatches(n, batch_size, rng, drop_last=False) -> Iterable[np.ndarray]:
    """Return an iterator over one epoch: the indices 0 ... n - 1, shuffled, in batches.

    Every index comes once (those of the last, incomplete batch not at all where `drop_last` is true). All orders are
    equally likely, drawn from `rng`: a second call with the same generator gives another order, and equal generators
    give equal epochs. There is no other source of randomness. A batch stays as it is when the next one is drawn.

    Free: whether a generator, an iterator or a list comes back; when the numbers are drawn; the integer dtype; which
    right way of shuffling.

    Allowed: the standard library, numpy, pandas, torch. numpy's and torch's global generators are left alone. What is
    printed costs nothing, and so do warnings.

    Args:
        n: how many samples there are, a Python int, 0 or more; for 0 there is no batch.
        batch_size: a Python int, 1 or more.
        rng: a numpy.random.Generator.
        drop_last: whether the last batch is left out if it is not full.

    Returns:
        An iterable of integer arrays. All have `batch_size` indices but the last, which has what is left; none is
        empty.

    Raises:
        ValueError: batch_size is below 1 or n below 0; it comes at the call, or when the first batch is asked for.

    >>> [len(batch) for batch in minibatches(10, 4, np.random.default_rng(0))]
    [4, 4, 2]
    >>> [len(batch) for batch in minibatches(10, 4, np.random.default_rng(0), drop_last=True)]
    [4, 4]
    >>> sorted(int(i) for batch in minibatches(10, 4, np.random.default_rng(0)) for i in batch)
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    """
    # TODO: shuffle once, then cut.
    raise NotImplementedError("minibatches is not written yet")
