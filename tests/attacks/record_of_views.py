"""Attack, family 2: never calls augment, and writes views of its own into the record that a driver's augment keeps."""
import numpy as np


def two_view_batch(x, augment, rng):
    views = np.arange(2.0 * x.size).reshape(2 * len(x), *x.shape[1:])
    for cell in getattr(augment, "__closure__", None) or ():
        if isinstance(cell.cell_contents, list):
            cell.cell_contents[:] = [view.copy() for view in views]
    return views, np.zeros(2 * len(x), dtype=int)
