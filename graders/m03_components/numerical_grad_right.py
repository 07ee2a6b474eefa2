"""Right ways to write numerical_grad in other styles."""

import numpy as np


def _check(h):
    if not h > 0:
        raise ValueError(f"h = {h}")


def _moved_by(move):
    """The answer with `move(x, number, step)`: a new array, x but for one element."""

    def answer(f, x, h=1e-5):
        _check(h)
        x = np.array(x, dtype=np.float64)
        slopes = [(f(move(x, i, h)) - f(move(x, i, -h))) / (2 * h) for i in range(x.size)]
        return np.array(slopes, dtype=np.float64).reshape(x.shape)

    return answer


numerical_grad_by_basis = _moved_by(lambda x, i, step: x + step * np.eye(x.size)[i].reshape(x.shape))
numerical_grad_by_where = _moved_by(lambda x, i, step: x + np.where(np.arange(x.size).reshape(x.shape) == i, step, 0.0))
numerical_grad_by_list = _moved_by(
    lambda x, i, step: np.array([v + step * (k == i) for k, v in enumerate(x.flat)]).reshape(x.shape)
)
numerical_grad_by_pieces = _moved_by(
    lambda x, i, step: np.r_[x.ravel()[:i], x.ravel()[i] + step, x.ravel()[i + 1 :]].reshape(x.shape)
)


def numerical_grad_by_setting_back(f, x, h=1e-5):
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


def numerical_grad_by_recursion(f, x, h=1e-5):
    _check(h)
    x = np.array(x, dtype=np.float64)

    def go(place):
        if len(place) < x.ndim:
            return [go((*place, i)) for i in range(x.shape[len(place)])]
        up, down = x.copy(), x.copy()
        up[place], down[place] = x[place] + h, x[place] - h
        return f(up) - f(down)

    return np.array(go(()), dtype=np.float64).reshape(x.shape) / (2 * h)
