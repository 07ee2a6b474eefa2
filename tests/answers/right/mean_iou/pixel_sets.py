import numpy as np
from collections import defaultdict


def mean_iou(pred, true, num_classes, ignore_index=None):
    pred, true = np.asarray(pred), np.asarray(true)
    if pred.shape != true.shape:
        raise ValueError(f"{pred.shape} {true.shape}")
    where_pred, where_true = defaultdict(set), defaultdict(set)
    for pixel in np.ndindex(true.shape):
        t, p = int(true[pixel]), int(pred[pixel])
        if ignore_index is not None and t == ignore_index:
            continue
        where_pred[p].add(pixel)
        where_true[t].add(pixel)
    classes = where_pred.keys() | where_true.keys()
    if not classes:
        raise ValueError("no class is left")
    if not classes <= set(range(num_classes)):
        raise ValueError("label out of range")
    return sum(len(where_pred[c] & where_true[c]) / len(where_pred[c] | where_true[c]) for c in classes) / len(classes)
