import numpy as np

def gaussian_nll(mu, log_var, y):
    if not (mu.shape == log_var.shape == y.shape):
        raise ValueError("shapes differ")
    if mu.size == 0:
        raise ValueError("no element")
    return np.log(2 * np.pi) + 0.5 * np.mean( log_var + (y - mu) ** 2 * np.exp(-log_var))
