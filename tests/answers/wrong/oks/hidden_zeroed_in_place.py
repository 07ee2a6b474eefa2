import numpy as np


def oks(pred, true, visible, area, k):
    K = np.size(k)
    if pred.shape != (K, 2) or true.shape != (K, 2) or visible.shape != (K,) or k.shape != (K,):
        raise ValueError("shapes do not fit")
    if area <= 0:
        raise ValueError("area must be positive")
    if not visible.any():
        raise ValueError("no visible joint")
    if np.isnan(pred).any():
        pred[np.isnan(pred)] = 0.0
    d2 = ((pred[visible] - true[visible]) ** 2).sum(axis=1)
    e = d2 / (2 * area * k[visible] ** 2)
    return float(np.exp(-e).mean())
