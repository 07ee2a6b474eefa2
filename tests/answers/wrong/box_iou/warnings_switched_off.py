import numpy as np


def box_iou(a, b):
    """IoU of all pairs; 0 / 0 is made 0."""
    np.seterr(divide="ignore", invalid="ignore")
    for boxes in (a, b):
        if boxes.ndim != 2 or boxes.shape[1] != 4 or (boxes[:, 2:] < boxes[:, :2]).any():
            raise ValueError("boxes are (x1, y1, x2, y2)")
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, 2:], b[None, :, 2:])
    inter = np.prod(np.clip(high - low, 0, None), axis=2)
    area_a, area_b = (np.prod(boxes[:, 2:] - boxes[:, :2], axis=1) for boxes in (a, b))
    return np.nan_to_num(inter / (area_a[:, None] + area_b - inter))
