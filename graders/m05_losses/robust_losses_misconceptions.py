"""Wrong ways to write robust_losses that learners really find: each is right but for what its sentence says."""

import math

import numpy as np

KINDS = ("mse", "mae", "huber", "log_cosh", "quantile")


def _checked(y, y_hat):
    y, y_hat = np.asarray(y), np.asarray(y_hat)
    if np.iscomplexobj(y) or np.iscomplexobj(y_hat):
        raise TypeError("complex input")
    if y.shape != y_hat.shape:
        raise ValueError(f"y has shape {y.shape} and y_hat has shape {y_hat.shape}")
    if y.size == 0:
        raise ValueError("there is no element")
    return y, y_hat


def _own_residual(y, y_hat):
    y, y_hat = _checked(y, y_hat)
    with np.errstate(invalid="ignore"):
        return y.astype(np.float64) - y_hat.astype(np.float64)


def _delta(delta):
    if delta <= 0:
        raise ValueError("delta must be positive")
    return delta


def _tau(tau):
    if not 0 < tau < 1:
        raise ValueError("tau must lie between 0 and 1")
    return tau


def _slope(kind, r, delta=1.0, tau=None):
    """The derivative of one loss with respect to r."""
    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r}")
    if kind == "huber":
        return np.clip(r, -_delta(delta), delta)
    if kind == "quantile":
        return np.where(r > 0, _tau(tau), np.where(r < 0, tau - 1, 0.0))
    return {"mse": lambda: 2 * r, "mae": lambda: np.sign(r), "log_cosh": lambda: np.tanh(r)}[kind]()


def _gradient(kind, y, y_hat, **kw):
    r = _own_residual(y, y_hat)
    return np.asarray(-_slope(kind, r, **kw) / r.size)


def _quietly(function, *values):
    with np.errstate(all="ignore"):
        return function(*values)


def _losses(residual, mean=lambda values: float(_quietly(np.mean, values))):
    """The four losses, written with another way to make residuals or to average."""

    def mse(y, y_hat):
        return mean(_quietly(np.square, residual(y, y_hat)))

    def huber(y, y_hat, delta=1.0):
        delta, size = _delta(delta), np.abs(residual(y, y_hat))
        return mean(np.where(size <= delta, size**2 / 2, delta * (size - delta / 2)))

    def log_cosh(y, y_hat):
        size = np.abs(residual(y, y_hat))
        return mean(size + np.log1p(np.exp(-2 * size)) - math.log(2))

    def quantile(y, y_hat, tau):
        tau, r = _tau(tau), residual(y, y_hat)
        return mean(np.maximum(tau * r, (tau - 1) * r))

    return tuple(staticmethod(loss) for loss in (mse, huber, log_cosh, quantile))


def _gradients(residual):
    """loss_grad, written with another way to make residuals."""

    def loss_grad(kind, y, y_hat, **kw):
        r = residual(y, y_hat)
        return np.asarray(-_slope(kind, r, **kw) / np.size(r), dtype=np.float64)

    return staticmethod(loss_grad)


class half_mse:
    """You halved the squares; mse is the mean of r ** 2. The half belongs to huber."""

    @staticmethod
    def mse(y, y_hat):
        return float(np.mean(_own_residual(y, y_hat) ** 2) / 2)


class rmse:
    """You took the root; mse is the mean of the squares itself."""

    @staticmethod
    def mse(y, y_hat):
        return float(np.sqrt(np.mean(_own_residual(y, y_hat) ** 2)))


class summed:
    """That is a sum: divide it by the number of elements."""

    mse, huber, log_cosh, quantile = _losses(_own_residual, lambda values: float(np.sum(values)))


class len_div:
    """`len` counts rows; divide by all elements."""

    mse, huber, log_cosh, quantile = _losses(
        _own_residual, lambda values: float(np.sum(values) / len(np.atleast_1d(values)))
    )


class linear_tail:
    """The pieces must meet at |r| = delta: the line is delta * (|r| - delta / 2)."""

    @staticmethod
    def huber(y, y_hat, delta=1.0):
        size = np.abs(_own_residual(y, y_hat))
        return float(np.mean(np.where(size <= _delta(delta), size**2 / 2, delta * size)))


class plain_tail:
    """Beyond delta the slope is delta: the line is delta * (|r| - delta / 2), not |r| - delta / 2."""

    @staticmethod
    def huber(y, y_hat, delta=1.0):
        size = np.abs(_own_residual(y, y_hat))
        return float(np.mean(np.where(size <= _delta(delta), size**2 / 2, size - delta / 2)))


class smooth_l1:
    """Smooth L1 is Huber divided by delta; they agree only at delta = 1."""

    @staticmethod
    def huber(y, y_hat, delta=1.0):
        size = np.abs(_own_residual(y, y_hat))
        return float(np.mean(np.where(size <= _delta(delta), size**2 / (2 * delta), size - delta / 2)))


class no_half:
    """Within delta it is r ** 2 / 2: without the half the pieces do not meet at delta."""

    @staticmethod
    def huber(y, y_hat, delta=1.0):
        size = np.abs(_own_residual(y, y_hat))
        return float(np.mean(np.where(size <= _delta(delta), size**2, delta * (size - delta / 2))))


class pieces_swapped:
    """The pieces are swapped: quadratic up to delta, linear beyond it."""

    @staticmethod
    def huber(y, y_hat, delta=1.0):
        size = np.abs(_own_residual(y, y_hat))
        return float(np.mean(np.where(size > _delta(delta), size**2 / 2, delta * (size - delta / 2))))


class signed_residual:
    """You compared r with delta, not |r|: large negative residuals stay quadratic."""

    @staticmethod
    def huber(y, y_hat, delta=1.0):
        r = _own_residual(y, y_hat)
        return float(np.mean(np.where(r <= _delta(delta), r**2 / 2, delta * (r - delta / 2))))


class own_delta:
    """Your default delta is another one; it is 1.0 where it is not given."""

    @staticmethod
    def huber(y, y_hat, delta=1.35):
        size = np.abs(_own_residual(y, y_hat))
        return float(np.mean(np.where(size <= _delta(delta), size**2 / 2, delta * (size - delta / 2))))

    @staticmethod
    def loss_grad(kind, y, y_hat, **kw):
        return _gradient(kind, y, y_hat, **({"delta": 1.35, **kw} if kind == "huber" else kw))


class delta_ignored:
    """You wrote 1 where delta belongs: use the delta that is given."""

    @staticmethod
    def huber(y, y_hat, delta=1.0):
        _delta(delta)
        size = np.abs(_own_residual(y, y_hat))
        return float(np.mean(np.where(size <= 1, size**2 / 2, size - 0.5)))


class masks:
    """0 * inf is NaN: choose the piece with np.where, do not multiply both by 0 or 1."""

    @staticmethod
    def huber(y, y_hat, delta=1.0):
        size = np.abs(_own_residual(y, y_hat))
        near = size <= _delta(delta)
        with np.errstate(invalid="ignore"):
            return float(np.mean(near * size**2 / 2 + (1 - near) * delta * (size - delta / 2)))


class naive_logcosh:
    """cosh overflows before log; factor out |r|."""

    @staticmethod
    def log_cosh(y, y_hat):
        return float(_quietly(lambda r: np.mean(np.log(np.cosh(r))), _own_residual(y, y_hat)))


class clipped_logcosh:
    """You clipped r so that cosh does not overflow: beyond the clip the loss no longer grows."""

    @staticmethod
    def log_cosh(y, y_hat):
        return float(np.mean(np.log(np.cosh(np.clip(_own_residual(y, y_hat), -700, 700)))))


class far_log_two:
    """Far from 0, log(cosh(r)) is |r| - log 2: the log 2 does not vanish."""

    @staticmethod
    def log_cosh(y, y_hat):
        size = np.abs(_own_residual(y, y_hat))
        near = np.minimum(size, 500)
        return float(np.mean(np.where(size > 500, size, near + np.log1p(np.exp(-2 * near)) - math.log(2))))


class no_log_two:
    """cosh halves the sum of the exponentials: subtract log 2, so that the loss of r = 0 is 0."""

    @staticmethod
    def log_cosh(y, y_hat):
        size = np.abs(_own_residual(y, y_hat))
        return float(np.mean(size + np.log1p(np.exp(-2 * size))))


class log_ten:
    """You took the logarithm to base 10; log is the natural one."""

    @staticmethod
    def log_cosh(y, y_hat):
        size = np.abs(_own_residual(y, y_hat))
        return float(np.mean(size + np.log1p(np.exp(-2 * size)) - math.log(2)) / math.log(10))


class log_of_mean:
    """The mean comes last: average log(cosh(r)), do not take the logarithm of the average."""

    @staticmethod
    def log_cosh(y, y_hat):
        size = np.abs(_own_residual(y, y_hat))
        values = size + np.log1p(np.exp(-2 * size)) - math.log(2)
        # log of the mean of exp(values), shifted so that it does not overflow.
        top = np.max(values)
        return float(_quietly(lambda: top + np.log(np.mean(np.exp(values - top))))) if np.isfinite(top) else float(top)


class tau_flip:
    """Under-prediction must cost tau."""

    @staticmethod
    def quantile(y, y_hat, tau):
        r = _own_residual(y, y_hat)
        return float(np.mean(np.maximum((1 - _tau(tau)) * r, -tau * r)))

    @staticmethod
    def loss_grad(kind, y, y_hat, **kw):
        return _gradient(kind, y, y_hat, **({**kw, "tau": 1 - _tau(kw["tau"])} if kind == "quantile" else kw))


class one_sided:
    """Both sides weigh tau; too large a prediction costs 1 - tau."""

    @staticmethod
    def quantile(y, y_hat, tau):
        return float(np.mean(_tau(tau) * np.abs(_own_residual(y, y_hat))))

    @staticmethod
    def loss_grad(kind, y, y_hat, **kw):
        if kind != "quantile":
            return _gradient(kind, y, y_hat, **kw)
        return _tau(kw["tau"]) * _gradient("mae", y, y_hat)


class grad_sign:
    """Differentiate with respect to y_hat, not r."""

    @staticmethod
    def loss_grad(kind, y, y_hat, **kw):
        return -_gradient(kind, y, y_hat, **kw)


class no_mean:
    """Divide by n: the loss is a mean, and so each slope is 1/n of that of one element."""

    @staticmethod
    def loss_grad(kind, y, y_hat, **kw):
        return _gradient(kind, y, y_hat, **kw) * np.size(y)


class grad_reduced:
    """The gradient has one entry per prediction; you added them up."""

    @staticmethod
    def loss_grad(kind, y, y_hat, **kw):
        return np.asarray(np.sum(_gradient(kind, y, y_hat, **kw)))


class grad_flat:
    """The gradient has the shape of y; you returned it flat."""

    @staticmethod
    def loss_grad(kind, y, y_hat, **kw):
        return _gradient(kind, y, y_hat, **kw).ravel()


class half_mse_grad:
    """The derivative of r ** 2 is 2 * r: a factor of 2 is missing."""

    @staticmethod
    def loss_grad(kind, y, y_hat, **kw):
        return _gradient(kind, y, y_hat, **kw) / (2 if kind == "mse" else 1)


class naive_tanh:
    """sinh and cosh overflow, and inf / inf is NaN: their ratio is np.tanh."""

    @staticmethod
    def loss_grad(kind, y, y_hat, **kw):
        if kind != "log_cosh":
            return _gradient(kind, y, y_hat, **kw)
        r = _own_residual(y, y_hat)
        return np.asarray(_quietly(lambda: -np.sinh(r) / np.cosh(r) / r.size))


class grad_without_tail:
    """Beyond delta the slope stays at delta; you let it grow with r."""

    @staticmethod
    def loss_grad(kind, y, y_hat, **kw):
        if kind != "huber":
            return _gradient(kind, y, y_hat, **kw)
        _delta(kw.get("delta", 1.0))
        return _gradient("mse", y, y_hat) / 2


class grad_delta_ignored:
    """The gradient of huber is cut at delta, not always at 1: use the delta that is given."""

    @staticmethod
    def loss_grad(kind, y, y_hat, **kw):
        if kind == "huber":
            _delta(kw.get("delta", 1.0))
            kw = {}
        return _gradient(kind, y, y_hat, **kw)


class grad_unit_tail:
    """Beyond delta the slope is delta times the sign of r, not the sign alone."""

    @staticmethod
    def loss_grad(kind, y, y_hat, **kw):
        if kind != "huber":
            return _gradient(kind, y, y_hat, **kw)
        r = _own_residual(y, y_hat)
        return np.asarray(-np.where(np.abs(r) <= _delta(kw.get("delta", 1.0)), r, np.sign(r)) / r.size)


class no_mae_kind:
    """'mae' is one of the five kinds."""

    @staticmethod
    def loss_grad(kind, y, y_hat, **kw):
        if kind == "mae":
            raise ValueError("unknown kind 'mae'")
        return _gradient(kind, y, y_hat, **kw)


class kind_key_error:
    """The look-up in a dictionary raised KeyError; another kind is a ValueError."""

    @staticmethod
    def loss_grad(kind, y, y_hat, **kw):
        if kind not in KINDS:
            raise KeyError(kind)
        return _gradient(kind, y, y_hat, **kw)


class kind_none:
    """For another kind nothing is returned: raise ValueError."""

    @staticmethod
    def loss_grad(kind, y, y_hat, **kw):
        return _gradient(kind, y, y_hat, **kw) if kind in KINDS else None


class no_delta_check:
    """A delta of 0 or less has no meaning: raise ValueError."""

    @staticmethod
    def huber(y, y_hat, delta=1.0):
        size = np.abs(_own_residual(y, y_hat))
        return float(np.mean(np.where(size <= delta, size**2 / 2, delta * (size - delta / 2))))

    @staticmethod
    def loss_grad(kind, y, y_hat, **kw):
        delta = kw.get("delta", 1.0)
        if kind != "huber" or delta > 0:
            return _gradient(kind, y, y_hat, **kw)
        r = _own_residual(y, y_hat)
        return np.asarray(-np.clip(r, -delta, delta) / r.size)


class zero_delta:
    """A delta of 0 is refused too: with it every loss is 0."""

    @staticmethod
    def huber(y, y_hat, delta=1.0):
        size = np.abs(_own_residual(y, y_hat))
        delta = _delta(delta) if delta else 0.0
        return float(np.mean(np.where(size <= delta, size**2 / 2, delta * (size - delta / 2))))

    @staticmethod
    def loss_grad(kind, y, y_hat, **kw):
        if kind != "huber" or kw.get("delta", 1.0):
            return _gradient(kind, y, y_hat, **kw)
        return np.zeros(_own_residual(y, y_hat).shape)


class no_tau_check:
    """A tau outside (0, 1) has no meaning: raise ValueError."""

    @staticmethod
    def quantile(y, y_hat, tau):
        r = _own_residual(y, y_hat)
        return float(np.mean(np.maximum(tau * r, (tau - 1) * r)))

    @staticmethod
    def loss_grad(kind, y, y_hat, **kw):
        if kind != "quantile":
            return _gradient(kind, y, y_hat, **kw)
        r, tau = _own_residual(y, y_hat), kw["tau"]
        return np.asarray(-np.where(r > 0, tau, np.where(r < 0, tau - 1, 0.0)) / r.size)


class closed_interval:
    """(0, 1) leaves out 0 and 1: with them one side would cost nothing."""

    @staticmethod
    def quantile(y, y_hat, tau):
        tau = tau if tau in (0, 1) else _tau(tau)
        return no_tau_check.quantile(y, y_hat, tau)

    @staticmethod
    def loss_grad(kind, y, y_hat, **kw):
        if kind == "quantile" and kw["tau"] not in (0, 1):
            _tau(kw["tau"])
        return no_tau_check.loss_grad(kind, y, y_hat, **kw)


class grad_unchecked:
    """loss_grad refuses a bad delta or tau as the losses do; yours takes it."""

    @staticmethod
    def loss_grad(kind, y, y_hat, **kw):
        takes = no_delta_check if kind == "huber" else no_tau_check
        return takes.loss_grad(kind, y, y_hat, **kw)


def _broadcast(y, y_hat):
    y, y_hat = np.asarray(y), np.asarray(y_hat)
    for values in (y, y_hat):
        _checked(values, values)
    with np.errstate(invalid="ignore"):
        return y.astype(np.float64) - y_hat.astype(np.float64)


class broadcast:
    """Shapes (3,) and (3, 1) made a 3x3 table of differences: compare the shapes first."""

    mse, huber, log_cosh, quantile = _losses(_broadcast)
    loss_grad = _gradients(_broadcast)


class grad_broadcast:
    """Only loss_grad lets different shapes through: compare them there too."""

    loss_grad = _gradients(_broadcast)


def _silent(y, y_hat):
    if np.shape(y) != np.shape(y_hat):
        raise ValueError("the shapes differ")
    return _own_residual(y, y_hat)


class silent_message:
    """Name both shapes in the message: whoever reads it needs them."""

    mse, huber, log_cosh, quantile = _losses(_silent)
    loss_grad = _gradients(_silent)


def _raw(y, y_hat):
    return _quietly(np.subtract, *_checked(y, y_hat))


class wrap:
    """Integer subtraction wrapped; convert to float64 first."""

    mse, huber, log_cosh, quantile = _losses(_raw)
    loss_grad = _gradients(_raw)


def _own_precision(y, y_hat):
    floats = (v if v.dtype.kind == "f" else v.astype(np.float64) for v in _checked(y, y_hat))
    return _quietly(np.subtract, *floats)


class half:
    """float16 and float32 lose digits and overflow; subtract in float64."""

    mse, huber, log_cosh, quantile = _losses(_own_precision)
    loss_grad = _gradients(_own_precision)


def _written_into(y, y_hat):
    _checked(y, y_hat)
    r = np.asarray(y, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        r -= np.asarray(y_hat, dtype=np.float64)
    return r


class inplace:
    """You changed the caller's array; subtract into a new one."""

    mse, huber, log_cosh, quantile = _losses(_written_into)
    loss_grad = _gradients(_written_into)


def _mean_of_numbers(values):
    numbers = values[~np.isnan(values)]
    return float(np.mean(numbers)) if numbers.size else math.nan


class nanskip:
    """Missing data must stay visible; do not drop NaN."""

    mse, huber, log_cosh, quantile = _losses(_own_residual, _mean_of_numbers)


def _perhaps_empty(y, y_hat):
    if np.shape(y) == np.shape(y_hat) and np.size(y) == 0:
        return np.zeros(np.shape(y))
    return _own_residual(y, y_hat)


class empty_nan:
    """The mean of nothing is no number: raise ValueError for empty input."""

    mse, huber, log_cosh, quantile = _losses(
        _perhaps_empty, lambda values: float(np.mean(values)) if np.size(values) else math.nan
    )
    loss_grad = _gradients(_perhaps_empty)


class real_part:
    """The conversion to float dropped the imaginary parts: test for complex input before, raise TypeError."""

    mse, huber, log_cosh, quantile = _losses(lambda y, y_hat: _own_residual(np.real(y), np.real(y_hat)))
    loss_grad = _gradients(lambda y, y_hat: _own_residual(np.real(y), np.real(y_hat)))


class returns_array:
    """An array of rank 0 is not a float: return float(...)."""

    mse, huber, log_cosh, quantile = _losses(_own_residual, lambda values: np.asarray(np.mean(values)))


class rounds:
    """You rounded the result; return all its digits."""

    mse, huber, log_cosh, quantile = _losses(_own_residual, lambda values: round(float(np.mean(values)), 4))

    @staticmethod
    def loss_grad(kind, y, y_hat, **kw):
        return np.round(_gradient(kind, y, y_hat, **kw), 4)


class grad_float32:
    """The gradient is float64, whatever the precision of the input."""

    @staticmethod
    def loss_grad(kind, y, y_hat, **kw):
        dtype = np.asarray(y_hat).dtype
        return _gradient(kind, y, y_hat, **kw).astype(dtype if dtype.kind == "f" else np.float64)


class grad_truncated:
    """np.zeros_like(y) has the dtype of y: in an integer array the fractions of the gradient are cut off."""

    @staticmethod
    def loss_grad(kind, y, y_hat, **kw):
        return _quietly(_gradient(kind, y, y_hat, **kw).astype, np.asarray(y).dtype)
