import numpy as np


def mean_iou(pred, true, num_classes, ignore_index=None):
    if pred.shape != true.shape:
        raise ValueError("shape")
    keep = np.ones(true.shape, bool) if ignore_index is None else true != ignore_index
    if (keep & ((true < 0) | (true >= num_classes) | (pred < 0) | (pred >= num_classes))).any():
        raise ValueError("label")
    if not keep.any():
        raise ValueError("none")
    ious = []
    for c in np.union1d(pred, true[keep]):
        if not 0 <= c < num_classes:
            continue
        p, t = (pred == c) & keep, (true == c) & keep
        ious.append((p & t).sum() / max((p | t).sum(), 1))
    return float(np.mean(ious))
