"""A pandas Series that does not skip what is missing."""

import numpy as np
import pandas as pd


def mae(y_true, y_pred):
    truth = np.asarray(y_true)
    guess = np.asarray(y_pred)
    if np.iscomplexobj(truth) or np.iscomplexobj(guess):
        raise TypeError("complex")
    if truth.shape != guess.shape:
        raise ValueError(f"shapes {truth.shape} / {guess.shape}")
    table = pd.DataFrame({"t": truth.ravel().astype("float64"), "p": guess.ravel().astype("float64")})
    if table.empty:
        raise ValueError("empty")
    return (table["t"] - table["p"]).abs().mean(skipna=False)
