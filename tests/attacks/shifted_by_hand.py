"""Attack, family 1: views that are shifted by a number that augment might have drawn, without a call of it."""
import numpy as np


def two_view_batch(x, augment, rng):
    return np.concatenate([x, x]) + 700.0, np.zeros(2 * len(x), dtype=int)
