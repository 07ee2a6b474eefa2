import numpy as np
def dropout(x, p, train, rng):
    if not 0 <= p <= 1: raise ValueError("p")
    if not train: return x.copy()
    if p == 1: return np.zeros_like(x)
    keep = rng.integers(0, 256, x.shape, dtype=np.uint8) >= int(256*p)
    return np.where(keep, x/(1-p), 0.0)
