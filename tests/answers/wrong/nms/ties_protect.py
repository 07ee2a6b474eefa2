import numpy as np


def nms(boxes, scores, threshold):
    n = len(scores)
    x1, y1, x2, y2 = boxes.T
    area = (x2 - x1) * (y2 - y1)
    dropped = np.zeros(n, dtype=bool)
    order = np.argsort(-scores, kind="stable")
    for i in order:
        if dropped[i]:
            continue
        w = np.clip(np.minimum(x2[i], x2) - np.maximum(x1[i], x1), 0, None)
        h = np.clip(np.minimum(y2[i], y2) - np.maximum(y1[i], y1), 0, None)
        iou = w * h / (area + area[i] - w * h)
        dropped |= (iou > threshold) & (scores < scores[i])
    return np.array([i for i in order if not dropped[i]], dtype=int)
