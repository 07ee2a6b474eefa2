import numpy as np

KEPT = {}


def minibatches(n, batch_size, rng, drop_last=False):
    if batch_size < 1 or n < 0:
        raise ValueError("sizes")
    order = KEPT.setdefault(n, np.arange(n))
    order[:] = rng.permutation(n)
    stop = n - n % batch_size if drop_last else n
    return [order[i : i + batch_size] for i in range(0, stop, batch_size)]
