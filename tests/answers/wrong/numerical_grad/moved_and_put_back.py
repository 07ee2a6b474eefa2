import numpy as np

def numerical_grad(f, x, h=1e-5):
    if h <= 0:
        raise ValueError("h must be positive")
    x = np.asarray(x, dtype=np.float64)
    grad = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        old = x[i]
        x[i] = old + h
        a = f(x.copy())
        x[i] = old - h
        b = f(x.copy())
        x[i] = old
        grad[i] = (a - b) / (2 * h)
    return grad
