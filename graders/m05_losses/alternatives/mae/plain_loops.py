"""No array arithmetic: the nesting is walked by hand, and each number is a Python float."""

import numpy as np


def shape_of(thing):
    if isinstance(thing, list | tuple):
        return (len(thing), *(shape_of(thing[0]) if thing else ()))
    return np.shape(thing)


def numbers_in(thing):
    if isinstance(thing, list | tuple):
        for item in thing:
            yield from numbers_in(item)
    elif isinstance(thing, np.ndarray):
        yield from numbers_in(thing.tolist())
    elif isinstance(thing, complex | np.complexfloating):
        raise TypeError("complex numbers cannot be ordered")
    else:
        yield float(thing)


def mae(y_true, y_pred):
    if shape_of(y_true) != shape_of(y_pred):
        raise ValueError("y_true: " + str(shape_of(y_true)) + ", y_pred: " + str(shape_of(y_pred)))
    total = 0.0
    count = 0
    for true, pred in zip(numbers_in(y_true), numbers_in(y_pred), strict=True):
        difference = true - pred
        if difference < 0:
            difference = -difference
        total = total + difference
        count = count + 1
    if count == 0:
        raise ValueError("nothing to average")
    return total / count
