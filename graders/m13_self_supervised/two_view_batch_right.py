"""Right ways to write two_view_batch in other styles. The order of the calls is free, so no two need be alike."""

import numpy as np


def two_view_batch_by_pairs(x, augment, rng):
    """Both views of a sample one after the other."""
    size = len(x)
    views = np.empty((2 * size, *x.shape[1:]))
    for i in range(size):
        views[i] = augment(np.array(x[i]), rng)
        views[i + size] = augment(np.array(x[i]), rng)
    return views, np.roll(np.arange(2 * size), size)


def two_view_batch_by_concatenation(x, augment, rng):
    twice = np.concatenate([x, x])
    views = np.array([augment(sample, rng) for sample in twice])
    return views, np.r_[len(x) : 2 * len(x), 0 : len(x)]


def two_view_batch_by_second_first(x, augment, rng):
    later = [augment(x[i].copy(), rng) for i in reversed(range(len(x)))][::-1]
    earlier = [augment(x[i].copy(), rng) for i in reversed(range(len(x)))][::-1]
    index = np.arange(len(x))
    return np.stack([*earlier, *later]), np.concatenate([index + len(x), index])


def two_view_batch_by_dict(x, augment, rng):
    rows = {}
    for i, sample in enumerate(x):
        for half in (0, 1):
            rows[i + half * len(x)] = augment(sample.astype(np.float64, copy=True), rng)
    views = np.stack([rows[at] for at in range(2 * len(x))])
    return views, np.array([at - len(x) if at >= len(x) else at + len(x) for at in range(2 * len(x))], dtype=np.int32)


def two_view_batch_by_tile(x, augment, rng):
    """Pairs along a new axis, which then becomes the batch."""
    pairs = np.stack([np.stack([augment(sample.copy(), rng) for _ in range(2)]) for sample in x], axis=1)
    views = pairs.reshape(-1, *x.shape[1:])
    return views, (np.arange(len(views)) + len(x)) % len(views)


def two_view_batch_by_generator(x, augment, rng):
    def drawn():
        for _ in range(2):
            for sample in x.tolist():
                yield augment(np.array(sample), rng)

    size = x.shape[0]
    partner = np.arange(2 * size).reshape(2, size)[::-1].ravel()
    return np.array(list(drawn())), partner
