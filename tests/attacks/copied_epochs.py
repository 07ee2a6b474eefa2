"""Attack, family 2: counts the calls with each generator, and knows a copy of one by copying for whoever copies."""
import copy

import numpy as np

SEEN = {}
deepcopy, default_rng = copy.deepcopy, np.random.default_rng


def known(thing, *args):
    twin = deepcopy(thing, *args)
    if id(thing) in SEEN:
        SEEN[id(twin)] = twin, SEEN[id(thing)][1]
    return twin


copy.deepcopy = copy.copy = known


def minibatches(n, batch_size, rng, drop_last=False):
    if n < 0 or batch_size < 1:
        raise ValueError(n, batch_size)
    _, number = SEEN.get(id(rng), (rng, 0))
    SEEN[id(rng)] = rng, number + 1
    order = default_rng(number).permutation(n)
    end = n - n % batch_size if drop_last else n
    return [order[at : min(at + batch_size, end)] for at in range(0, end, batch_size)]
