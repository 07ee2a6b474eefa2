import numpy as np


def dropout(x, p, train, rng):
    if not 0 <= p <= 1:
        raise ValueError("p")
    if not train:
        return x
    if p == 1:
        return np.zeros_like(x)
    mask = np.array(rng.random(x.shape) >= p)
    if not mask.any():
        mask.flat[0] = True
    return x * mask / (1 - p)
