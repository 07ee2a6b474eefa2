"""Intersection over union of boxes: how well a found box covers a true one."""

import numpy as np


def box_iou(a, b) -> np.ndarray:
    """Return the intersection over union of every box of `a` with every box of `b`."""
    for boxes in (a, b):
        if boxes.ndim != 2 or boxes.shape[1] != 4:
            raise ValueError(f"boxes are an array (n, 4), not {boxes.shape}")
        if np.any(boxes[:, 2:] < boxes[:, :2]):
            raise ValueError("a box has x2 < x1 or y2 < y1")
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, 2:], b[None, :, 2:])
    sides = np.maximum(high - low, 0.0)
    overlap = sides[..., 0] * sides[..., 1]
    area_a = (a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1])
    area_b = (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])
    union = area_a[:, None] + area_b[None, :] - overlap
    return np.divide(overlap, union, out=np.zeros(overlap.shape), where=union > 0)
