"""One class per loss, frozen dataclasses that check their own parameter."""

import math
from dataclasses import dataclass
from statistics import fmean

import numpy as np


@dataclass(frozen=True)
class Squared:
    def value(self, r):
        return r**2

    def slope(self, r):
        return 2 * r


@dataclass(frozen=True)
class Absolute:
    def value(self, r):
        return abs(r)

    def slope(self, r):
        return math.copysign(1.0, r)


@dataclass(frozen=True)
class Huber:
    delta: float = 1.0

    def __post_init__(self):
        if self.delta <= 0:
            raise ValueError(f"{self}: delta has to be positive")

    def value(self, r):
        return r**2 / 2 if abs(r) < self.delta else self.delta * (abs(r) - self.delta / 2)

    def slope(self, r):
        return r if abs(r) < self.delta else math.copysign(self.delta, r)


@dataclass(frozen=True)
class LogCosh:
    def value(self, r):
        return abs(r) + math.log1p(math.expm1(-2 * abs(r)) / 2)

    def slope(self, r):
        return math.tanh(r)


@dataclass(frozen=True)
class Pinball:
    tau: float

    def __post_init__(self):
        if not 0 < self.tau < 1:
            raise ValueError(f"{self}: tau has to be a fraction")

    def value(self, r):
        return (self.tau - (r < 0)) * r

    def slope(self, r):
        return self.tau - (r < 0)


def apply(function, y, y_hat):
    y, y_hat = np.asarray(y), np.asarray(y_hat)
    if np.iscomplexobj(y) or np.iscomplexobj(y_hat):
        raise TypeError("losses of complex residuals are not defined")
    if y.shape != y_hat.shape:
        raise ValueError(f"{list(y.shape)} does not match {list(y_hat.shape)}")
    if y.size == 0:
        raise ValueError("there is nothing to compare")
    residuals = (y.astype(float) - y_hat.astype(float)).ravel().tolist()
    return [function(r) for r in residuals], y.shape


def mse(y, y_hat):
    return fmean(apply(Squared().value, y, y_hat)[0])


def huber(y, y_hat, delta=1.0):
    return fmean(apply(Huber(delta).value, y, y_hat)[0])


def log_cosh(y, y_hat):
    return fmean(apply(LogCosh().value, y, y_hat)[0])


def quantile(y, y_hat, tau):
    return fmean(apply(Pinball(tau).value, y, y_hat)[0])


def loss_grad(kind, y, y_hat, **kw):
    kinds = {"mse": Squared, "mae": Absolute, "huber": Huber, "log_cosh": LogCosh, "quantile": Pinball}
    try:
        loss = kinds[kind]
    except KeyError:
        raise ValueError(f"loss {kind!r} is unknown") from None
    slopes, shape = apply(loss(**kw).slope, y, y_hat)
    return np.reshape(np.array(slopes, dtype=np.float64), shape) * (-1 / len(slopes))
