"""statistics.fmean over a list comprehension."""

from statistics import fmean

import numpy as np


def mae(y_true, y_pred):
    if np.iscomplexobj(y_true) or np.iscomplexobj(y_pred):
        raise TypeError("y_true and y_pred have to be real")
    if (a := np.shape(y_true)) != (b := np.shape(y_pred)):
        raise ValueError(f"y_true is {a} but y_pred is {b}")
    t = np.ravel(y_true).astype(float).tolist()
    p = np.ravel(y_pred).astype(float).tolist()
    if not t:
        raise ValueError("fmean requires at least one data point")
    return fmean([abs(x - y) for x, y in zip(t, p, strict=True)])
