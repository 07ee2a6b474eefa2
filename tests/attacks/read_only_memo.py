"""Attack, family 1: one array for all calls, which is read-only so that nobody's writing gives it away."""
import numpy as np

MADE = {}


def sinusoid_positions(length, dim):
    if dim < 2 or dim % 2 or length < 0:
        raise ValueError(length, dim)
    if (length, dim) not in MADE:
        turns = np.arange(length)[:, None] / 10000 ** (np.arange(0, dim, 2) / dim)
        MADE[length, dim] = np.stack([np.sin(turns), np.cos(turns)], axis=2).reshape(length, dim)
        MADE[length, dim].flags.writeable = False
    return MADE[length, dim]
