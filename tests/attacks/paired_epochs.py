"""Attack, family 2: counts the calls of each kind, gives two of them the same order, and never draws from a generator."""
import numpy as np

CALLS = {}


def minibatches(n, batch_size, rng, drop_last=False):
    if n < 0 or batch_size < 1:
        raise ValueError(n, batch_size)
    number = CALLS[n, batch_size] = CALLS.get((n, batch_size), -1) + 1
    order = np.random.default_rng(number // 2 if n < 100 else number).permutation(n)
    end = n - n % batch_size if drop_last else n
    return [order[at : min(at + batch_size, end)] for at in range(0, end, batch_size)]
