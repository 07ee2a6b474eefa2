"""The negative log-likelihood of a Gaussian whose variance is predicted, too."""

import numpy as np


def gaussian_nll(mu, log_var, y):
    """Return the mean of -log N(y; mu, exp(log_var)) = ½ (log 2π + log_var + (y - mu)² / exp(log_var))."""
    if not mu.shape == log_var.shape == y.shape:
        raise ValueError(f"mu, log_var and y have the shapes {mu.shape}, {log_var.shape} and {y.shape}")
    if mu.size == 0:
        raise ValueError("there is no element to average")
    constant = np.log(2 * np.pi)
    variance = np.exp(log_var)
    squared = (y - mu) ** 2
    losses = 0.5 * (constant + log_var + squared / variance)
    return np.mean(losses)
