import numpy as np
def gaussian_nll(mu, log_var, y):
    if not mu.shape == log_var.shape == y.shape:
        raise ValueError("shapes")
    if mu.size == 0:
        raise ValueError("empty")
    return float(np.mean(0.5 * (np.log(2 * np.pi) + log_var + np.minimum((y - mu) ** 2, 100.0) * np.exp(-log_var))))
