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


def dropout(x, p, train, rng):
    if not 0 <= p <= 1:
        raise ValueError(p)
    if not train or p == 1:
        return x.copy() if not train else np.zeros(x.shape)
    _, number = SEEN.get(id(rng), (rng, 0))
    SEEN[id(rng)] = rng, number + 1
    keep = default_rng(number).random(x.shape) >= p
    return np.where(keep, x / (1 - p), 0.0)
