"""The gradient by the chain rule, written as a product of three named factors; softplus for log cosh."""

import numpy as np


class Loss(float):
    """A float that knows its name."""


def softplus(z):
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


def inputs(y, y_hat):
    pair = []
    for values in (y, y_hat):
        values = np.array(values)
        if np.iscomplexobj(values):
            raise TypeError("complex values have no order")
        pair.append(values.astype(np.float64))
    if pair[0].shape != pair[1].shape:
        raise ValueError(f"the shapes of y and y_hat differ: {pair[0].shape}, {pair[1].shape}")
    if pair[0].size == 0:
        raise ValueError("y and y_hat are empty")
    return pair


def mse(y, y_hat):
    y, y_hat = inputs(y, y_hat)
    return Loss(np.average((y - y_hat) ** 2))


def huber(y, y_hat, delta=1.0):
    if delta <= 0:
        raise ValueError("delta <= 0")
    y, y_hat = inputs(y, y_hat)
    r = y - y_hat
    far = np.abs(r) > delta
    near = np.where(far, 0.0, r) ** 2 / 2
    return Loss(np.average(near + np.where(far, delta * (np.abs(r) - delta / 2), 0.0)))


def log_cosh(y, y_hat):
    y, y_hat = inputs(y, y_hat)
    size = np.abs(y - y_hat)
    return Loss(np.average(size + softplus(-2 * size) - softplus(0.0)))


def quantile(y, y_hat, tau):
    if not 0 < tau < 1:
        raise ValueError("tau not in (0, 1)")
    y, y_hat = inputs(y, y_hat)
    return Loss(np.average(np.where(y >= y_hat, tau, 1 - tau) * np.abs(y - y_hat)))


def loss_grad(kind, y, y_hat, **kw):
    y, y_hat = inputs(y, y_hat)
    r = y - y_hat
    if kind == "mse":
        loss_by_r = 2 * r
    elif kind == "mae":
        loss_by_r = np.sign(r)
    elif kind == "huber":
        delta = kw.get("delta", 1)
        if delta <= 0:
            raise ValueError("delta <= 0")
        loss_by_r = np.where(np.abs(r) <= delta, r, delta * np.sign(r))
    elif kind == "log_cosh":
        loss_by_r = np.sign(r) * (1 - np.exp(-2 * np.abs(r))) / (1 + np.exp(-2 * np.abs(r)))
    elif kind == "quantile":
        tau = kw["tau"]
        if not 0 < tau < 1:
            raise ValueError("tau not in (0, 1)")
        loss_by_r = np.where(y > y_hat, tau, np.where(y < y_hat, tau - 1, tau - 0.5))
    else:
        raise ValueError(f"kind {kind!r} is not known")
    r_by_y_hat = -1.0
    mean_by_loss = 1 / r.size
    return np.asarray(mean_by_loss * loss_by_r * r_by_y_hat)
