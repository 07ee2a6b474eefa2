import numpy as np
def oks(pred, true, visible, area, k):
    if pred.ndim != 2 or pred.shape[1] != 2 or pred.shape != true.shape: raise ValueError("shapes")
    if visible.shape != pred.shape[:1]: raise ValueError("visible")
    if k.shape != pred.shape[:1]: raise ValueError("k")
    if area <= 0: raise ValueError("area")
    if not visible.any(): raise ValueError("none")
    d2 = ((pred[visible] - true[visible]) ** 2).sum(axis=1)
    return float(np.mean(np.exp(-d2 / (2 * area * np.maximum(k[visible], 1e-2) ** 2))))
