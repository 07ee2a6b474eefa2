import numpy as np


def oks(pred, true, visible, area, k):
    n = len(visible)
    if pred.shape != (n, 2) or true.shape != (n, 2) or visible.shape != (n,) or k.shape != (n,):
        raise ValueError("shapes")
    if not area > 0:
        raise ValueError("area")
    if not visible.any():
        raise ValueError("no joint")
    d2 = ((pred[: visible.sum()] - true[: visible.sum()]) ** 2).sum(axis=1)
    return float(np.exp(-d2 / (2 * area * k[visible] ** 2)).mean())
