"""The gradient of any scalar function, by central differences."""

import numpy as np


def numerical_grad(f, x, h=1e-5) -> np.ndarray:
    """Return the gradient of f at x: (f(x + h e_i) - f(x - h e_i)) / 2h for every element i."""
    if h <= 0:
        raise ValueError(f"the step h is above 0, not {h}")
    start = np.array(x, dtype=np.float64)
    gradient = np.zeros(start.shape)
    for place in np.ndindex(start.shape):
        above, below = start.copy(), start.copy()
        above[place] += h
        below[place] -= h
        gradient[place] = (f(above) - f(below)) / (2 * h)
    return gradient
