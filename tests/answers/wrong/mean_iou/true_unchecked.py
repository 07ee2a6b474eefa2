import numpy as np


def mean_iou(pred, true, num_classes, ignore_index=None):
    pred, true = np.asarray(pred), np.asarray(true)
    if pred.shape != true.shape:
        raise ValueError(f"shapes {pred.shape} and {true.shape}")
    pred, true = pred.reshape(-1), true.reshape(-1)
    if ignore_index is not None:
        counts = true != ignore_index
        pred, true = pred[counts], true[counts]
    for labels in (pred, true) if ignore_index is None else (pred,):
        if ((labels < 0) | (labels >= num_classes)).any():
            raise ValueError("a label is out of range")
    scores = []
    for c in range(num_classes):
        p, t = pred == c, true == c
        if (p | t).any():
            scores.append((p & t).sum() / (p | t).sum())
    if not scores:
        raise ValueError("no class is left")
    return float(np.mean(scores))
