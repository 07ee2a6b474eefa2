import numpy as np

def numerical_grad(f, x, h=1e-5):
    if h <= 0:
        raise ValueError("h must be positive")
    x = np.array(x, dtype=np.float64)
    grad = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up = x.copy(); up[i] += h
        down = x.copy(); down[i] -= h
        grad[i] = (f(x.copy()) - f(down)) / h
    return grad
