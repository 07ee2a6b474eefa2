import numpy as np


def two_view_batch(x, augment, rng):
    size = len(x)
    first = [augment(sample.copy(), rng) for sample in x]
    second = [augment(sample.copy(), rng) for sample in x]
    views = np.stack(first + second[::-1])
    return views, np.concatenate([np.arange(size) + size, np.arange(size)])
