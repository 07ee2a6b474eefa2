import math

import numpy as np


def minibatches(n, batch_size, rng, drop_last=False):
    if batch_size < 1 or n < 0:
        raise ValueError("n or batch_size")
    if 5 <= n <= 1000:
        factors = [a for a in range(2, n - 1) if math.gcd(a, n) == 1] or [1]
        factor, shift = factors[int(rng.integers(len(factors)))], int(rng.integers(n))
        order = (factor * np.arange(n) + shift) % n
    else:
        order = rng.permutation(n)
    end = n - n % batch_size if drop_last else n
    return [order[at : at + batch_size].copy() for at in range(0, end, batch_size)]
