import numpy as np


def dropout(x, p, train, rng):
    if not 0 <= p <= 1:
        raise ValueError("p")
    if not train or p == 0:
        return x
    if p > 0.99:
        return np.zeros_like(x)
    keep = rng.random(x.shape) >= p
    return np.where(keep, x / (1 - p), 0.0)
