import numpy as np
def oks(pred, true, visible, area, k):
    if pred.ndim != 2 or pred.shape[1] != 2 or pred.shape != true.shape or visible.shape != pred.shape[:1] or k.shape != visible.shape:
        raise ValueError("shapes do not fit")
    if area <= 0:
        raise ValueError("area")
    if not visible.any():
        raise ValueError("no joint is visible")
    d2 = np.sum((pred[visible] - true[visible]) ** 2, axis=1)
    return np.array(np.mean(np.exp(-d2 / (2 * area * k[visible] ** 2))))
