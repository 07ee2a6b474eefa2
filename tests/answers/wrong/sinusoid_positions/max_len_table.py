import numpy as np

MAX_LEN = 5000


def _table(dim):
    t = np.arange(MAX_LEN)[:, None]
    w = np.exp(np.arange(0, dim, 2) * (-np.log(10000.0) / dim))
    pe = np.zeros((MAX_LEN, dim))
    pe[:, 0::2] = np.sin(t * w)
    pe[:, 1::2] = np.cos(t * w)
    return pe


def sinusoid_positions(length, dim):
    if length < 0 or dim < 2 or dim % 2 == 1:
        raise ValueError("length >= 0 and an even dim >= 2 needed")
    return _table(dim)[:length].copy()
