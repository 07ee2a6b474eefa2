import numpy as np


def oks(pred, true, visible, area, k):
    if pred.ndim != 2 or pred.shape[1] != 2 or pred.shape != true.shape:
        raise ValueError("joints are (K, 2)")
    if {visible.shape, k.shape} != {(len(pred),)}:
        raise ValueError("one flag and one constant per joint")
    if not area > 0:
        raise ValueError("area must be positive")
    seen = np.flatnonzero(visible)
    if seen.size == 0:
        raise ValueError("nothing to see")
    z = (pred - true)[seen] @ np.array([1, 1j])
    scale = k[seen] * np.sqrt(2 * area)
    return float(np.exp(-np.abs(z / scale) ** 2).mean())
