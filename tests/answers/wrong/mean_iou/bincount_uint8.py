import numpy as np
def mean_iou(pred, true, num_classes, ignore_index=None):
    if pred.shape != true.shape:
        raise ValueError("shapes differ")
    if ignore_index is not None:
        keep = true != ignore_index
        pred, true = pred[keep], true[keep]
    if ((pred < 0) | (pred >= num_classes)).any() or ((true < 0) | (true >= num_classes)).any():
        raise ValueError("label out of range")
    pred, true = pred.astype(np.uint8), true.astype(np.uint8)
    ious = []
    for c in range(num_classes):
        p, t = pred == c, true == c
        union = np.sum(p | t)
        if union > 0:
            ious.append(np.sum(p & t) / union)
    if not ious:
        raise ValueError("no class")
    return float(np.mean(ious))
