import numpy as np


def _partial(f, x, index, h):
    if h <= 0:
        raise ValueError("h must be above 0")
    above, below = x.copy(), x.copy()
    above[index] += h
    below[index] -= h
    return (f(above) - f(below)) / (2 * h)


def numerical_grad(f, x, h=1e-5):
    x = np.array(x, dtype=np.float64)
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        grad[index] = _partial(f, x, index, h)
    return grad
