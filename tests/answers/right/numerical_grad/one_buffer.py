import numpy as np


def numerical_grad(f, x, h=1e-5):
    if h <= 0:
        raise ValueError("h")
    base = np.array(x, dtype=float, order="C")
    buffer, grad = np.empty_like(base), np.empty_like(base)
    for i in range(base.size):
        total = 0.0
        for sign in (1, -1):
            np.copyto(buffer, base)          # f may have written into it
            buffer.flat[i] = base.flat[i] + sign * h
            total += sign * f(buffer)
        grad.flat[i] = total / (2 * h)
    return grad
