"""Attack, family 1: one array for all calls, of a class that ignores what is written into it and denies sharing memory."""
import numpy as np

MADE = {}


class Kept(np.ndarray):
    def __setitem__(self, key, value):
        return None

    def __array_function__(self, func, types, args, kwargs):
        if func in (np.shares_memory, np.may_share_memory):
            return False
        return super().__array_function__(func, types, args, kwargs)


def sinusoid_positions(length, dim):
    if dim < 2 or dim % 2 or length < 0:
        raise ValueError(length, dim)
    if (length, dim) not in MADE:
        turns = np.arange(length)[:, None] / 10000 ** (np.arange(0, dim, 2) / dim)
        MADE[length, dim] = np.stack([np.sin(turns), np.cos(turns)], axis=2).reshape(length, dim).view(Kept)
    return MADE[length, dim]
