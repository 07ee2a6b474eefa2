import numpy as np

def mean_iou(pred, true, num_classes, ignore_index=None):
    pred, true = np.asarray(pred), np.asarray(true)
    if pred.shape != true.shape:
        raise ValueError("shapes differ")
    pred, true = pred.ravel(), true.ravel()
    for m in (pred, true):
        if ((m < 0) | (m >= num_classes)).any():
            raise ValueError("label outside")
    if ignore_index is not None:
        keep = true != ignore_index
        pred, true = pred[keep], true[keep]
    ious = []
    for c in range(num_classes):
        p, t = pred == c, true == c
        union = (p | t).sum()
        if union:
            ious.append((p & t).sum() / union)
    if not ious:
        raise ValueError("no class")
    return float(np.mean(ious))
