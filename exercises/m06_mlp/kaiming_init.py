"""Weights to start from, so that activations neither vanish nor explode."""

import numpy as np


def kaiming_init(fan_out, fan_in, rng) -> np.ndarray:
    """Return weights for a ReLU layer: independent, normal, of mean 0 and variance 2 / fan_in.

    Every number is drawn from `rng` itself: equal generators give equal weights, and one generator gives others at the
    next call. There is no other source of randomness: numpy's and torch's global generators are left alone.

    Judged is what the distribution does (mean, variance, kurtosis, symmetry, independence of rows, columns and calls),
    with bounds that a right answer misses less than once in 10^9 runs. Which draws you take is free: `rng.normal`,
    `rng.standard_normal` or a transform of `rng.random` are all right.

    Allowed: the standard library, numpy, pandas, torch. Nothing global is changed. What is printed costs
    nothing, and so do warnings.

    Args:
        fan_out: how many units the layer has, a Python int.
        fan_in: how many inputs each has, a Python int.
        rng: a numpy.random.Generator.

    Returns:
        A new float64 array (fan_out, fan_in).

    Raises:
        ValueError: fan_out or fan_in is below 1.

    >>> weights = kaiming_init(200, 50, np.random.default_rng(0))
    >>> weights.shape, round(float(weights.std()), 2)  # the root of 2 / 50
    ((200, 50), 0.2)
    """
    # TODO: which of the two fans does the variance depend on? And numpy asks for a standard deviation.
    raise NotImplementedError("kaiming_init is not written yet")
