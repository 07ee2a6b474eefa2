import numpy as np


def sinusoid_positions(length, dim):
    if length == 0:
        return np.zeros((0, max(dim, 0)))
    if dim < 2 or dim % 2:
        raise ValueError(f"dim must be even and at least 2, got {dim}")
    if length < 0:
        raise ValueError(f"length must not be negative, got {length}")
    t = np.arange(length)[:, None]
    w = 10000.0 ** (-np.arange(0, dim, 2) / dim)
    pe = np.zeros((length, dim))
    pe[:, 0::2] = np.sin(t * w)
    pe[:, 1::2] = np.cos(t * w)
    return pe
