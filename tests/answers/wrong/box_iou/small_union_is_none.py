import numpy as np
def box_iou(a, b):
    for x in (a, b):
        if x.ndim != 2 or x.shape[1] != 4:
            raise ValueError("shape")
        if (x[:, 2] < x[:, 0]).any() or (x[:, 3] < x[:, 1]).any():
            raise ValueError("box")
    area_a = (a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1])
    area_b = (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])
    lt = np.maximum(a[:, None, :2], b[None, :, :2])
    rb = np.minimum(a[:, None, 2:], b[None, :, 2:])
    wh = np.clip(rb - lt, 0, None)
    inter = wh[..., 0] * wh[..., 1]
    union = area_a[:, None] + area_b[None] - inter
    out = np.zeros_like(union)
    np.divide(inter, union, out=out, where=union > 1e-6)
    return out
