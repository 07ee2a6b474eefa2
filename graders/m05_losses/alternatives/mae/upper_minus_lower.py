"""|a - b| = max(a, b) - min(a, b)."""

import numpy as np


def mae(y_true, y_pred):
    pair = [np.asarray(y_true), np.asarray(y_pred)]
    if any(np.issubdtype(side.dtype, np.complexfloating) for side in pair):
        raise TypeError("complex numbers have no maximum")
    shapes = {side.shape for side in pair}
    if len(shapes) > 1:
        raise ValueError(f"one shape is needed, these are {pair[0].shape} and {pair[1].shape}")
    if pair[0].size == 0:
        raise ValueError("zero-size array")
    left, right = (side.astype(np.float64) for side in pair)
    gap = np.maximum(left, right) - np.minimum(left, right)
    return np.average(gap)
