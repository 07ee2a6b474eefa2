import numpy as np


def two_view_batch(x, augment, rng) -> tuple:
    B = len(x)
    views = np.stack([augment(s.copy(), rng) for _ in range(2) for s in x])
    partner = np.concatenate([np.arange(B), np.arange(B)])
    return views, partner
