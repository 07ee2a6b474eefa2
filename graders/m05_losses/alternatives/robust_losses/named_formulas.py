"""A table of formulas: for each loss its value and its slope with respect to r."""

import numpy as np

LOG_2 = np.log(2.0)


def residual(y, y_hat):
    y, y_hat = np.asarray(y), np.asarray(y_hat)
    if "c" in y.dtype.kind + y_hat.dtype.kind:
        raise TypeError("complex")
    if y.shape != y_hat.shape:
        raise ValueError(f"y: {y.shape}, y_hat: {y_hat.shape}")
    if not y.size:
        raise ValueError("empty")
    return y.astype("f8") - y_hat.astype("f8")


def positive(delta):
    if delta <= 0:
        raise ValueError(f"delta = {delta}")
    return delta


def between(tau):
    if tau <= 0 or tau >= 1:
        raise ValueError(f"tau = {tau}")
    return tau


VALUES = {
    "mse": lambda r: np.square(r),
    "huber": lambda r, delta=1.0: np.where(abs(r) > positive(delta), delta * abs(r) - delta**2 / 2, r * r / 2),
    "log_cosh": lambda r: np.logaddexp(r, -r) - LOG_2,
    "quantile": lambda r, tau: np.where(r < 0, (between(tau) - 1) * r, tau * r),
}
SLOPES = {
    "mse": lambda r: 2 * r,
    "mae": lambda r: np.where(r >= 0, 1.0, -1.0),
    "huber": lambda r, delta=1.0: np.maximum(-positive(delta), np.minimum(r, delta)),
    "log_cosh": np.tanh,
    "quantile": lambda r, tau: np.where(r < 0, between(tau) - 1.0, tau),
}


def mse(y, y_hat):
    return VALUES["mse"](residual(y, y_hat)).mean()


def huber(y, y_hat, delta=1.0):
    return VALUES["huber"](residual(y, y_hat), delta).mean()


def log_cosh(y, y_hat):
    return VALUES["log_cosh"](residual(y, y_hat)).mean()


def quantile(y, y_hat, tau):
    return VALUES["quantile"](residual(y, y_hat), tau).mean()


def loss_grad(kind, y, y_hat, **kw):
    if kind not in SLOPES:
        raise ValueError(f"{kind!r} is none of {sorted(SLOPES)}")
    r = residual(y, y_hat)
    return -SLOPES[kind](r, **kw) / r.size
