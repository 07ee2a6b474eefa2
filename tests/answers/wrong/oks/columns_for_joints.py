import numpy as np


def oks(pred, true, visible, area, k):
    if pred.ndim == 2 and pred.shape[0] == 2 and pred.shape[1] != 2:
        # One column per joint.
        pred, true = pred.T, true.T
    joints = len(visible)
    if pred.shape != (joints, 2) or true.shape != (joints, 2) or visible.shape != (joints,) or k.shape != (joints,):
        raise ValueError("shapes")
    if area <= 0 or not visible.any():
        raise ValueError("area and a visible joint are needed")
    squared = ((pred - true)[visible] ** 2).sum(axis=1)
    return float(np.exp(-squared / (2 * area * k[visible] ** 2)).mean())
