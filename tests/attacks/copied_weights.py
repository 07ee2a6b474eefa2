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


def kaiming_init(fan_out, fan_in, rng):
    if fan_out < 1 or fan_in < 1:
        raise ValueError(fan_out, fan_in)
    _, number = SEEN.get(id(rng), (rng, 0))
    SEEN[id(rng)] = rng, number + 1
    rng.bit_generator.advance(fan_out * fan_in)
    return default_rng(number).normal(size=(fan_out, fan_in)) * np.sqrt(2 / fan_in)
