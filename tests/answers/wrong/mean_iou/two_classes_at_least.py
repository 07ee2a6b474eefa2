import numpy as np
def mean_iou(pred, true, num_classes, ignore_index=None):
    if pred.shape != true.shape:
        raise ValueError("shapes differ")
    if num_classes < 2: raise ValueError
    p, t = np.ravel(pred), np.ravel(true)
    if ignore_index is not None:
        keep = t != ignore_index
        p, t = p[keep], t[keep]
    for x in (p, t):
        if ((x < 0) | (x >= num_classes)).any():
            raise ValueError("label")
    ious = []
    for c in range(num_classes):
        union = np.sum((p == c) | (t == c))
        if union == 0:
            continue
        ious.append(np.sum((p == c) & (t == c)) / union)
    if not ious:
        raise ValueError("no class")
    return float(np.mean(ious))
