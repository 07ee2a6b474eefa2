import numpy as np


def nms(boxes, scores, threshold):
    np.seterr(divide="ignore", invalid="ignore")
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    left, kept = np.argsort(-scores, kind="stable"), []
    while left.size:
        best, left = left[0], left[1:]
        kept.append(best)
        sides = np.minimum(boxes[best, 2:], boxes[left, 2:]) - np.maximum(boxes[best, :2], boxes[left, :2])
        inter = sides.clip(0).prod(axis=1)
        left = left[inter / (areas[best] + areas[left] - inter) <= threshold]
    return np.array(kept, dtype=int)
