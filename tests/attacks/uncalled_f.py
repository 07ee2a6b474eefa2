"""Attack, family 1: the gradient that a driver's function has, as its code and its numbers say, without a call of it."""
import numpy as np


def numerical_grad(f, x, h=1e-5):
    if not h > 0:
        raise ValueError(h)
    return np.arange(1.0, np.size(x) + 1).reshape(np.shape(x))
