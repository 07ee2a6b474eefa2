"""Right ways to write numerical_grad in other styles."""

import numpy as np


def _check(h):
    if not h > 0:
        raise ValueError(f"h = {h}")


def numerical_grad_by_basis(f, x, h=1e-5):
    """One step along each vector of the standard basis."""
    _check(h)
    x = np.asarray(x, dtype=np.float64)
    slopes = []
    for one in np.eye(x.size).reshape(x.size, *x.shape):
        step = h * one
        slopes.append((f(x + step) - f(x - step)) / (2 * h))
    return np.array(slopes, dtype=np.float64).reshape(x.shape)


def numerical_grad_by_setting_back(f, x, h=1e-5):
    """One array is changed in one place and set back."""
    _check(h)
    point = np.array(x, dtype=float, order="C")
    flat, result = point.reshape(-1), np.empty(point.size)
    for i in range(flat.size):
        value = flat[i]
        flat[i] = value + h
        up = f(point.copy())
        flat[i] = value - h
        result[i] = (up - f(point.copy())) / h / 2
        flat[i] = value
    return result.reshape(point.shape)


def numerical_grad_by_vectorize(f, x, h=1e-5):
    _check(h)
    base = np.array(x, dtype=np.float64)

    def moved(place, step):
        copy = base.copy()
        copy.flat[place] += step
        return f(copy)

    slopes = [(moved(i, h) - moved(i, -h)) / (2 * h) for i in range(base.size)]
    return np.array(slopes).reshape(base.shape).astype(float)


def numerical_grad_by_nditer(f, x, h=1e-5):
    _check(h)
    gradient = np.zeros(np.shape(x))
    with np.nditer(gradient, flags=["multi_index", "zerosize_ok"], op_flags=["readwrite"]) as walk:
        for cell in walk:
            total = 0.0
            for sign in (1, -1):
                copy = np.array(x, dtype=np.float64)
                copy[walk.multi_index] += sign * h
                total += sign * f(copy)
            cell[...] = total / (2 * h)
    return gradient


def numerical_grad_by_where(f, x, h=1e-5):
    _check(h)
    x = np.array(x, dtype=np.float64)
    numbers = np.arange(x.size).reshape(x.shape)
    gradient = np.zeros_like(x)
    for number in range(x.size):
        here = numbers == number
        gradient[here] = (f(np.where(here, x + h, x)) - f(np.where(here, x - h, x))) / (2.0 * h)
    return gradient


def numerical_grad_by_recursion(f, x, h=1e-5):
    _check(h)
    x = np.array(x, dtype=np.float64)

    def go(place):
        if len(place) < x.ndim:
            return [go((*place, i)) for i in range(x.shape[len(place)])]
        up, down = x.copy(), x.copy()
        up[place], down[place] = x[place] + h, x[place] - h
        return f(up) - f(down)

    # At a single number this is an np.float64.
    return np.array(go(()), dtype=np.float64).reshape(x.shape) / (2 * h)
