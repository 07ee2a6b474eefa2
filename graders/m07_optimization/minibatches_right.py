"""Right ways to write minibatches in other styles. No two shuffle alike, so none is held against another."""

import numpy as np


def _check(n, batch_size):
    if batch_size <= 0 or n < 0:
        raise ValueError(f"{n} samples in batches of {batch_size}")


def minibatches_by_generator(n, batch_size, rng, drop_last=False):
    """One batch at a time, as it is asked for."""
    _check(n, batch_size)
    order = np.arange(n)
    rng.shuffle(order)
    for start in range(0, n, batch_size):
        batch = order[start : start + batch_size]
        if len(batch) == batch_size or not drop_last:
            yield batch.copy()


def minibatches_by_sorting(n, batch_size, rng, drop_last=False):
    _check(n, batch_size)
    order = np.argsort(rng.random(n))
    batches = [order[i : i + batch_size] for i in range(0, n, batch_size)]
    return batches[:-1] if drop_last and n % batch_size else batches


def minibatches_by_fisher_yates(n, batch_size, rng, drop_last=False):
    _check(n, batch_size)
    order = list(range(n))
    for i in range(n - 1, 0, -1):
        j = int(rng.integers(i + 1))
        order[i], order[j] = order[j], order[i]
    whole = n // batch_size * batch_size
    yield from np.array(order[:whole], dtype=np.int64).reshape(-1, batch_size)
    if whole < n and not drop_last:
        yield np.array(order[whole:])


def minibatches_by_choice(n, batch_size, rng, drop_last=False):
    _check(n, batch_size)
    parts = np.split(rng.choice(n, n, replace=False), range(batch_size, n, batch_size)) if n else []
    return iter([part for part in parts if len(part) == batch_size or not drop_last])


def minibatches_by_drawing(n, batch_size, rng, drop_last=False):
    """Each batch is drawn from what is left."""
    _check(n, batch_size)
    left = np.arange(n, dtype=np.int32)
    while len(left) >= batch_size or (len(left) and not drop_last):
        batch, left = np.split(rng.permutation(left), [batch_size])
        yield batch


def minibatches_by_slices(n, batch_size, rng, drop_last=False):
    _check(n, batch_size)
    order = rng.permutation(n)
    starts = range(0, n - batch_size * drop_last + drop_last, batch_size)
    return map(order.__getitem__, (slice(at, at + batch_size) for at in starts))
