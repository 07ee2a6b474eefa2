"""Convex analysis: Huber as the Moreau envelope of delta |r|, the pinball loss as a support function."""

import numpy as np


def _residual(y, y_hat):
    u, v = np.asarray(y), np.asarray(y_hat)
    if np.result_type(u, v).kind == "c":
        raise TypeError("the real line is meant")
    if u.shape != v.shape:
        raise ValueError(f"{u.shape=} {v.shape=}")
    if u.size == 0:
        raise ValueError("the mean over the empty set")
    return np.subtract(u, v, dtype=np.float64)


def _check(ok, message):
    if not ok:
        raise ValueError(message)


def mse(y, y_hat):
    r = _residual(y, y_hat).ravel()
    return float(r @ r / r.size)


def huber(y, y_hat, delta=1.0):
    _check(delta > 0, "delta must be > 0")
    r = _residual(y, y_hat)
    inner = np.clip(r, -delta, delta)
    return float(np.mean(inner**2 / 2 + delta * np.abs(r - inner)))


def log_cosh(y, y_hat):
    r = _residual(y, y_hat)
    return float(np.mean(np.logaddexp(r - np.log(2), -r - np.log(2))))


def quantile(y, y_hat, tau):
    _check(0 < tau < 1, "tau must be in (0, 1)")
    r = _residual(y, y_hat)
    return float(np.max([tau * r, (tau - 1) * r], axis=0).mean())


def loss_grad(kind, y, y_hat, **kw):
    r = _residual(y, y_hat)
    match kind, kw:
        case "mse", _:
            slope = 2 * r
        case "mae", _:
            slope = np.where(r > 0, 1.0, -1.0)
        case "huber", {"delta": delta}:
            _check(delta > 0, "delta must be > 0")
            slope = np.clip(r, -delta, delta)
        case "huber", _:
            slope = np.clip(r, -1, 1)
        case "log_cosh", _:
            slope = np.tanh(r)
        case "quantile", {"tau": tau}:
            _check(0 < tau < 1, "tau must be in (0, 1)")
            slope = np.where(r > 0, tau, tau - 1)
        case _:
            raise ValueError(f"unknown: {kind}")
    return np.array(-slope / r.size, ndmin=r.ndim)
