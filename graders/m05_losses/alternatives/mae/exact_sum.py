"""Exactly rounded summation by math.fsum."""

import math

import numpy as np


def mae(y_true, y_pred):
    t, p = np.asarray(y_true), np.asarray(y_pred)
    if "c" in (t.dtype.kind, p.dtype.kind):
        raise TypeError("mae of complex numbers")
    if t.shape != p.shape:
        raise ValueError(f"{list(t.shape)} is not {list(p.shape)}")
    if not t.size:
        raise ValueError("mae of no numbers")
    return math.fsum(abs(float(a) - float(b)) for a, b in zip(t.flat, p.flat, strict=True)) / t.size
