import numpy as np


def mean_iou(pred, true, num_classes, ignore_index=None):
    if pred.shape != true.shape:
        raise ValueError("shape")
    if ignore_index is not None:
        keep = true != ignore_index
        if not keep.all():
            pred = pred if pred.flags.writeable else pred.copy()
            pred[~keep] = ignore_index
        pred, true = pred[keep], true[keep]
    if ((true < 0) | (true >= num_classes)).any() or ((pred < 0) | (pred >= num_classes)).any():
        raise ValueError("label")
    ious = []
    for c in range(num_classes):
        p, t = pred == c, true == c
        if (p | t).any():
            ious.append((p & t).sum() / (p | t).sum())
    if not ious:
        raise ValueError("none")
    return float(np.mean(ious))
