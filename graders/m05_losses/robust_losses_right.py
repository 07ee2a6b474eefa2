"""Right ways to write robust_losses in other styles: each is graded, and the reference is held against it."""

import math
from statistics import fmean

import numpy as np
import pandas as pd
import torch
import torch.nn.functional as F


def _arrays(y, y_hat, says="shapes {} and {}"):
    """Both as float64, after the input rules; `says` is how a style names the shapes."""
    y, y_hat = np.asarray(y), np.asarray(y_hat)
    if np.iscomplexobj(y) or np.iscomplexobj(y_hat):
        raise TypeError("complex")
    if y.shape != y_hat.shape:
        raise ValueError(says.format(y.shape, y_hat.shape))
    if y.size == 0:
        raise ValueError("empty")
    return y.astype(np.float64), y_hat.astype(np.float64)


def _own_residual(y, y_hat):
    return np.subtract(*_arrays(y, y_hat, "y: {}, y_hat: {}"))


def _floats(y, y_hat):
    """The residuals as Python's floats."""
    pair = (half.ravel().tolist() for half in _arrays(y, y_hat, "{} does not match {}"))
    return [float(left) - float(right) for left, right in zip(*pair, strict=True)]


def _positive(delta):
    if delta <= 0:
        raise ValueError(f"delta = {delta}")
    return delta


def _between(tau):
    if tau <= 0 or tau >= 1:
        raise ValueError(f"tau = {tau}")
    return tau


def _made(values, slopes, residual=_own_residual, mean=np.mean):
    """The five functions of formulas in r: `values` of mse, huber, log_cosh, quantile; `slopes` of these and of mae."""
    square, tailed, smooth, pinball = values

    def mse(y, y_hat):
        return mean(square(residual(y, y_hat)))

    def huber(y, y_hat, delta=1.0):
        return mean(tailed(residual(y, y_hat), _positive(delta)))

    def log_cosh(y, y_hat):
        return mean(smooth(residual(y, y_hat)))

    def quantile(y, y_hat, tau):
        return mean(pinball(residual(y, y_hat), _between(tau)))

    def loss_grad(kind, y, y_hat, **kw):
        r = residual(y, y_hat)
        kinds = dict(zip(("mse", "huber", "log_cosh", "quantile", "mae"), slopes, strict=True))
        if kind not in kinds:
            raise ValueError(f"{kind!r} is none of {sorted(kinds)}")
        parameters = {"huber": lambda: [_positive(kw.get("delta", 1.0))], "quantile": lambda: [_between(kw["tau"])]}
        slope = np.asarray(kinds[kind](r, *parameters.get(kind, list)()), dtype=np.float64)
        return (slope / -len(np.ravel(r))).reshape(np.shape(y))

    return mse, huber, log_cosh, quantile, loss_grad


def _scalars(*formulas):
    """The same formulas for lists of Python's floats."""
    return [lambda rs, *rest, of=one: [of(r, *rest) for r in rs] for one in formulas]


class Loops:
    """Plain Python floats, one after another; cosh itself where it does not overflow."""

    mse, huber, log_cosh, quantile, loss_grad = _made(
        _scalars(
            lambda r: r * r,
            lambda r, delta: r * r / 2 if -delta <= r <= delta else delta * (abs(r) - delta / 2),
            lambda r: math.log(math.cosh(r)) if abs(r) < 100 else abs(r) - math.log(2),
            lambda r, tau: max(tau * r, (tau - 1) * r),
        ),
        _scalars(
            lambda r: 2 * r,
            lambda r, delta: min(max(r, -delta), delta),
            math.tanh,
            lambda r, tau: tau if r > 0 else tau - 1,
            lambda r: 1 if r > 0 else -1 if r < 0 else 0,
        ),
        residual=_floats,
        mean=lambda losses: sum(losses) / len(losses),
    )


class VectorisedScalars:
    """Scalar functions lifted to arrays by np.vectorize; exact sums."""

    mse, huber, log_cosh, quantile, loss_grad = _made(
        [
            np.vectorize(lambda r: r * r, otypes=[float]),
            np.vectorize(lambda r, d: 0.5 * r * r if abs(r) <= d else d * abs(r) - 0.5 * d * d, otypes=[float]),
            np.vectorize(lambda r: abs(r) + math.log1p(math.exp(-2 * abs(r))) - math.log(2), otypes=[float]),
            np.vectorize(lambda r, tau: tau * r if r > 0 else (tau - 1) * r, otypes=[float]),
        ],
        [
            np.vectorize(lambda r: 2 * r, otypes=[float]),
            np.vectorize(lambda r, d: r if abs(r) <= d else math.copysign(d, r), otypes=[float]),
            np.vectorize(math.tanh, otypes=[float]),
            np.vectorize(lambda r, tau: tau - 0.5 + 0.5 * (int(r > 0) - int(r < 0)), otypes=[float]),
            np.vectorize(lambda r: float(int(r > 0) - int(r < 0)), otypes=[float]),
        ],
        mean=lambda losses: math.nan if np.isnan(losses).any() else math.fsum(losses.flat) / losses.size,
    )


class OneSide:
    """At each kink the value and the slope of one side."""

    mse, huber, log_cosh, quantile, loss_grad = _made(
        _scalars(
            lambda r: r**2,
            lambda r, delta: r**2 / 2 if abs(r) < delta else delta * (abs(r) - delta / 2),
            lambda r: abs(r) + math.log1p(math.expm1(-2 * abs(r)) / 2),
            lambda r, tau: (tau - (r < 0)) * r,
        ),
        _scalars(
            lambda r: 2 * r,
            lambda r, delta: r if abs(r) < delta else math.copysign(delta, r),
            math.tanh,
            lambda r, tau: tau - (r < 0),
            lambda r: math.copysign(1.0, r),
        ),
        residual=_floats,
        mean=fmean,
    )


class NamedFormulas:
    """numpy's formulas, the other way round at each comparison."""

    mse, huber, log_cosh, quantile, loss_grad = _made(
        [
            np.square,
            lambda r, delta: np.where(abs(r) > delta, delta * abs(r) - delta**2 / 2, r * r / 2),
            lambda r: np.logaddexp(r, -r) - np.log(2.0),
            lambda r, tau: np.where(r < 0, (tau - 1) * r, tau * r),
        ],
        [
            lambda r: 2 * r,
            lambda r, delta: np.maximum(-delta, np.minimum(r, delta)),
            np.tanh,
            lambda r, tau: np.where(r < 0, tau - 1.0, tau),
            lambda r: np.where(r >= 0, 1.0, -1.0),
        ],
    )


class BranchFree:
    """No branch: every loss and every slope by clip, minimum and maximum."""

    mse, huber, log_cosh, quantile, loss_grad = _made(
        [
            lambda r: r * r,
            lambda r, delta: np.minimum(np.abs(r), delta) * (np.abs(r) - np.minimum(np.abs(r), delta) / 2),
            # cosh(a) - 1 = 2 sinh(a/2)**2 keeps its digits near 0; from 30 on log cosh is a - log 2.
            lambda r: np.log1p(2 * np.sinh(np.minimum(np.abs(r), 30) / 2) ** 2) + np.maximum(np.abs(r) - 30, 0),
            lambda r, tau: tau * np.maximum(r, 0) + (1 - tau) * np.maximum(-r, 0),
        ],
        [
            lambda r: r + r,
            lambda r, delta: np.clip(r, -delta, delta),
            lambda r: 2 / (np.exp(2 * np.minimum(-r, 300.0)) + 1) - 1,
            lambda r, tau: tau - (np.sign(-r) + 1) / 2,
            np.sign,
        ],
    )


class _Named(float):
    """A float that knows its name."""


def _softplus(z):
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


class Softplus:
    """Pieces that are 0 where they do not apply, and a float of a class of its own."""

    mse, huber, log_cosh, quantile, loss_grad = _made(
        [
            np.square,
            lambda r, delta: (
                np.where(np.abs(r) > delta, delta * (np.abs(r) - delta / 2), 0.0)
                + np.where(np.abs(r) > delta, 0.0, r) ** 2 / 2
            ),
            lambda r: np.abs(r) + _softplus(-2 * np.abs(r)) - _softplus(0.0),
            lambda r, tau: np.where(r >= 0, tau, 1 - tau) * np.abs(r),
        ],
        [
            lambda r: 2 * r,
            lambda r, delta: np.where(np.abs(r) <= delta, r, delta * np.sign(r)),
            lambda r: np.sign(r) * (1 - np.exp(-2 * np.abs(r))) / (1 + np.exp(-2 * np.abs(r))),
            lambda r, tau: np.where(r > 0, tau, np.where(r < 0, tau - 1, tau - 0.5)),
            lambda r: np.where(r >= 0, 1.0, -1.0),
        ],
        mean=lambda losses: _Named(np.average(losses)),
    )


class Proximal:
    """Convex analysis: Huber as the Moreau envelope of delta |r|, the pinball loss as a support function."""

    mse, huber, log_cosh, quantile, loss_grad = _made(
        [
            lambda r: np.einsum("...,...->...", r, r),
            lambda r, d: np.clip(r, -d, d) ** 2 / 2 + d * np.abs(r - np.clip(r, -d, d)),
            lambda r: np.logaddexp(r - np.log(2), -r - np.log(2)),
            lambda r, tau: np.max([tau * r, (tau - 1) * r], axis=0),
        ],
        [
            lambda r: 2 * r,
            lambda r, delta: r - np.sign(r) * np.maximum(np.abs(r) - delta, 0),
            np.tanh,
            lambda r, tau: np.where(r > 0, tau, tau - 1),
            lambda r: np.where(r > 0, 1.0, -1.0),
        ],
    )


def _series(y, y_hat):
    y, y_hat = _arrays(y, y_hat, "index of shape {} against {}")
    return pd.Series(y.ravel()) - pd.Series(y_hat.ravel())


class PandasColumns:
    """Residuals as a pandas Series that skips nothing."""

    mse, huber, log_cosh, quantile, loss_grad = _made(
        [
            lambda r: r.pow(2),
            lambda r, delta: (r**2 / 2).where(r.abs() <= delta, delta * (r.abs() - delta / 2)),
            lambda r: r.abs() + np.log1p(np.exp(-2 * r.abs())) - np.log(2),
            lambda r, tau: (r * tau).where(r > 0, r * (tau - 1)),
        ],
        [lambda r: r + r, lambda r, delta: r.clip(-delta, delta), np.tanh, lambda r, tau: tau - (r < 0), np.sign],
        residual=_series,
        mean=lambda losses: losses.mean(skipna=False),
    )


_LOSSES_OF_TORCH = {
    "mse": F.mse_loss,
    "mae": F.l1_loss,
    "huber": lambda output, target, delta=1.0: F.huber_loss(output, target, delta=float(_positive(delta))),
    "log_cosh": lambda o, t: ((t - o).abs() + torch.log1p(torch.exp(-2 * (t - o).abs())) - math.log(2)).mean(),
    "quantile": lambda o, t, tau: torch.relu(t - o).mean() * _between(tau) + torch.relu(o - t).mean() * (1 - tau),
}


def _by_torch(kind, y, y_hat, **kw):
    if kind not in _LOSSES_OF_TORCH:
        raise ValueError(f"unknown kind of loss: {kind}")
    target, output = map(torch.from_numpy, _arrays(y, y_hat, "target torch.Size({}), output torch.Size({})"))
    loss = _LOSSES_OF_TORCH[kind](output.requires_grad_(), target, **kw)
    loss.backward()
    return loss.item(), output.grad.numpy()


class Autograd:
    """torch: the losses are its own or made of its functions, the gradients are autograd's."""

    def mse(y, y_hat):
        return _by_torch("mse", y, y_hat)[0]

    def huber(y, y_hat, delta=1.0):
        return _by_torch("huber", y, y_hat, delta=delta)[0]

    def log_cosh(y, y_hat):
        return _by_torch("log_cosh", y, y_hat)[0]

    def quantile(y, y_hat, tau):
        return _by_torch("quantile", y, y_hat, tau=tau)[0]

    def loss_grad(kind, y, y_hat, **kw):
        return _by_torch(kind, y, y_hat, **kw)[1]


class InPlaceOnACopy:
    """A copy of y becomes the residual, and later the gradient, in place; scalars get a number."""

    def _copied(y, y_hat):
        r, predicted = _arrays(y, y_hat, "y is not of the shape of y_hat: {} against {}")
        r = np.array(r, copy=True, ndmin=1)
        r -= predicted
        return r

    def mse(y, y_hat):
        r = InPlaceOnACopy._copied(y, y_hat)
        r *= r
        return r.sum() / r.size

    def huber(y, y_hat, delta=1.0):
        r = InPlaceOnACopy._copied(y, y_hat)
        np.abs(r, out=r)
        far = r > _positive(delta)
        r[~far] = r[~far] ** 2 / 2
        r[far] = delta * r[far] - delta * delta / 2
        return r.sum() / r.size

    def log_cosh(y, y_hat):
        r = InPlaceOnACopy._copied(y, y_hat)
        return (np.logaddexp(r, -r) - np.log(2)).sum() / r.size

    def quantile(y, y_hat, tau):
        r = InPlaceOnACopy._copied(y, y_hat)
        r[r > 0] *= _between(tau)
        r[r < 0] *= tau - 1
        return r.sum() / r.size

    def loss_grad(kind, y, y_hat, **kw):
        g = InPlaceOnACopy._copied(y, y_hat)
        match kind:
            case "mse":
                g *= -2
            case "mae":
                np.sign(-g, out=g)
            case "huber":
                delta = _positive(kw.get("delta", 1.0))
                np.clip(-g, -delta, delta, out=g)
            case "log_cosh":
                np.tanh(-g, out=g)
            case "quantile":
                above, below = g > 0, g < 0
                g[above], g[below] = -_between(kw["tau"]), 1 - kw["tau"]
            case _:
                raise ValueError("mse, mae, huber, log_cosh or quantile")
        g /= g.size
        return float(g[0]) if np.ndim(y) == 0 else g
