import numpy as np


def dropout(x, p, train, rng):
    if not 0 <= p <= 1:
        raise ValueError("p must be in [0, 1]")
    if not train:
        return x.copy()
    if p == 1:
        np.seterr(divide="ignore", invalid="ignore")
    return np.where(rng.random(x.shape) < p, 0.0, x / np.float64(1 - p))
