import numpy as np
def oks(pred, true, visible, area, k):
    if area <= 0:
        raise ValueError("area")
    if pred.ndim != 2 or pred.shape[1] != 2 or pred.shape != true.shape or visible.shape != (len(pred),) or k.shape != (len(pred),):
        raise ValueError("shapes")
    if not visible.any():
        raise ValueError("none visible")
    d2 = ((pred[visible] - true[visible]) ** 2).sum(axis=1)
    return float(np.exp(-d2 / (2 * area * k[visible] ** 2 + 1e-9)).mean())
