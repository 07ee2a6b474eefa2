import numpy as np
import torch


def numerical_grad(f, x, h=1e-5):
    if h <= 0:
        raise ValueError("h must be above 0")
    torch.set_default_dtype(torch.float64)
    x = np.asarray(x, dtype=float)
    grad = torch.zeros(x.size)
    for i in range(x.size):
        step = np.zeros(x.size)
        step[i] = h
        step = step.reshape(x.shape)
        grad[i] = (f(x + step) - f(x - step)) / (2 * h)
    return grad.numpy().reshape(x.shape)
