"""The gradient of any scalar function, by central differences."""

import numpy as np


def numerical_grad(f, x, h=1e-5) -> np.ndarray:
    """Return the gradient of f at x: (f(x + h e_i) - f(x - h e_i)) / 2h for every element i.

    Allowed: the standard library, numpy, pandas, torch. The function is pure: it changes neither x nor anything global,
    and the result is new. Printing and warnings cost nothing. The precision asked for is 1e-6, relative
    and absolute, for smooth f with h = 1e-5.

    Args:
        f: a function that takes an array of x's shape and returns a float. It gets float64 arrays of x's shape that
            differ from x in one element at most, by h (where x has no axis, an np.float64 will do). It may write
            numbers into an array that it gets without harm. How often it is called is free, within 4 times per element
            and 2 more.
        x: numpy array of any shape, 0-d and empty included, of float64 or of ints (then it is converted first); perhaps
            read-only, in any memory layout. x is as before while f runs, after every call, and also when f raises.
        h: the step, a float.

    Returns:
        A float64 array of x's shape.

    Raises:
        ValueError: h is not above 0.

    >>> numerical_grad(lambda x: float(np.sum(x**2)), np.array([1.0, -2.0])).round(6)
    array([ 2., -4.])
    >>> numerical_grad(lambda x: float(np.prod(x)), np.array([[2.0, 3.0]])).round(6)
    array([[3., 2.]])
    """
    # TODO: f gets a copy each time; x itself stays as it is.
    raise NotImplementedError("numerical_grad is not written yet")
