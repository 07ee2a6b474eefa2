"""Mean absolute error: the loss that outliers do not dominate."""

import numpy as np


def mae(y_true, y_pred) -> float:
    """Return the mean of |y_true - y_pred| over all elements.

    Args:
        y_true, y_pred: real array-likes of one shape, any rank.

    Returns:
        A float. NaN in, NaN out.

    Raises:
        ValueError: the shapes differ (nothing is broadcast), or there is no element.
        TypeError: complex input.
    """
    truth, guess = np.asarray(y_true), np.asarray(y_pred)
    if np.iscomplexobj(truth) or np.iscomplexobj(guess):
        raise TypeError("the mean absolute error is for real numbers, not for complex ones")
    if truth.shape != guess.shape:
        raise ValueError(f"y_true has shape {truth.shape} and y_pred has shape {guess.shape}")
    if truth.size == 0:
        raise ValueError("there is no element to average")
    # inf - inf is NaN by definition here, so numpy need not warn of it.
    with np.errstate(invalid="ignore"):
        return float(np.mean(np.abs(truth.astype(np.float64) - guess.astype(np.float64))))
