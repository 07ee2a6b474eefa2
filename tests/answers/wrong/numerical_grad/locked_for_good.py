import numpy as np


def numerical_grad(f, x, h=1e-5):
    if not h > 0:
        raise ValueError("h must be above 0")
    x = np.asarray(x)
    x.flags.writeable = False  # nobody changes it
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[place] = h
        gradient[place] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient
