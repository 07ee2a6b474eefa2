"""Where a token stands, as sines and cosines."""

import numpy as np


def sinusoid_positions(length, dim) -> np.ndarray:
    """Return the positions of a Transformer: PE[t, 2i] = sin(t / 10000^(2i/dim)), PE[t, 2i+1] = cos of the same.

    Positions count from 0. Allowed: the standard library, numpy, pandas, torch. Nothing global is changed. What is
    printed costs nothing, and so do warnings.

    Args:
        length: how many positions, a Python int, 0 or more.
        dim: how many numbers each has, an even Python int, 2 or more.

    Returns:
        A new float64 array (length, dim); for length 0 it is (0, dim).

    Raises:
        ValueError: dim is odd or below 2; length is below 0.

    >>> sinusoid_positions(2, 4).round(6)
    array([[0.      , 1.      , 0.      , 1.      ],
           [0.841471, 0.540302, 0.01    , 0.99995 ]])
    """
    # TODO: sine and cosine of one pair share one frequency.
    raise NotImplementedError("sinusoid_positions is not written yet")
