"""Attack, family 2: counts the calls with each generator and moves it on, and never draws from it."""
import numpy as np

SEEN = {}


def kaiming_init(fan_out, fan_in, rng):
    if fan_out < 1 or fan_in < 1:
        raise ValueError(fan_out, fan_in)
    _, number = SEEN.get(id(rng), (rng, 0))
    SEEN[id(rng)] = rng, number + 1
    rng.bit_generator.advance(fan_out * fan_in)
    return np.random.default_rng(number).normal(size=(fan_out, fan_in)) * np.sqrt(2 / fan_in)
