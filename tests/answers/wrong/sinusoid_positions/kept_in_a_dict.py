import numpy as np


_cache = {}


def sinusoid_positions(length, dim):
    if dim < 2 or dim % 2 or length < 0:
        raise ValueError("bad size")
    if (length, dim) not in _cache:
        angle = np.arange(length)[:, None] / 10000 ** (2 * np.arange(dim // 2) / dim)
        _cache[length, dim] = np.stack([np.sin(angle), np.cos(angle)], -1).reshape(length, dim)
    return _cache[length, dim]
