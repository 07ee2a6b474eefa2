import numpy as np
def mean_iou(pred, true, num_classes, ignore_index=None):
    pred, true = np.asarray(pred), np.asarray(true)
    if pred.shape != true.shape:
        raise ValueError("shapes")
    if pred.ndim == 0:
        return float(pred == true)
    if ignore_index is not None:
        keep = true != ignore_index
        pred, true = pred[keep], true[keep]
    for m in (pred, true):
        if m.size and (m.min() < 0 or m.max() >= num_classes):
            raise ValueError("label")
    ious = []
    for c in range(num_classes):
        union = ((pred == c) | (true == c)).sum()
        if union:
            ious.append(((pred == c) & (true == c)).sum() / union)
    if not ious:
        raise ValueError("no class")
    return float(np.mean(ious))
