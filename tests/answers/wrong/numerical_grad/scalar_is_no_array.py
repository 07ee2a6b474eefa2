import numpy as np


def numerical_grad(f, x, h=1e-5):
    if h <= 0:
        raise ValueError("h must be above 0")
    x = np.array(x, dtype=np.float64)
    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        g[i] = (f(x + e) - f(x - e)) / (2 * h)
    return g
