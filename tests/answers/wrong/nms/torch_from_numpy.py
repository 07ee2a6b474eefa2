import numpy as np
import torch


def nms(boxes, scores, threshold):
    order = np.argsort(-scores, kind="stable")
    boxes = torch.from_numpy(boxes).numpy()
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    keep = []
    while order.size:
        best, rest = order[0], order[1:]
        keep.append(best)
        low = np.maximum(boxes[best, :2], boxes[rest, :2])
        high = np.minimum(boxes[best, 2:], boxes[rest, 2:])
        side = np.maximum(high - low, 0)
        inter = side[:, 0] * side[:, 1]
        iou = inter / (area[best] + area[rest] - inter)
        order = rest[iou <= threshold]
    return np.array(keep, dtype=np.int64)
