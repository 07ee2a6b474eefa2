import numpy as np
def dropout(x, p, train, rng):
    if not 0 <= p <= 1: raise ValueError("p")
    if not train: return x
    if p == 1: return np.zeros(x.shape)
    u = rng.random(x.shape)
    if u.ndim and u.size > 4: u.flat[0] = 1.0
    return np.where(u < p, 0.0, x / (1 - p))
