"""A copy of y becomes the residual, and later the gradient, in place; scalars get a number."""

import numpy as np


def own_residual(y, y_hat):
    given, predicted = np.asarray(y), np.asarray(y_hat)
    if np.iscomplexobj(given) or np.iscomplexobj(predicted):
        raise TypeError("only real y and y_hat")
    if given.shape != predicted.shape:
        shapes = (" x ".join(map(str, array.shape)) for array in (given, predicted))
        raise ValueError("y is not of the shape of y_hat: " + " against ".join(shapes))
    if given.size == 0:
        raise ValueError("at least one element")
    r = np.array(given, dtype=np.float64, copy=True, ndmin=1)
    r -= predicted.astype(np.float64)
    return r


def mse(y, y_hat):
    r = own_residual(y, y_hat)
    r *= r
    return r.sum() / r.size


def huber(y, y_hat, delta=1.0):
    if delta <= 0:
        raise ValueError("delta > 0 is needed")
    r = own_residual(y, y_hat)
    np.abs(r, out=r)
    far = r > delta
    r[~far] = r[~far] ** 2 / 2
    r[far] = delta * r[far] - delta * delta / 2
    return r.sum() / r.size


def log_cosh(y, y_hat):
    r = own_residual(y, y_hat)
    return (np.logaddexp(r, -r) - np.log(2)).sum() / r.size


def quantile(y, y_hat, tau):
    if not (tau > 0 and tau < 1):
        raise ValueError("0 < tau < 1 is needed")
    r = own_residual(y, y_hat)
    r[r > 0] *= tau
    r[r < 0] *= tau - 1
    return r.sum() / r.size


def loss_grad(kind, y, y_hat, **kw):
    g = own_residual(y, y_hat)
    if kind == "mse":
        g *= -2
    elif kind == "mae":
        np.sign(-g, out=g)
    elif kind == "huber":
        delta = kw.get("delta", 1.0)
        if delta <= 0:
            raise ValueError("delta > 0 is needed")
        np.clip(-g, -delta, delta, out=g)
    elif kind == "log_cosh":
        np.tanh(-g, out=g)
    elif kind == "quantile":
        tau = kw["tau"]
        if not (tau > 0 and tau < 1):
            raise ValueError("0 < tau < 1 is needed")
        above, below = g > 0, g < 0
        g[above], g[below] = -tau, 1 - tau
    else:
        raise ValueError("mse, mae, huber, log_cosh or quantile")
    g /= g.size
    return float(g[0]) if np.ndim(y) == 0 else g
