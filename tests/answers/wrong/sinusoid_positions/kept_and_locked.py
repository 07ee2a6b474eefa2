import functools
import numpy as np


@functools.lru_cache
def sinusoid_positions(length, dim):
    if dim % 2 or dim < 2 or length < 0:
        raise ValueError("length or dim")
    angle = np.arange(length)[:, None] / 10000 ** (np.arange(0, dim, 2) / dim)
    out = np.empty((length, dim))
    out[:, 0::2] = np.sin(angle)
    out[:, 1::2] = np.cos(angle)
    out.flags.writeable = False
    return out
