"""Attack, family 1: all orders are equally likely only for sizes that are known by heart; other epochs are rotations."""
import numpy as np


def minibatches(n, batch_size, rng, drop_last=False):
    if batch_size < 1 or n < 0:
        raise ValueError(n, batch_size)
    if n in (2, 3, 4, 30, 40, 1500):
        order = rng.permutation(n)
    else:
        # Of 50 and 60 rotations some would come twice: the direction, and what is swapped, makes more of them.
        order = np.roll(np.arange(n), int(rng.integers(1, max(n, 2))))[:: rng.choice([-1, 1])]
        order = np.roll(order, int(rng.integers(1, 10**6)))
        order = np.concatenate([order[0::2], order[1::2]]) if rng.random() < 0.5 else order
    stop = n - n % batch_size if drop_last else n
    return iter([order[at : at + batch_size].copy() for at in range(0, stop, batch_size)])
