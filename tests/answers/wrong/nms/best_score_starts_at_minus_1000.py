import numpy as np


def iou(a, b):
    w = max(0, min(a[2], b[2]) - max(a[0], b[0]))
    h = max(0, min(a[3], b[3]) - max(a[1], b[1]))
    inter = w * h
    return inter / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inter)


def nms(boxes, scores, threshold):
    left = list(range(len(scores)))
    keep = []
    while left:
        best, top = left[0], -1000
        for i in left:
            if scores[i] > top:
                best, top = i, scores[i]
        keep.append(best)
        left = [i for i in left if i != best and iou(boxes[best], boxes[i]) <= threshold]
    return np.array(keep, dtype=int)
