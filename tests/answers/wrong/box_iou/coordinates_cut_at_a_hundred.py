import numpy as np
def box_iou(a, b):
    for m in (a, b):
        if m.ndim != 2 or m.shape[1] != 4:
            raise ValueError("shape")
        if (m[:, 2] < m[:, 0]).any() or (m[:, 3] < m[:, 1]).any():
            raise ValueError("box")
    a, b = np.clip(a, -100, 100), np.clip(b, -100, 100)
    area = lambda m: (m[:, 2] - m[:, 0]) * (m[:, 3] - m[:, 1])
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, 2:], b[None, :, 2:])
    side = np.clip(high - low, 0, None)
    inter = side[..., 0] * side[..., 1]
    union = area(a)[:, None] + area(b)[None, :] - inter
    return np.where(union > 0, inter / np.where(union > 0, union, 1), 0.0)
