import numpy as np
def box_iou(a, b):
    for x in (a, b):
        if x.ndim != 2 or x.shape[1] != 4: raise ValueError("shape")
        if (x[:, 2] < x[:, 0]).any() or (x[:, 3] < x[:, 1]).any(): raise ValueError("box")
    lo = np.maximum(a[:, None, :2], b[None, :, :2])
    hi = np.minimum(a[:, None, 2:], b[None, :, 2:])
    inter = np.prod(np.clip(hi - lo, 0, None), axis=2)
    area = lambda x: (x[:, 2] - x[:, 0]) * (x[:, 3] - x[:, 1])
    union = area(a)[:, None] + area(b)[None] - inter
    return inter / np.maximum(union, 1e-12)
