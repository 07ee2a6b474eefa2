import numpy as np


def dropout(x, p, train, rng):
    if p < 0 or p > 1:
        raise ValueError("p must be in [0, 1]")
    if not train or p == 0:
        return x.copy()
    if p == 1:
        return np.zeros_like(x)
    out = np.divide(x, 1 - p)
    out = np.array(out, order="K")
    flat = out.ravel()
    flat[rng.random(x.size) < p] = 0.0
    return out
