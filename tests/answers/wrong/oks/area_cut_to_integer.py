import numpy as np
def oks(pred, true, visible, area, k):
    K = len(k)
    if pred.shape != (K, 2) or true.shape != (K, 2) or visible.shape != (K,) or k.shape != (K,): raise ValueError("s")
    if not visible.any() or not area > 0: raise ValueError("v")
    area = int(area) or area
    d2 = ((pred - true) ** 2).sum(1)[visible]
    return float(np.exp(-d2 / (2 * area * k[visible] ** 2)).mean())
