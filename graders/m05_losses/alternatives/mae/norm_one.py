"""The 1-norm of the residual, per element."""

import numpy as np


def mae(y_true, y_pred):
    for values in (y_true, y_pred):
        if np.iscomplexobj(values):
            raise TypeError(f"expected real values, got {np.asarray(values).dtype}")
    if np.shape(y_true) != np.shape(y_pred):
        raise ValueError(f"shape of y_true: {np.shape(y_true)}; shape of y_pred: {np.shape(y_pred)}")
    residual = (np.asarray(y_true, dtype="f8") - np.asarray(y_pred, dtype="f8")).reshape(-1)
    if len(residual) == 0:
        raise ValueError("no residuals")
    return np.linalg.norm(residual, ord=1) / len(residual)
