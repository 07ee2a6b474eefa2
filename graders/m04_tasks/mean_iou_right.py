"""Right ways to write mean_iou in other styles."""

import numpy as np
import pandas as pd
import torch


def _kept(pred, true, num_classes, ignore_index):
    """The pixels that count, as two flat arrays."""
    if pred.shape != true.shape:
        raise ValueError("shapes")
    p, t = pred.reshape(-1), true.reshape(-1)
    if ignore_index is not None:
        p, t = p[t != ignore_index], t[t != ignore_index]
    if len(p) == 0:
        raise ValueError("no pixel")
    if min(p.min(), t.min()) < 0 or max(p.max(), t.max()) >= num_classes:
        raise ValueError("label")
    return p, t


def mean_iou_by_confusion(pred, true, num_classes, ignore_index=None):
    """All from one confusion matrix: the diagonal against rows and columns."""
    p, t = _kept(pred, true, num_classes, ignore_index)
    table = np.bincount(t * num_classes + p, minlength=num_classes**2).reshape(num_classes, num_classes)
    union = table.sum(0) + table.sum(1) - np.diag(table)
    seen = union > 0
    return float((np.diag(table)[seen] / union[seen]).mean())


def mean_iou_by_counting(pred, true, num_classes, ignore_index=None):
    p, t = _kept(pred, true, num_classes, ignore_index)
    shared, all_of = {}, {}
    for a, b in zip(p.tolist(), t.tolist(), strict=True):
        for label in {a, b}:
            all_of[label] = all_of.get(label, 0) + 1
        if a == b:
            shared[a] = shared.get(a, 0) + 1
    return sum(shared.get(label, 0) / count for label, count in all_of.items()) / len(all_of)


def mean_iou_by_sets(pred, true, num_classes, ignore_index=None):
    """The pixels of a class as a set: intersection over union, word for word."""
    p, t = _kept(pred, true, num_classes, ignore_index)
    scores = []
    for label in set(p.tolist()) | set(t.tolist()):
        ours, theirs = set(np.flatnonzero(p == label)), set(np.flatnonzero(t == label))
        scores.append(len(ours & theirs) / len(ours | theirs))
    return float(np.mean(scores))


def mean_iou_by_one_hot(pred, true, num_classes, ignore_index=None):
    p, t = _kept(pred, true, num_classes, ignore_index)
    ours, theirs = np.eye(num_classes, dtype=bool)[p], np.eye(num_classes, dtype=bool)[t]
    union = (ours | theirs).sum(0)
    with np.errstate(invalid="ignore"):
        return float(np.nanmean((ours & theirs).sum(0) / union))


def mean_iou_by_pandas(pred, true, num_classes, ignore_index=None):
    p, t = _kept(pred, true, num_classes, ignore_index)
    ours, theirs, right = (pd.Series(one).value_counts() for one in (p, t, p[p == t]))
    union = ours.add(theirs, fill_value=0).sub(right, fill_value=0)
    return right.div(union).reindex(union.index).fillna(0.0).mean()


def mean_iou_by_torch(pred, true, num_classes, ignore_index=None):
    p, t = (torch.tensor(one) for one in _kept(pred, true, num_classes, ignore_index))
    classes = torch.arange(num_classes)[:, None]
    shared = ((p == classes) & (t == classes)).sum(1)
    union = ((p == classes) | (t == classes)).sum(1)
    return (shared[union > 0].double() / union[union > 0]).mean().item()
