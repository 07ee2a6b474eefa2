import numpy as np


def mean_iou(pred, true, num_classes, ignore_index=None):
    pred, true = np.atleast_1d(pred), np.atleast_1d(true)
    if pred.shape != true.shape:
        raise ValueError("shapes")
    if ignore_index is not None:
        keep = true != ignore_index
        pred, true = pred[keep], true[keep]
    if pred.size == 0:
        raise ValueError("no class is left")
    if min(pred.min(), true.min()) < 0 or max(pred.max(), true.max()) >= num_classes:
        raise ValueError("label")
    scores = []
    for c in range(num_classes):
        union = ((pred == c) | (true == c)).sum()
        if union:
            scores.append(((pred == c) & (true == c)).sum() / union)
    return float(np.mean(scores))
