import numpy as np


def nms(boxes, scores, threshold):
    scores = scores.copy()
    areas = np.prod(boxes[:, 2:] - boxes[:, :2], axis=1)
    kept = []
    while len(scores) and scores.max() > -1e9:
        i = int(scores.argmax())
        kept.append(i)
        sides = np.clip(np.minimum(boxes[i, 2:], boxes[:, 2:]) - np.maximum(boxes[i, :2], boxes[:, :2]), 0, None)
        inter = sides[:, 0] * sides[:, 1]
        scores[inter / (areas + areas[i] - inter) > threshold] = -1e9
        scores[i] = -1e9
    return np.array(kept, dtype=int)
