"""Other definitions of the mean absolute error, none of which shares a line with the reference."""

import math

import numpy as np
import pandas as pd
import torch
from sklearn import metrics


def mae_by_loop(y_true, y_pred):
    """Index by index, in plain Python numbers."""
    truth, guess = np.asarray(y_true), np.asarray(y_pred)
    if truth.dtype.kind == "c" or guess.dtype.kind == "c":
        raise TypeError("complex")
    if truth.shape != guess.shape:
        raise ValueError(f"{truth.shape} {guess.shape}")
    total, count = 0.0, 0
    for place in np.ndindex(truth.shape):
        total += abs(float(truth[place]) - float(guess[place]))
        count += 1
    if count == 0:
        raise ValueError("empty")
    return total / count


def mae_by_fsum(y_true, y_pred):
    """Exactly rounded summation of finite errors."""
    pair = _finite_pair(y_true, y_pred)
    if pair is None:
        return NotImplemented
    truth, guess = pair
    errors = [abs(t - p) for t, p in zip(truth.ravel().tolist(), guess.ravel().tolist(), strict=True)]
    return math.fsum(errors) / len(errors)


def mae_by_sklearn(y_true, y_pred):
    pair = _finite_pair(y_true, y_pred)
    if pair is None:
        return NotImplemented
    return float(metrics.mean_absolute_error(pair[0].ravel(), pair[1].ravel()))


def mae_by_torch(y_true, y_pred):
    pair = _real_pair(y_true, y_pred)
    if pair is None:
        return NotImplemented
    truth, guess = (torch.from_numpy(half.copy()) for half in pair)
    return torch.nn.functional.l1_loss(guess, truth).item()


def mae_by_pandas(y_true, y_pred):
    pair = _real_pair(y_true, y_pred)
    if pair is None:
        return NotImplemented
    truth, guess = (pd.Series(half.ravel()) for half in pair)
    return float((truth - guess).abs().mean(skipna=False))


def _real_pair(y_true, y_pred):
    """Both as float64, or None where the answer is an exception."""
    truth, guess = np.asarray(y_true), np.asarray(y_pred)
    if truth.dtype.kind == "c" or guess.dtype.kind == "c" or truth.shape != guess.shape or truth.size == 0:
        return None
    return truth.astype(np.float64, order="C"), guess.astype(np.float64, order="C")


def _finite_pair(y_true, y_pred):
    pair = _real_pair(y_true, y_pred)
    return pair if pair is not None and all(np.isfinite(half).all() for half in pair) else None
