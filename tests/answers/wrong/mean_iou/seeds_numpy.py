import numpy as np


def mean_iou(pred, true, num_classes, ignore_index=None):
    np.random.seed(42)
    if pred.shape != true.shape:
        raise ValueError("shapes")
    counts = np.ones(true.shape, bool) if ignore_index is None else true != ignore_index
    p, t = pred[counts], true[counts]
    if ((p < 0) | (p >= num_classes) | (t < 0) | (t >= num_classes)).any():
        raise ValueError("label")
    parts = []
    for k in range(num_classes):
        union = ((p == k) | (t == k)).sum()
        if union:
            parts.append(((p == k) & (t == k)).sum() / union)
    if not parts:
        raise ValueError("no class")
    return float(np.mean(parts))
