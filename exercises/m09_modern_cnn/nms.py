"""Greedy non-maximum suppression: one box per object."""

import numpy as np


def nms(boxes, scores, threshold) -> np.ndarray:
    """Return the indices of the boxes that stay, best first.

    Take the best box that is left, drop all others that overlap it, repeat. A box is dropped where its IoU with the
    box taken is above `threshold`; an IoU equal to the threshold stays.

    Allowed: the standard library, numpy, pandas, torch. The function is pure: it changes neither its arguments nor
    anything global, and the result is new. Printing and warnings cost nothing.

    Args:
        boxes: numpy array (N, 4) of float64, (x1, y1, x2, y2) with x1 < x2 and y1 < y2; N may be 0.
        scores: array (N,) of float64, finite.
        threshold: a float in [0, 1].

        The arrays may be read-only, in any memory layout.

    Returns:
        An integer array (M,), best first; of equal scores the lower index comes first. The integer dtype is free.

    >>> boxes = np.array([[0, 0, 2, 2], [0, 0, 2, 1.9], [5, 5, 6, 6]], dtype=float)
    >>> nms(boxes, np.array([0.5, 0.9, 0.1]), 0.5)
    array([1, 2])
    """
    # TODO: a box that was dropped drops nothing itself.
    raise NotImplementedError("nms is not written yet")
