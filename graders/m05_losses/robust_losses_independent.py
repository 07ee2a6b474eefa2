"""Other definitions of the losses and their gradients, none of which shares a line with the reference."""

import math

import numpy as np
import scipy.special
import torch
from sklearn import metrics


def mse_by_loop(y, y_hat):
    """Index by index, in plain Python numbers, as are the other loops."""
    return _mean(r * r for r in _loop(y, y_hat))


def mse_by_sklearn(y, y_hat):
    pair = _pair(y, y_hat, finite=True)
    return NotImplemented if pair is None else float(metrics.mean_squared_error(pair[0].ravel(), pair[1].ravel()))


def mse_by_torch(y, y_hat):
    pair = _pair(y, y_hat)
    return NotImplemented if pair is None else torch.nn.functional.mse_loss(*map(torch.from_numpy, pair)).item()


def huber_by_loop(y, y_hat, delta=1.0):
    if delta <= 0:
        raise ValueError("delta")
    return _mean(r * r / 2 if abs(r) <= delta else delta * (abs(r) - delta / 2) for r in _loop(y, y_hat))


def huber_by_scipy(y, y_hat, delta=1.0):
    pair = _pair(y, y_hat)
    if pair is None or delta <= 0:
        return NotImplemented
    with np.errstate(invalid="ignore"):
        return float(np.mean(scipy.special.huber(float(delta), pair[0] - pair[1])))


def huber_by_torch(y, y_hat, delta=1.0):
    pair = _pair(y, y_hat)
    if pair is None or delta <= 0:
        return NotImplemented
    return torch.nn.functional.huber_loss(*map(torch.from_numpy, pair), delta=float(delta)).item()


def log_cosh_by_logaddexp(y, y_hat):
    pair = _pair(y, y_hat)
    if pair is None:
        return NotImplemented
    with np.errstate(invalid="ignore"):
        r = pair[0] - pair[1]
        return float(np.mean(np.logaddexp(r, -r) - np.log(2.0)))


def log_cosh_by_loop(y, y_hat):
    """The definition itself, where cosh does not overflow."""
    if _pair(y, y_hat, finite=True) is None:
        return NotImplemented
    residuals = list(_loop(y, y_hat))
    if max(map(abs, residuals)) > 700:
        return NotImplemented
    return _mean(math.log(math.cosh(r)) for r in residuals)


def quantile_by_loop(y, y_hat, tau):
    if tau <= 0 or tau >= 1:
        raise ValueError("tau")
    return _mean((tau if r > 0 else tau - 1) * r for r in _loop(y, y_hat))


def quantile_by_sklearn(y, y_hat, tau):
    pair = _pair(y, y_hat, finite=True)
    if pair is None or not 0 < tau < 1:
        return NotImplemented
    return float(metrics.mean_pinball_loss(pair[0].ravel(), pair[1].ravel(), alpha=tau))


def loss_grad_by_autograd(kind, y, y_hat, **kw):
    """torch differentiates; its loss functions stand for the formulas where it has them."""
    pair = _pair(y, y_hat, finite=True)
    if pair is None or kw.get("delta", 1.0) <= 0 or not 0 < kw.get("tau", 0.5) < 1:
        return NotImplemented
    target, output = map(torch.from_numpy, pair)
    output.requires_grad_()
    functional, tau = torch.nn.functional, kw.get("tau")
    losses = {
        "mse": lambda: functional.mse_loss(output, target),
        "mae": lambda: functional.l1_loss(output, target),
        "huber": lambda: functional.huber_loss(output, target, delta=float(kw.get("delta", 1.0))),
        "log_cosh": lambda: torch.logaddexp(output - target, target - output).mean(),
        "quantile": lambda: torch.maximum(tau * (target - output), (tau - 1) * (target - output)).mean(),
    }
    if kind not in losses:
        return NotImplemented
    losses[kind]().backward()
    return output.grad.numpy()


def loss_grad_by_differences(kind, y, y_hat, **kw):
    """Exact differences of one element's loss to both sides, for the losses that are piecewise polynomials."""
    pair = _pair(y, y_hat, finite=True)
    if pair is None or kind not in ("mse", "mae", "quantile") or not 0 < kw.get("tau", 0.5) < 1:
        return NotImplemented
    r, tau = pair[0] - pair[1], kw.get("tau")
    if np.max(np.abs(r)) > 1e3:
        return NotImplemented
    loss = {"mse": np.square, "mae": np.abs, "quantile": lambda r: np.where(r > 0, tau * r, (tau - 1) * r)}[kind]
    # A quarter of the smallest residual keeps clear of the kink; of exact predictions it gives the middle subgradient.
    step = np.min(np.abs(r)[r != 0], initial=1.0) / 4
    return (loss(r - step) - loss(r + step)) / (2 * step * r.size)


def _loop(y, y_hat):
    y, y_hat = np.asarray(y), np.asarray(y_hat)
    if y.dtype.kind == "c" or y_hat.dtype.kind == "c":
        raise TypeError("complex")
    if y.shape != y_hat.shape:
        raise ValueError(f"{y.shape} {y_hat.shape}")
    if y.size == 0:
        raise ValueError("empty")
    return [float(y[place]) - float(y_hat[place]) for place in np.ndindex(y.shape)]


def _mean(values):
    values = list(values)
    return sum(values) / len(values)


def _pair(y, y_hat, finite=False):
    """Both as float64, or None where the answer is an exception or, if finite, not a number."""
    y, y_hat = np.asarray(y), np.asarray(y_hat)
    if y.dtype.kind == "c" or y_hat.dtype.kind == "c" or y.shape != y_hat.shape or y.size == 0:
        return None
    pair = y.astype(np.float64, order="C"), y_hat.astype(np.float64, order="C")
    return pair if not finite or all(np.isfinite(half).all() for half in pair) else None
