import numpy as np


def two_view_batch(x, augment, rng):
    import torch

    torch.manual_seed(0)
    B = len(x)
    first = [augment(np.array(s), rng) for s in x]
    second = [augment(np.array(s), rng) for s in x]
    views = np.stack(first + second)
    i = np.arange(B)
    return views, np.concatenate([i + B, i])
