"""Object keypoint similarity: how near the joints of a pose are to where they should be."""

import numpy as np


def oks(pred, true, visible, area, k) -> float:
    """Return the mean over visible joints of exp(-d² / (2 · area · k²)).

    d is the distance of a joint from where it is. Allowed: the standard library, numpy, pandas, torch. The function is
    pure: it changes neither its arguments nor anything global. Printing and warnings cost nothing.

    Args:
        pred, true: numpy arrays (K, 2) of float64: where the joints are found, and where they are. Coordinates of
            joints that are not visible may be NaN, and change nothing.
        visible: bool array (K,).
        area: of the object, in squared pixels, a number above 0.
        k: array (K,) of float64, one constant above 0 per joint.

        The arrays may be read-only, in any memory layout.

    Returns:
        A float from 0 to 1.

    Raises:
        ValueError: no joint is visible; area is not above 0; the shapes do not fit.

    >>> pred, true = np.array([[0.0, 0.0], [3.0, 4.0]]), np.zeros((2, 2))
    >>> oks(pred, true, np.array([True, True]), 100.0, np.array([0.1, 0.5]))  # (1 + exp(-25 / 50)) / 2
    0.8032653298563167
    >>> oks(pred, true, np.array([True, False]), 100.0, np.array([0.1, 0.5]))
    1.0
    """
    # TODO: leave the joints that are not visible out before you compute anything.
    raise NotImplementedError("oks is not written yet")
