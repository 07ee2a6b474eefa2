"""Mean absolute error: the loss that outliers do not dominate."""


def mae(y_true, y_pred) -> float:
    """Return the mean of |y_true - y_pred| over all elements.

    Allowed: the standard library, numpy, pandas, torch. The function is pure: it changes neither its arguments nor
    anything global. Printing and warnings cost nothing.

    Args:
        y_true, y_pred: array-likes of real numbers (scalar, list, tuple, numpy array) of one and the same shape, of
            any rank, 0-d included. Whatever their real dtype (integers, unsigned integers, booleans, float16,
            float32, ...), they are converted to float64 before they are subtracted.

    Returns:
        A Python float (np.float64 is one). NaN anywhere in the input makes it NaN. Where one of two values is
        infinite and the other finite, the mean is inf; inf - inf makes it NaN.

    Raises:
        ValueError: the shapes differ, e.g. (3,) and (3, 1): nothing is broadcast. The message names both shapes.
        ValueError: there is no element to average.
        TypeError: one of the inputs is complex.

    >>> mae([3, 5, 2, 7], [2.5, 5, 4, 7])
    0.625
    >>> mae([0, 0], [1, -1])
    1.0
    """
    # TODO: compare the shapes before you subtract.
    raise NotImplementedError("mae is not written yet")
