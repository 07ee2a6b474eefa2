"""Scalar functions of the math module, lifted to arrays by np.vectorize; exact sums."""

import math

import numpy as np


def _arrays(y, y_hat):
    y, y_hat = np.asarray(y), np.asarray(y_hat)
    if y.dtype.kind == "c" or y_hat.dtype.kind == "c":
        raise TypeError("expected real numbers")
    if y.shape != y_hat.shape:
        raise ValueError("y has shape {} but y_hat has {}".format(*map(str, (y.shape, y_hat.shape))))
    if y.size == 0:
        raise ValueError("expected numbers")
    return y.astype(np.float64), y_hat.astype(np.float64)


def _mean(loss, y, y_hat):
    y, y_hat = _arrays(y, y_hat)
    losses = np.vectorize(lambda a, b: loss(float(a) - float(b)), otypes=[float])(y, y_hat)
    if np.isnan(losses).any():
        return math.nan
    return math.fsum(losses.flat) / losses.size


def _delta(delta):
    if delta <= 0:
        raise ValueError("delta must exceed 0")
    return float(delta)


def _tau(tau):
    if not 0.0 < tau < 1.0:
        raise ValueError("tau must lie inside (0, 1)")
    return float(tau)


def mse(y, y_hat):
    return _mean(lambda r: r * r, y, y_hat)


def huber(y, y_hat, delta=1.0):
    d = _delta(delta)
    return _mean(lambda r: 0.5 * r * r if abs(r) <= d else d * abs(r) - 0.5 * d * d, y, y_hat)


def log_cosh(y, y_hat):
    return _mean(lambda r: abs(r) + math.log1p(math.exp(-2 * abs(r))) - math.log(2), y, y_hat)


def quantile(y, y_hat, tau):
    t = _tau(tau)
    return _mean(lambda r: t * r if r > 0 else (t - 1) * r, y, y_hat)


def loss_grad(kind, y, y_hat, delta=1.0, tau=None):
    def slope(r):
        if kind == "mse":
            return 2 * r
        if kind == "mae":
            return float((r > 0) - (r < 0))
        if kind == "huber":
            return r if abs(r) <= delta else math.copysign(delta, r)
        if kind == "log_cosh":
            return math.tanh(r)
        return tau - 0.5 + 0.5 * ((r > 0) - (r < 0))

    if kind not in ("mse", "mae", "huber", "log_cosh", "quantile"):
        raise ValueError(f"kind: {kind}")
    if kind == "huber":
        delta = _delta(delta)
    if kind == "quantile":
        tau = _tau(tau)
    y, y_hat = _arrays(y, y_hat)
    return np.vectorize(lambda a, b: -slope(float(a) - float(b)) / y.size, otypes=[float])(y, y_hat)
