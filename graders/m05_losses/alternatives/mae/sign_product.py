"""|r| = sign(r) r, summed by einsum over however many axes there are."""

import numpy as np


def mae(y_true, y_pred):
    a, b = map(np.asarray, (y_true, y_pred))
    if np.result_type(a, b).kind == "c":
        raise TypeError("complex dtype")
    if a.shape != b.shape:
        raise ValueError("y_true " + repr(a.shape) + ", y_pred " + repr(b.shape))
    if 0 in a.shape:
        raise ValueError("at least one axis has length 0")
    r = a.astype(float) - b.astype(float)
    return float(np.einsum("...,...->...", np.sign(r), r).sum() / r.size)
