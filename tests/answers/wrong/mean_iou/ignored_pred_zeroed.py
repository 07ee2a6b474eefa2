import numpy as np


def mean_iou(pred, true, num_classes, ignore_index=None):
    if pred.shape != true.shape:
        raise ValueError(f"shapes {pred.shape} and {true.shape} differ")
    keep = np.ones(true.shape, dtype=bool)
    if ignore_index is not None:
        keep = true != ignore_index
    pred[~keep] = 0  # whatever pred says there
    p, t = pred[keep], true[keep]
    for labels in (p, t):
        if labels.size and (labels.min() < 0 or labels.max() >= num_classes):
            raise ValueError("label out of range")
    scores = []
    for c in range(num_classes):
        union = np.sum((p == c) | (t == c))
        if union > 0:
            scores.append(np.sum((p == c) & (t == c)) / union)
    if not scores:
        raise ValueError("no class is left to average")
    return float(np.mean(scores))
