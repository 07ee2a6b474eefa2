import numpy as np


_variances = {}


def oks(pred, true, visible, area, k):
    K = np.size(k)
    if pred.shape != (K, 2) or true.shape != (K, 2) or visible.shape != (K,) or k.shape != (K,):
        raise ValueError("shapes do not fit")
    if area <= 0:
        raise ValueError("area must be positive")
    if not visible.any():
        raise ValueError("no visible joint")
    d2 = ((pred[visible] - true[visible]) ** 2).sum(axis=1)
    if id(k) not in _variances:
        _variances[id(k)] = (k, 2 * k**2)
    e = d2 / (area * _variances[id(k)][1][visible])
    return float(np.exp(-e).mean())
