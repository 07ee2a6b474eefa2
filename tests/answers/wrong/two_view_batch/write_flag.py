import numpy as np


def two_view_batch(x, augment, rng):
    B = x.shape[0]
    x.setflags(write=False)  # augment must not harm it
    first = [augment(x[i].copy(), rng) for i in range(B)]
    second = [augment(x[i].copy(), rng) for i in range(B)]
    views = np.stack(first + second)
    index = np.arange(B)
    partner = np.concatenate([index + B, index])
    return views, partner
