import numpy as np


def dropout(x, p, train, rng):
    if not 0 <= p <= 1:
        raise ValueError("p")
    if not train:
        return x
    if p == 1:
        return np.zeros_like(x)
    out = np.zeros_like(x)
    flat, src = out.ravel(), x.ravel()
    keep = rng.random(x.size) >= p
    flat[keep] = src[keep] / (1 - p)
    return out
