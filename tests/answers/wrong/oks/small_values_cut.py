import numpy as np


def oks(pred, true, visible, area, k):
    if pred.shape != true.shape or pred.ndim != 2 or pred.shape[1] != 2 or visible.shape != (len(pred),) or k.shape != (len(pred),):
        raise ValueError("shapes")
    if not area > 0 or not visible.any():
        raise ValueError("area / visible")
    d2 = ((pred - true)[visible] ** 2).sum(1)
    e = np.exp(-d2 / (2 * area * k[visible] ** 2))
    e[e < 0.05] = 0
    return float(e.mean())
