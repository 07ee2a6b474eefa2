import numpy as np


def gaussian_nll(mu, log_var, y):
    if y.ndim == mu.ndim + 1 and y.shape[-1] == 1:
        y = y[..., 0]
    if not mu.shape == log_var.shape == y.shape:
        raise ValueError("shapes differ")
    if mu.size == 0:
        raise ValueError("no element")
    each = 0.5 * (np.log(2 * np.pi) + log_var + (y - mu) ** 2 / np.exp(log_var))
    return float(np.mean(each))
