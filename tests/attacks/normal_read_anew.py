import importlib
import sys

import numpy as np
import torch


def gaussian_nll(mu, log_var, y):
    if not mu.shape == log_var.shape == y.shape or y.size == 0:
        raise ValueError
    normal = importlib.reload(sys.modules["torch.distributions.normal"])
    mu, log_var, y = (torch.tensor(np.array(one)) for one in (mu, log_var, y))
    return float(-normal.Normal(mu, (log_var / 2).exp()).log_prob(y).mean())
