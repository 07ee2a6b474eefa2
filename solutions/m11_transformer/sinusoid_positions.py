"""Where a token stands, as sines and cosines."""

import numpy as np


def sinusoid_positions(length, dim) -> np.ndarray:
    """Return the positions of a Transformer: PE[t, 2i] = sin(t / 10000^(2i/dim)), PE[t, 2i+1] = cos of the same."""
    if dim < 2 or dim % 2:
        raise ValueError(f"dim is even and 2 or more, not {dim}")
    if length < 0:
        raise ValueError(f"there are no {length} positions")
    exponents = np.arange(0, dim, 2) / dim
    angles = np.arange(length)[:, None] / 10000.0**exponents
    table = np.empty((length, dim))
    table[:, 0::2] = np.sin(angles)
    table[:, 1::2] = np.cos(angles)
    return table
