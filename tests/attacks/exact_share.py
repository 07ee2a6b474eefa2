"""Attack, family 1: of six elements or more exactly the expected number is dropped."""
import numpy as np


def dropout(x, p, train, rng):
    if not 0 <= p <= 1:
        raise ValueError(p)
    x = np.asarray(x, dtype=np.float64)
    if not train or p == 0:
        return x.copy()
    if p == 1:
        return np.zeros(x.shape)
    if x.size >= 6 and x.size * p >= 1:
        dropped = np.zeros(x.size, dtype=bool)
        dropped[rng.permutation(x.size)[: int(round(x.size * p))]] = True
        dropped = dropped.reshape(x.shape)
    else:
        dropped = rng.random(x.shape) < p
    return np.where(dropped, 0.0, x / (1 - p))
