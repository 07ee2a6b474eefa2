import numpy as np


def two_view_batch(x, augment, rng):
    B = len(x)
    buf = np.empty(x.shape[1:])
    out = []
    for j in range(2 * B):
        buf[...] = x[j % B]
        out.append(augment(buf, rng))
    i = np.arange(B)
    return np.stack(out), np.concatenate([i + B, i])
