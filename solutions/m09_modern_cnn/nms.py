"""Greedy non-maximum suppression: one box per object."""

import numpy as np


def nms(boxes, scores, threshold) -> np.ndarray:
    """Return the indices of the boxes that stay, best first."""
    left = np.argsort(-scores, kind="stable")
    kept = []
    while left.size:
        best, others = left[0], left[1:]
        kept.append(best)
        left = others[_overlaps(boxes[best], boxes[others]) <= threshold]
    return np.array(kept, dtype=np.int64)


def _overlaps(box, others):
    sides = np.minimum(box[2:], others[:, 2:]) - np.maximum(box[:2], others[:, :2])
    shared = np.prod(np.maximum(sides, 0.0), axis=1)
    areas = np.prod(others[:, 2:] - others[:, :2], axis=1)
    return shared / (np.prod(box[2:] - box[:2]) + areas - shared)
