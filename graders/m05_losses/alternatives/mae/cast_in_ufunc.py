"""The ufunc converts: its refusal to cast complex numbers is the TypeError."""

import numpy as np


def mae(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    if y_true.shape != y_pred.shape:
        raise ValueError(f"y_true.shape = {y_true.shape}, y_pred.shape = {y_pred.shape}")
    r = np.subtract(y_true, y_pred, dtype=np.float64)
    if r.size == 0:
        raise ValueError("no elements")
    return np.absolute(r, out=np.empty_like(r)).mean().item()
