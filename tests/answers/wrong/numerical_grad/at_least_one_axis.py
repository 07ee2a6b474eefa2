import numpy as np


def numerical_grad(f, x, h=1e-5):
    if h <= 0:
        raise ValueError("h must be above 0")
    shape = np.shape(x)
    x = np.atleast_1d(np.array(x, dtype=float))
    grad = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        grad[i] = (f(up) - f(down)) / (2 * h)
    return grad.reshape(shape)
