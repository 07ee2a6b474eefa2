"""One pass in constant memory: a running mean."""

import math

import numpy as np


def mae(y_true, y_pred):
    truth, guess = np.asarray(y_true), np.asarray(y_pred)
    if truth.dtype.kind == "c" or guess.dtype.kind == "c":
        raise TypeError("only real numbers have a mean absolute error here")
    if truth.shape != guess.shape:
        raise ValueError(f"y_pred{guess.shape} does not fit y_true{truth.shape}")
    mean, infinite = 0.0, False
    for count, (t, g) in enumerate(zip(truth.flat, guess.flat, strict=True), start=1):
        error = abs(float(t) - float(g))
        if math.isnan(error):
            return math.nan
        infinite = infinite or math.isinf(error)
        mean += 0.0 if infinite else (error - mean) / count
    if truth.size == 0:
        raise ValueError("an empty stream")
    # An infinite error met before a NaN must not hide it, so this is known at the end only.
    return math.inf if infinite else mean
