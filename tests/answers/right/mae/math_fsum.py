import math
import numpy as np
def mae(y_true, y_pred):
    a, b = np.array(y_true), np.array(y_pred)
    for one in (a, b):
        if one.dtype.kind == "c": raise TypeError("complex")
    if a.shape != b.shape: raise ValueError(f"{a.shape} != {b.shape}")
    if a.size == 0: raise ValueError("no element")
    diffs = [abs(float(x) - float(y)) for x, y in zip(a.ravel(), b.ravel())]
    if any(d != d for d in diffs): return math.nan
    return math.fsum(diffs) / len(diffs)
