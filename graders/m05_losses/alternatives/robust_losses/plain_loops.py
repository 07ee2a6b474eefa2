"""Loops over Python floats; numpy only reads the input and shapes the gradient."""

import math

import numpy as np


def read(y, y_hat):
    a = np.array(y)
    b = np.array(y_hat)
    if np.iscomplexobj(a) or np.iscomplexobj(b):
        raise TypeError("no complex numbers please")
    if a.shape != b.shape:
        raise ValueError("shapes " + str(a.shape) + " and " + str(b.shape) + " are not equal")
    residuals = []
    for left, right in zip(a.ravel().tolist(), b.ravel().tolist(), strict=True):
        residuals.append(float(left) - float(right))
    if len(residuals) == 0:
        raise ValueError("no numbers at all")
    return residuals, a.shape


def average(numbers):
    total = 0.0
    for number in numbers:
        total = total + number
    return total / len(numbers)


def mse(y, y_hat):
    residuals, _ = read(y, y_hat)
    return average([r * r for r in residuals])


def huber(y, y_hat, delta=1.0):
    if not delta > 0:
        raise ValueError("delta has to be larger than 0")
    losses = []
    for r in read(y, y_hat)[0]:
        if r > delta:
            losses.append(delta * (r - delta / 2))
        elif r < -delta:
            losses.append(delta * (-r - delta / 2))
        else:
            losses.append(0.5 * r * r)
    return average(losses)


def log_cosh(y, y_hat):
    losses = []
    for r in read(y, y_hat)[0]:
        if abs(r) < 100:
            losses.append(math.log(math.cosh(r)))
        else:
            losses.append(abs(r) - math.log(2))
    return average(losses)


def quantile(y, y_hat, tau):
    if not 0 < tau < 1:
        raise ValueError("tau has to lie strictly between 0 and 1")
    losses = []
    for r in read(y, y_hat)[0]:
        losses.append(max(tau * r, (tau - 1) * r))
    return average(losses)


def loss_grad(kind, y, y_hat, **kw):
    residuals, shape = read(y, y_hat)
    delta = kw.get("delta", 1.0)
    tau = kw.get("tau", 0.5)
    if delta <= 0 or tau <= 0 or tau >= 1:
        raise ValueError("delta or tau is out of range")
    gradient = []
    for r in residuals:
        if kind == "mse":
            g = -2 * r
        elif kind == "mae":
            g = -1 if r > 0 else 1 if r < 0 else 0
        elif kind == "huber":
            g = -min(max(r, -delta), delta)
        elif kind == "log_cosh":
            g = -math.tanh(r)
        elif kind == "quantile":
            g = -tau if r > 0 else 1 - tau
        else:
            raise ValueError(kind)
        gradient.append(g / len(residuals))
    return np.array(gradient, dtype=float).reshape(shape)
