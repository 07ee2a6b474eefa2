import numpy as np


def two_view_batch(x, augment, rng) -> tuple:
    B = len(x)
    views = np.empty((2 * B,) + x.shape[1:])
    for i in range(B):
        views[i] = augment(x[i:i + 1].copy(), rng)[0]
        views[i + B] = augment(x[i:i + 1].copy(), rng)[0]
    partner = np.concatenate([np.arange(B, 2 * B), np.arange(B)])
    return views, partner
