"""Intersection over union of boxes: how well a found box covers a true one."""

import numpy as np


def box_iou(a, b) -> np.ndarray:
    """Return the intersection over union of every box of `a` with every box of `b`.

    Where the union has no area, it is 0. Allowed: the standard library, numpy, pandas, torch. The function is pure: it
    changes neither its arguments nor anything global, and the result is new. What is printed costs nothing, and so do
    warnings.

    Args:
        a, b: numpy arrays (N, 4) and (M, 4) of float64; N and M may be 0; perhaps read-only, in any memory layout.
            A box is (x1, y1, x2, y2) with x1 <= x2 and y1 <= y2, in continuous coordinates: its width is x2 - x1.
            Coordinates may be negative.

    Returns:
        An array (N, M): entry i, j is for box i of a and box j of b.

    Raises:
        ValueError: a box has x2 < x1 or y2 < y1; an array is not (n, 4): (0, 4) is one, (0,) is not.

    >>> box_iou(np.array([[0.0, 0.0, 2.0, 2.0]]), np.array([[1.0, 1.0, 3.0, 3.0]])).round(6)  # 1/7
    array([[0.142857]])
    >>> box_iou(np.array([[0.0, 0.0, 2.0, 2.0]]), np.array([[2.0, 2.0, 4.0, 4.0]]))
    array([[0.]])
    """
    # TODO: how wide is an overlap that does not exist?
    raise NotImplementedError("box_iou is not written yet")
