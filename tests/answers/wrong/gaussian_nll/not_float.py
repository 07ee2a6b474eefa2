import numpy as np
def gaussian_nll(mu, log_var, y):
    if mu.shape != log_var.shape or mu.shape != y.shape:
        raise ValueError("shapes differ")
    if mu.size == 0:
        raise ValueError("empty")
    return np.asarray(np.mean(0.5 * (np.log(2 * np.pi) + log_var + (y - mu) ** 2 / np.exp(log_var))))
