"""Inverted dropout: units that learn not to rely on each other."""

import numpy as np


def dropout(x, p, train, rng) -> np.ndarray:
    """Return x with each element set to 0 with probability p and the others scaled up, in training; x in evaluation.

    In training an element becomes 0 with probability p, and x / (1 - p) otherwise, so that its mean over many draws
    is x. Every element is decided by itself. In evaluation nothing is dropped and nothing is scaled.

    All randomness is drawn from `rng`: equal generators give equal results, and a second call with the same generator
    gives another result. There is no other source of randomness.

    Allowed: the standard library, numpy, pandas, torch. The function is pure: it changes neither x nor anything
    global. Printing and warnings cost nothing.

    Args:
        x: a float64 array of any shape, 0-d included, all finite; in any memory layout, possibly read-only.
        p: a float, the probability to be dropped. For 0 the result is x, for 1 it is zeros, without NaN.
        train: True in training, False in evaluation.
        rng: a numpy.random.Generator.

    Returns:
        A float64 array of x's shape; for a 0-d x, an np.float64 will do. Where it equals x (in evaluation, or for
        p = 0) it may be x itself, else it is new.

    Raises:
        ValueError: p is outside of [0, 1], in evaluation too.

    >>> dropout(np.array([1.0, -2.0, 3.0]), 0.5, False, np.random.default_rng(0)).tolist()
    [1.0, -2.0, 3.0]
    >>> dropout(np.array([1.0, -2.0, 3.0]), 0.0, True, np.random.default_rng(0)).tolist()
    [1.0, -2.0, 3.0]
    >>> sorted(set(dropout(np.full(100, 3.0), 0.25, True, np.random.default_rng(0)).tolist()))
    [0.0, 4.0]

    Closed: torch.dropout, torch.nn.functional.dropout.
    """
    # TODO: which elements are kept? A comparison of random numbers with p says it for all of them at once.
    raise NotImplementedError("dropout is not written yet")
