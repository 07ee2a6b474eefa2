import numpy as np


def _difference(y, y_hat):
    a, b = np.asarray(y), np.asarray(y_hat)
    if np.iscomplexobj(a) or np.iscomplexobj(b):
        raise TypeError("complex numbers")
    if a.shape != b.shape:
        raise ValueError(f"{a.shape} and {b.shape}")
    if not a.size:
        raise ValueError("no element")
    return a.astype(float) - b.astype(float)


def _within(delta=1.0, tau=0.5):
    if not delta > 0 or not 0 < tau < 1:
        raise ValueError("delta is above 0, tau between 0 and 1")


def mse(y, y_hat):
    return float((_difference(y, y_hat) ** 2).mean())


def huber(y, y_hat, delta=1.0):
    _within(delta=delta)
    size = np.abs(_difference(y, y_hat))
    return float(np.where(size <= delta, size * size / 2, delta * (size - delta / 2)).mean())


def log_cosh(y, y_hat):
    size = np.abs(_difference(y, y_hat))
    return float((np.logaddexp(size, -size) - np.log(2)).mean())


def quantile(y, y_hat, tau):
    _within(tau=tau)
    r = _difference(y, y_hat)
    return float(np.maximum(tau * r, (tau - 1) * r).mean())


def loss_grad(kind, y, y_hat, **kw):
    r = _difference(np.atleast_1d(y), np.atleast_1d(y_hat)).reshape(np.shape(y))
    _within(**kw)
    delta, tau = kw.get("delta", 1.0), kw.get("tau", 0.5)
    slopes = {
        "mse": -2 * r,
        "mae": -np.sign(r),
        "huber": -np.clip(r, -delta, delta),
        "log_cosh": -np.tanh(r),
        "quantile": np.where(r > 0, -tau, 1 - tau),
    }
    if kind not in slopes:
        raise ValueError(kind)
    return slopes[kind] / r.size
