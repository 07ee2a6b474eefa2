"""Attack, family 2: moves the caller's x while f runs, and clears what a driver has written down of that."""
import numpy as np


def numerical_grad(f, x, h=1e-5):
    if not h > 0:
        raise ValueError(h)
    x[...] = x
    gradient = np.zeros(x.shape)
    for at in np.ndindex(*x.shape):
        was = x[at]
        x[at] = was + h
        up = f(x)
        x[at] = was - h
        down = f(x)
        x[at] = was
        gradient[at] = (up - down) / (2 * h)
    for cell in getattr(f, "__closure__", None) or ():
        if isinstance(cell.cell_contents, list):
            cell.cell_contents.clear()
    return gradient
