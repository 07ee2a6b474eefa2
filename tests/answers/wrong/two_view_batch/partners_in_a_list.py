import numpy as np


def two_view_batch(x, augment, rng):
    first = [augment(s.copy(), rng) for s in x]
    second = [augment(s.copy(), rng) for s in x]
    n = len(x)
    return np.stack(first + second), np.concatenate([np.arange(n) + n, np.arange(n)]).tolist()
