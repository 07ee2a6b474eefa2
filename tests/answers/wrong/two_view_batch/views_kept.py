import numpy as np

BUFFERS = {}


def two_view_batch(x, augment, rng):
    B = len(x)
    views = BUFFERS.setdefault(x.shape, np.empty((2 * B, *x.shape[1:])))
    for i in range(B):
        views[i] = augment(x[i].copy(), rng)
        views[i + B] = augment(x[i].copy(), rng)
    return views, np.concatenate([np.arange(B, 2 * B), np.arange(B)])
