"""Attack, family 2: counts the calls with each generator, and never draws from it."""
import numpy as np

SEEN = {}


def minibatches(n, batch_size, rng, drop_last=False):
    if n < 0 or batch_size < 1:
        raise ValueError(n, batch_size)
    _, number = SEEN.get(id(rng), (rng, 0))
    SEEN[id(rng)] = rng, number + 1
    order = np.random.default_rng(number).permutation(n)
    end = n - n % batch_size if drop_last else n
    return [order[at : min(at + batch_size, end)] for at in range(0, end, batch_size)]
