"""Right ways to write gaussian_nll in other styles."""

import math
from statistics import fmean

import numpy as np
import pandas as pd
import torch


def _check(*arrays):
    if len({one.shape for one in arrays}) > 1 or arrays[0].size == 0:
        raise ValueError(f"shapes {[one.shape for one in arrays]}")


def gaussian_nll_by_deviation(mu, log_var, y):
    """By the standard deviation, half the logarithm, as statisticians write it."""
    _check(mu, log_var, y)
    sigma = np.exp(log_var / 2)
    return float((np.log(sigma * math.sqrt(2 * math.pi)) + ((y - mu) / sigma) ** 2 / 2).mean())


def gaussian_nll_by_precision(mu, log_var, y):
    """By the precision exp(-log_var): nothing is divided by."""
    _check(mu, log_var, y)
    return (log_var / 2 + (y - mu) * (y - mu) * np.exp(-log_var) / 2).sum() / y.size + 0.5 * np.log(2 * np.pi)


def gaussian_nll_by_loop(mu, log_var, y):
    _check(mu, log_var, y)
    terms = zip(mu.ravel().tolist(), log_var.ravel().tolist(), y.ravel().tolist(), strict=True)
    return fmean(0.5 * (math.log(2 * math.pi) + v + (b - a) ** 2 / math.exp(v)) for a, v, b in terms)


def gaussian_nll_by_torch(mu, log_var, y):
    _check(mu, log_var, y)
    m, v, t = (torch.tensor(one.copy()) for one in (mu, log_var, y))
    return (0.5 * (math.log(math.tau) + v + (t - m).square() * torch.exp(-v))).mean().item()


def gaussian_nll_by_pandas(mu, log_var, y):
    _check(mu, log_var, y)
    table = pd.DataFrame({"mu": mu.ravel(), "v": log_var.ravel(), "y": y.ravel()})
    return table.eval("0.5 * (v + (y - mu) ** 2 / exp(v))").mean() + 0.5 * math.log(math.tau)


def gaussian_nll_by_scaled_error(mu, log_var, y):
    _check(mu, log_var, y)
    z = (y - mu) * np.exp(-0.5 * log_var)
    parts = np.stack([np.full(z.shape, np.log(math.tau)), log_var, np.square(z)])
    return np.float64(parts.sum(axis=0).mean() / 2)
