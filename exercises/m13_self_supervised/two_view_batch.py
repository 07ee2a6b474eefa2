"""Two views of every sample: what contrastive learning compares."""

import numpy as np


def two_view_batch(x, augment, rng) -> tuple:
    """Return two random views of every sample, and who belongs to whom.

    Each view is one call of `augment` on the untouched sample, with `rng` itself; the two views of a sample are drawn
    independently. What augment does to its argument does not harm x. The order of the calls is free.

    Allowed: the standard library, numpy, pandas, torch. The function is pure: it does not change x, and results are
    new. numpy's and torch's global generators are left alone. Printing and warnings cost nothing.

    Args:
        x: numpy array (B, ...) of float64, B >= 1; samples have one axis at least; perhaps read-only, in any memory
            layout.
        augment: `augment(sample, rng)` returns a float64 array of the sample's shape, which it draws from the generator
            it gets and does not change later.
        rng: a numpy.random.Generator.

    Returns:
        (views, partner). views: a float64 array (2B, ...): row i and row i + B are two views of x[i]. partner: ints
        (2B,): partner[i] = i + B and partner[i + B] = i; the integer dtype is free.

    >>> def shifted(sample, rng):
    ...     return sample + rng.integers(10)
    >>> views, partner = two_view_batch(np.zeros((2, 1)), shifted, np.random.default_rng(0))
    >>> views.shape, partner
    ((4, 1), array([2, 3, 0, 1]))
    """
    # TODO: call augment 2B times, each time on a copy of the sample.
    raise NotImplementedError("two_view_batch is not written yet")
