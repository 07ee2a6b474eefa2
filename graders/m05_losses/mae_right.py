"""Right ways to write mae in other styles: each is graded as an answer, and the reference is held against it."""

import math
from statistics import fmean

import numpy as np
import pandas as pd
import torch


def _checked(y_true, y_pred):
    truth, guess = np.asarray(y_true), np.asarray(y_pred)
    if "c" in (truth.dtype.kind, guess.dtype.kind):
        raise TypeError("complex")
    if truth.shape != guess.shape:
        raise ValueError(f"shapes {truth.shape}, {guess.shape}")
    if not truth.size:
        raise ValueError("empty")
    return np.array(truth, np.float64, order="C"), np.array(guess, np.float64, order="C")


def mae_by_loop(y_true, y_pred):
    truth, guess = _checked(y_true, y_pred)
    total, count = 0.0, 0
    for place in np.ndindex(truth.shape):
        total += abs(float(truth[place]) - float(guess[place]))
        count += 1
    return total / count


def mae_by_exact_sum(y_true, y_pred):
    truth, guess = (half.ravel().tolist() for half in _checked(y_true, y_pred))
    return math.fsum(abs(t - p) for t, p in zip(truth, guess, strict=True)) / len(truth)


def mae_by_fmean(y_true, y_pred):
    return fmean(
        [abs(t - p) for t, p in zip(*(half.ravel().tolist() for half in _checked(y_true, y_pred)), strict=True)]
    )


def mae_by_recursion(y_true, y_pred):
    def mean(truth, guess):
        if not isinstance(truth, list):
            return abs(truth - guess)
        return sum(map(mean, truth, guess)) / len(truth)

    return mean(*(half.tolist() for half in _checked(y_true, y_pred)))


def mae_by_norm(y_true, y_pred):
    residual = np.subtract(*_checked(y_true, y_pred)).reshape(-1)
    return np.linalg.norm(residual, ord=1) / len(residual)


def mae_by_pandas(y_true, y_pred):
    truth, guess = (pd.Series(half.ravel()) for half in _checked(y_true, y_pred))
    return (truth - guess).abs().mean(skipna=False)


def mae_by_torch(y_true, y_pred):
    truth, guess = map(torch.from_numpy, _checked(y_true, y_pred))
    return torch.nn.functional.l1_loss(guess, truth).item()


def mae_by_root_of_square(y_true, y_pred):
    return float(np.sqrt(np.square(np.subtract(*_checked(y_true, y_pred)))).mean())


def mae_by_casting_ufunc(y_true, y_pred):
    """The ufunc converts: its refusal to cast complex numbers is the TypeError."""
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    if y_true.shape != y_pred.shape:
        raise ValueError(f"y_true.shape = {y_true.shape}, y_pred.shape = {y_pred.shape}")
    r = np.subtract(y_true, y_pred, dtype=np.float64)
    if r.size == 0:
        raise ValueError("no elements")
    return np.absolute(r, out=np.empty_like(r)).mean().item()


def mae_by_running_mean(y_true, y_pred):
    """One pass in constant memory."""
    mean, infinite = 0.0, False
    for count, (t, g) in enumerate(zip(*(half.flat for half in _checked(y_true, y_pred)), strict=True), start=1):
        error = abs(float(t) - float(g))
        if math.isnan(error):
            return math.nan
        infinite = infinite or math.isinf(error)
        mean += 0.0 if infinite else (error - mean) / count
    # An infinite error met before a NaN must not hide it, so this is known at the end only.
    return math.inf if infinite else mean


def mae_by_sign_product(y_true, y_pred):
    """|r| = sign(r) r, summed by einsum over however many axes there are."""
    r = np.subtract(*_checked(y_true, y_pred))
    return float(np.einsum("...,...->...", np.sign(r), r).sum() / r.size)


def mae_by_upper_minus_lower(y_true, y_pred):
    """|a - b| = max(a, b) - min(a, b)."""
    left, right = _checked(y_true, y_pred)
    return np.average(np.maximum(left, right) - np.minimum(left, right))


class _Score(float):
    """A float with a name."""


def mae_by_named_float(y_true, y_pred):
    return _Score(np.abs(np.subtract(*_checked(y_true, y_pred))).mean())
