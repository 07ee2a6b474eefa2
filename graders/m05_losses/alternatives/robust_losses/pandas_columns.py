"""Residuals as a pandas Series that skips nothing."""

import numpy as np
import pandas as pd


def series(y, y_hat):
    y, y_hat = np.asarray(y), np.asarray(y_hat)
    if np.iscomplexobj(y) or np.iscomplexobj(y_hat):
        raise TypeError("complex dtype")
    if y.shape != y_hat.shape:
        raise ValueError(f"index of shape {y.shape} against {y_hat.shape}")
    if y.size == 0:
        raise ValueError("empty frame")
    frame = pd.DataFrame({"y": y.ravel().astype(float), "y_hat": y_hat.ravel().astype(float)})
    return frame["y"] - frame["y_hat"]


def mse(y, y_hat):
    return series(y, y_hat).pow(2).mean(skipna=False)


def huber(y, y_hat, delta=1.0):
    if delta <= 0:
        raise ValueError("delta")
    r = series(y, y_hat)
    return (r**2 / 2).where(r.abs() <= delta, delta * (r.abs() - delta / 2)).mean(skipna=False)


def log_cosh(y, y_hat):
    a = series(y, y_hat).abs()
    return (a + np.log1p(np.exp(-2 * a)) - np.log(2)).mean(skipna=False)


def quantile(y, y_hat, tau):
    if tau <= 0 or tau >= 1:
        raise ValueError("tau")
    r = series(y, y_hat)
    return (r * tau).where(r > 0, r * (tau - 1)).mean(skipna=False)


def loss_grad(kind, y, y_hat, **kw):
    r = series(y, y_hat)
    if kind == "mse":
        slope = 2 * r
    elif kind == "mae":
        slope = np.sign(r)
    elif kind == "huber":
        delta = kw.get("delta", 1.0)
        if delta <= 0:
            raise ValueError("delta")
        slope = r.clip(-delta, delta)
    elif kind == "log_cosh":
        slope = np.tanh(r)
    elif kind == "quantile":
        if not 0 < kw["tau"] < 1:
            raise ValueError("tau")
        slope = kw["tau"] - (r < 0)
    else:
        raise ValueError(f"kind is {kind}")
    return -(slope / len(r)).to_numpy(dtype=np.float64).reshape(np.shape(y))
