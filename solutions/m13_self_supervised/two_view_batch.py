"""Two views of every sample: what contrastive learning compares."""

import numpy as np


def two_view_batch(x, augment, rng) -> tuple:
    """Return two random views of every sample, and who belongs to whom."""
    size = len(x)
    first = [augment(sample.copy(), rng) for sample in x]
    second = [augment(sample.copy(), rng) for sample in x]
    views = np.stack(first + second)
    partner = np.roll(np.arange(2 * size), size)
    return views, partner
