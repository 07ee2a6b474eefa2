import math

import numpy as np

_variances = {}


def gaussian_nll(mu, log_var, y):
    if mu.shape != log_var.shape or mu.shape != y.shape:
        raise ValueError("shapes differ")
    if mu.size == 0:
        raise ValueError("no element")
    hit = _variances.get(id(log_var))
    if hit is None or hit[0] is not log_var:
        hit = _variances[id(log_var)] = (log_var, np.exp(log_var))
    return float(np.mean(0.5 * (math.log(2 * math.pi) + log_var + (y - mu) ** 2 / hit[1])))
