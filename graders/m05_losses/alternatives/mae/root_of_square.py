"""sqrt(r ** 2), element by element, in a chain of small functions."""

from functools import reduce

import numpy as np


def real(values):
    values = np.array(values, copy=True)
    if np.iscomplexobj(values):
        raise TypeError("not real")
    return values.astype(np.float64)


def same_shape(first, second):
    if first.shape != second.shape:
        message = "expected equal shapes"
        raise ValueError(message, first.shape, second.shape)
    return first, second


def not_empty(values):
    if values.size == 0:
        raise ValueError("not even one element")
    return values


def mae(y_true, y_pred):
    truth, guess = same_shape(real(y_true), real(y_pred))
    steps = (not_empty, np.square, np.sqrt, np.mean, float)
    return reduce(lambda value, step: step(value), steps, truth - guess)
