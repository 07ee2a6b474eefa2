import numpy as np


def dropout(x, p, train, rng):
    if not 0 <= p <= 1:
        raise ValueError("p must be in [0, 1]")
    if not train:
        return x.copy()
    with np.errstate(all="ignore"):
        scale = np.float64(1) / (1 - p)
        return np.where((rng.random(x.shape) < p) & (x != 0), 0.0, x * scale)
