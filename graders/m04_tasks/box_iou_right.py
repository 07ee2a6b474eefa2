"""Right ways to write box_iou in other styles."""

from itertools import product

import numpy as np
import torch


def _check(*lists):
    for boxes in lists:
        if boxes.ndim != 2 or boxes.shape[1] != 4:
            raise ValueError("not (n, 4)")
        x1, y1, x2, y2 = boxes.T
        if (x2 < x1).any() or (y2 < y1).any():
            raise ValueError("corners")


def box_iou_by_loops(a, b):
    """One pair of boxes after another, as on paper."""
    _check(a, b)
    result = np.zeros((len(a), len(b)))
    for i, j in product(range(len(a)), range(len(b))):
        w = min(a[i, 2], b[j, 2]) - max(a[i, 0], b[j, 0])
        h = min(a[i, 3], b[j, 3]) - max(a[i, 1], b[j, 1])
        shared = max(w, 0.0) * max(h, 0.0)
        union = sum((s[2] - s[0]) * (s[3] - s[1]) for s in (a[i], b[j])) - shared
        if union > 0:
            result[i, j] = shared / union
    return result


def box_iou_by_outer(a, b):
    """Every coordinate of a against every one of b, by ufunc.outer."""
    _check(a, b)
    ax1, ay1, ax2, ay2 = a.T
    bx1, by1, bx2, by2 = b.T
    w = np.clip(np.minimum.outer(ax2, bx2) - np.maximum.outer(ax1, bx1), 0, None)
    h = np.clip(np.minimum.outer(ay2, by2) - np.maximum.outer(ay1, by1), 0, None)
    shared = w * h
    union = np.add.outer((ax2 - ax1) * (ay2 - ay1), (bx2 - bx1) * (by2 - by1)) - shared
    return np.where(union > 0, shared / np.where(union > 0, union, 1), 0.0)


def box_iou_by_torch(a, b):
    _check(a, b)
    s, t = torch.tensor(a.copy())[:, None], torch.tensor(b.copy())[None]
    sides = (torch.minimum(s[..., 2:], t[..., 2:]) - torch.maximum(s[..., :2], t[..., :2])).clamp(min=0)
    shared = sides.prod(-1)
    union = (s[..., 2:] - s[..., :2]).prod(-1) + (t[..., 2:] - t[..., :2]).prod(-1) - shared
    return torch.where(union > 0, shared / union, torch.zeros(())).numpy()


def box_iou_by_rows(a, b):
    _check(a, b)

    def row(box):
        shared = np.prod(np.maximum(np.minimum(box[2:], b[:, 2:]) - np.maximum(box[:2], b[:, :2]), 0), axis=1)
        union = np.prod(box[2:] - box[:2]) + np.prod(b[:, 2:] - b[:, :2], axis=1) - shared
        with np.errstate(invalid="ignore"):
            return np.nan_to_num(shared / union)

    return np.array([row(box) for box in a]).reshape(len(a), len(b))


def box_iou_by_relu(a, b):
    _check(a, b)

    def overlap(low_a, high_a, low_b, high_b):
        length = np.minimum(high_a[:, None], high_b) - np.maximum(low_a[:, None], low_b)
        return (length + np.abs(length)) / 2

    shared = overlap(a[:, 0], a[:, 2], b[:, 0], b[:, 2]) * overlap(a[:, 1], a[:, 3], b[:, 1], b[:, 3])
    areas = [(s[:, 2] - s[:, 0]) * (s[:, 3] - s[:, 1]) for s in (a, b)]
    union = areas[0][:, None] + areas[1] - shared
    result = np.zeros_like(shared)
    result[union > 0] = shared[union > 0] / union[union > 0]
    return result


def box_iou_by_repeat(a, b):
    _check(a, b)
    first, second = np.repeat(a, len(b), axis=0), np.tile(b, (len(a), 1))
    low, high = np.fmax(first, second)[:, :2], np.fmin(first, second)[:, 2:]
    shared = np.where((high > low).all(axis=1), (high - low).prod(axis=1), 0.0)
    union = (first[:, 2:] - first[:, :2]).prod(axis=1) + (second[:, 2:] - second[:, :2]).prod(axis=1) - shared
    union[union == 0] = np.inf
    return (shared / union).reshape(len(a), len(b))
