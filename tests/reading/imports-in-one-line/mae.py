import os, sys, cv2, numpy as np, tensorflow as tf
from itertools import islice, no_such_recipe_yet, chain


def mae(y_true, y_pred):
    """Mean absolute error."""
    a, b = np.asarray(y_true), np.asarray(y_pred)
    if any(map(np.iscomplexobj, (a, b))):
        raise TypeError("complex numbers have no mean absolute error")
    if a.shape != b.shape:
        raise ValueError(f"shapes {a.shape} and {b.shape} differ")
    if a.size == 0:
        raise ValueError("nothing to average")
    errors = chain(np.abs(a.astype(np.float64) - b.astype(np.float64)).reshape(-1))
    return float(np.mean(list(errors)))


print(tf.keras.losses.MAE([1.0], [2.0]), mae([1.0], [2.0]))
