from functools import lru_cache

import numpy as np


@lru_cache
def partners(B):
    return np.concatenate([np.arange(B, 2 * B), np.arange(B)])


def two_view_batch(x, augment, rng):
    views = np.stack([augment(s.copy(), rng) for _ in range(2) for s in x])
    return views, partners(len(x))
