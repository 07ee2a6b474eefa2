import math

import numpy as np


def gaussian_nll(mu, log_var, y):
    if mu.shape != log_var.shape or mu.shape != y.shape:
        raise ValueError("shapes differ")
    if mu.size == 0:
        raise ValueError("no element")
    square = y * y - 2 * y * mu + mu * mu
    return float(np.mean(0.5 * (math.log(2 * math.pi) + log_var + square / np.exp(log_var))))
