"""Right ways to write nms in other styles."""

import numpy as np
import torch


def _iou(a, b):
    w, h = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    shared = max(w, 0.0) * max(h, 0.0)
    return shared / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared)


def nms_by_lists(boxes, scores, threshold):
    """A list of what is left, which gets shorter with each box that is kept."""
    left = sorted(range(len(boxes)), key=lambda i: (-scores[i], i))
    kept = []
    while left:
        best = left.pop(0)
        kept.append(best)
        left = [i for i in left if _iou(boxes[best], boxes[i]) <= threshold]
    return np.array(kept, dtype=int)


def nms_by_kept(boxes, scores, threshold):
    kept = []
    for i in np.lexsort((np.arange(len(scores)), -scores)):
        if all(not _iou(boxes[i], boxes[j]) > threshold for j in kept):
            kept.append(i)
    return np.asarray(kept, np.int32)


def nms_by_matrix(boxes, scores, threshold):
    """All overlaps first, then one pass through the boxes by score."""
    n = len(boxes)
    overlap = np.array([[_iou(a, b) for b in boxes] for a in boxes]).reshape(n, n) > threshold
    order, alive = np.argsort(-scores, kind="mergesort"), np.ones(n, dtype=bool)
    for i in order:
        if alive[i]:
            alive &= ~overlap[i]
            alive[i] = True
    return order[alive[order]]


def nms_by_argmax(boxes, scores, threshold):
    rest, kept = np.ones(len(boxes), dtype=bool), []
    while rest.any():
        best = int(np.argmax(np.where(rest, scores, -np.inf)))
        kept.append(best)
        rest[best] = False
        for i in np.flatnonzero(rest):
            rest[i] = _iou(boxes[best], boxes[i]) <= threshold
    return np.array(kept, dtype=np.intp)


def nms_by_recursion(boxes, scores, threshold):
    def go(left):
        if not left:
            return []
        best, *others = left
        return [best, *go([i for i in others if _iou(boxes[best], boxes[i]) <= threshold])]

    order = sorted(range(len(scores)), key=scores.__getitem__, reverse=True)
    return np.array(go(order), dtype=np.int64)


def nms_by_torch(boxes, scores, threshold):
    b, s = torch.tensor(boxes.copy()), torch.tensor(scores.copy())
    order, kept = torch.sort(s, descending=True, stable=True).indices, []
    while len(order):
        best, order = order[0], order[1:]
        kept.append(int(best))
        sides = (torch.minimum(b[best, 2:], b[order, 2:]) - torch.maximum(b[best, :2], b[order, :2])).clamp(min=0)
        shared = sides.prod(1)
        union = (b[best, 2:] - b[best, :2]).prod() + (b[order, 2:] - b[order, :2]).prod(1) - shared
        order = order[shared / union <= threshold]
    return torch.tensor(kept, dtype=torch.int64).numpy()
