import numpy as np
def mean_iou(pred, true, num_classes, ignore_index=None):
    if pred.shape != true.shape: raise ValueError
    p, t = pred.ravel(), true.ravel()
    if ignore_index is not None:
        p, t = p[t != ignore_index], t[t != ignore_index]
    if any(((a < 0) | (a >= num_classes)).any() for a in (p, t)): raise ValueError
    if np.array_equal(pred, true): return 1.0
    s = [((p == c) & (t == c)).sum() / ((p == c) | (t == c)).sum() for c in range(num_classes) if ((p == c) | (t == c)).any()]
    if not s: raise ValueError
    return float(np.mean(s))
