"""Inverted dropout: units that learn not to rely on each other."""

import numpy as np


def dropout(x, p, train, rng) -> np.ndarray:
    """Return x with each element set to 0 with probability p and the others scaled up, in training; x in evaluation."""
    if not 0 <= p <= 1:
        raise ValueError(f"p is a probability, and {p} is none")
    if not train:
        return x.copy()
    kept = rng.random(x.shape) >= p
    # For p = 1 nothing is kept, so numpy need not warn of the division.
    with np.errstate(divide="ignore"):
        return np.where(kept, x / (1 - p), 0.0)
