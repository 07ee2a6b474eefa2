import numpy as np


def gaussian_nll(mu, log_var, y):
    mu, log_var, y = np.atleast_1d(mu), np.atleast_1d(log_var), np.atleast_1d(y)
    if not mu.shape == log_var.shape == y.shape or mu.size == 0:
        raise ValueError("shapes differ, or there is no element")
    return float(0.5 * np.mean(np.log(2 * np.pi) + log_var + (y - mu) ** 2 * np.exp(-log_var)))
