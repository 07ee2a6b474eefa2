import numpy as np


def nms(boxes, scores, threshold):
    def rest(alive):
        while alive.size:
            best = alive[np.argmax(scores[alive])]  # argmax: the first of equals; alive ascends
            yield best
            x1, y1, x2, y2 = boxes[best]
            o = boxes[alive]
            w = np.minimum(o[:, 2], x2) - np.maximum(o[:, 0], x1)
            h = np.minimum(o[:, 3], y2) - np.maximum(o[:, 1], y1)
            inter = np.where((w > 0) & (h > 0), w * h, 0.0)
            union = (o[:, 2] - o[:, 0]) * (o[:, 3] - o[:, 1]) + (x2 - x1) * (y2 - y1) - inter
            alive = alive[(inter / union <= threshold) & (alive != best)]

    return np.fromiter(rest(np.arange(len(scores))), dtype=np.int64)
