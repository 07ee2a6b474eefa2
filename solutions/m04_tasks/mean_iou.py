"""Mean intersection over union: how well two label maps agree, class by class."""

import numpy as np


def mean_iou(pred, true, num_classes, ignore_index=None) -> float:
    """Return the mean over classes of intersection / union, for label maps."""
    if pred.shape != true.shape:
        raise ValueError(f"pred has shape {pred.shape} and true has shape {true.shape}")
    counts = np.ones(true.shape, dtype=bool) if ignore_index is None else true != ignore_index
    guess, truth = pred[counts], true[counts]
    for labels in (guess, truth):
        if np.any(labels < 0) or np.any(labels >= num_classes):
            raise ValueError(f"a label is none of the {num_classes} classes")
    scores = []
    for label in range(num_classes):
        ours, theirs = guess == label, truth == label
        union = np.sum(np.logical_or(ours, theirs))
        if union:
            scores.append(np.sum(np.logical_and(ours, theirs)) / union)
    if not scores:
        raise ValueError("no class is left to average: no pixel counts")
    return float(np.mean(scores))
