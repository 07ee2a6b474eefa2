"""A straight line under three losses, and what an outlier does to each."""

import numpy as np


def outlier_fit(x, y, loss):
    """Return the line y = w·x + b that minimises the mean loss, as the pair (w, b).

    Any method will do. Right is whatever reaches the least mean loss within 1e-4 of it, relative to 1 + the least loss;
    several lines may. Allowed: the standard library, numpy, pandas, torch. The function is pure: it changes neither its
    arguments nor anything global. Printing and warnings cost nothing.

    Args:
        x, y: numpy arrays (n,) of float64, 2 <= n <= 60; at least two of x are different, by 0.001 at least; |x| and
            |y| are at most 1000. Perhaps read-only, in any memory layout.
        loss: "mse": r²; "mae": |r|; "huber", with delta 1: ½r² up to |r| = 1, |r| - ½ beyond. r = y - (w·x + b).

    Returns:
        (w, b), a tuple or list of two Python floats or np.float64.

    Raises:
        ValueError: another `loss`; n < 2, or all x equal; the lengths differ.

    >>> x = np.arange(10.0)
    >>> y = 2 * x + 1 + np.where(x == 9, 50.0, 0.0)
    >>> [round(float(one), 4) for one in outlier_fit(x, y, "mse")]
    [4.7273, -6.2727]
    >>> [round(float(one), 4) for one in outlier_fit(x, y, "mae")]
    [2.0, 1.0]
    >>> [round(float(one), 4) for one in outlier_fit(x, y, "huber")]
    [2.0833, 0.7778]
    """
    # TODO: "mse" has a formula. Where must the best line for "mae" pass? What makes "huber" a weighted "mse"?
    raise NotImplementedError("outlier_fit is not written yet")
