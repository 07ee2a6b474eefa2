import numpy as np


def numerical_grad(f, x, h=1e-5):
    if h <= 0:
        raise ValueError("h must be above 0")
    point = np.array(x, dtype=float)
    f(point)
    gradient = np.zeros(point.shape)
    for at in np.ndindex(point.shape):
        up, down = point.copy(), point.copy()
        up[at] += h
        down[at] -= h
        gradient[at] = (f(up) - f(down)) / (2 * h)
    return gradient
