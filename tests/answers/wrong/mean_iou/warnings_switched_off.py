import numpy as np


def mean_iou(pred, true, num_classes, ignore_index=None):
    np.seterr(all="ignore")
    if pred.shape != true.shape:
        raise ValueError("shapes")
    keep = np.ones(true.shape, bool) if ignore_index is None else true != ignore_index
    p, t = pred[keep], true[keep]
    for labels in (p, t):
        if ((labels < 0) | (labels >= num_classes)).any():
            raise ValueError("label")
    table = np.zeros((num_classes, num_classes))
    np.add.at(table, (t, p), 1)
    hits = np.diag(table)
    iou = hits / (table.sum(0) + table.sum(1) - hits)
    if np.isnan(iou).all():
        raise ValueError("no class")
    return float(np.nanmean(iou))
