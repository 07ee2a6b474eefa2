"""Losses that outliers do not dominate, and their gradients. Throughout, r = y - y_hat."""

import numpy as np


def _residual(y, y_hat):
    """Return y - y_hat in float64, after the input rules that all losses share."""
    y, y_hat = np.asarray(y), np.asarray(y_hat)
    if np.iscomplexobj(y) or np.iscomplexobj(y_hat):
        raise TypeError("the losses are for real numbers, not for complex ones")
    if y.shape != y_hat.shape:
        raise ValueError(f"y has shape {y.shape} and y_hat has shape {y_hat.shape}")
    if y.size == 0:
        raise ValueError("there is no element to average")
    # inf - inf is NaN by definition here, so numpy need not warn of it.
    with np.errstate(invalid="ignore"):
        return y.astype(np.float64) - y_hat.astype(np.float64)


def _mean(losses):
    return float(np.mean(losses))


def _check_delta(delta):
    if not delta > 0:
        raise ValueError(f"delta must be positive, not {delta}")


def _check_tau(tau):
    if not 0 < tau < 1:
        raise ValueError(f"tau must lie between 0 and 1, not {tau}")


def mse(y, y_hat) -> float:
    """Return the mean of r**2.

    >>> mse([1, 2], [2, 4])
    2.5
    """
    return _mean(_residual(y, y_hat) ** 2)


def huber(y, y_hat, delta=1.0) -> float:
    """Return the mean of r**2 / 2 where |r| <= delta, and of delta * (|r| - delta / 2) elsewhere.

    Raises:
        ValueError: delta <= 0.

    >>> huber([1, 2], [2, 4])
    1.0
    """
    _check_delta(delta)
    r = _residual(y, y_hat)
    size = np.abs(r)
    return _mean(np.where(size <= delta, size**2 / 2, delta * (size - delta / 2)))


def log_cosh(y, y_hat) -> float:
    """Return the mean of log(cosh(r)), the natural logarithm; finite for |r| up to 1e6.

    An absolute precision of 1e-12 is enough where the loss is near 0.

    >>> log_cosh([0], [1000])
    999.3068528194401
    """
    size = np.abs(_residual(y, y_hat))
    # cosh r = exp(|r|) (1 + exp(-2|r|)) / 2, and nothing in the logarithm of that product overflows.
    return _mean(size + np.log1p(np.exp(-2 * size)) - np.log(2))


def quantile(y, y_hat, tau) -> float:
    """Return the mean of max(tau * r, (tau - 1) * r), the pinball loss.

    Raises:
        ValueError: tau lies outside (0, 1); 0 and 1 themselves are outside.

    >>> quantile([2, 0], [0, 2], tau=0.75)
    1.0
    """
    _check_tau(tau)
    r = _residual(y, y_hat)
    return _mean(np.maximum(tau * r, (tau - 1) * r))


def loss_grad(kind, y, y_hat, **kw):
    """Return the derivative of the mean loss with respect to y_hat.

    Args:
        kind: 'mse', 'mae', 'huber', 'log_cosh' or 'quantile'.
        y, y_hat: as for the losses; NaN and infinities are not asked for here.
        **kw: delta for 'huber' (1.0 where it is not given), tau for 'quantile'.

    Returns:
        A float64 array of the shape of y; for scalars an array of rank 0 or a number. At a kink any subgradient is
        right. An absolute precision of 1e-12 is enough near 0.

    Raises:
        ValueError: another kind, delta <= 0, tau outside (0, 1), different shapes, or empty input.
        TypeError: complex input.

    >>> loss_grad("mse", [1, 2], [2, 4])
    array([1., 2.])
    """
    r = _residual(y, y_hat)
    if kind == "mse":
        slope = 2 * r
    elif kind == "mae":
        slope = np.sign(r)
    elif kind == "huber":
        delta = kw.get("delta", 1.0)
        _check_delta(delta)
        slope = np.clip(r, -delta, delta)
    elif kind == "log_cosh":
        slope = np.tanh(r)
    elif kind == "quantile":
        tau = kw["tau"]
        _check_tau(tau)
        slope = np.where(r > 0, tau, tau - 1)
    else:
        raise ValueError(f"kind must be mse, mae, huber, log_cosh or quantile, not {kind!r}")
    # The slopes are with respect to r, and r falls as y_hat rises.
    return np.asarray(-slope / r.size)
