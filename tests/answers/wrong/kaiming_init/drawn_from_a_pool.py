import numpy as np


def kaiming_init(fan_out, fan_in, rng):
    if fan_out < 1 or fan_in < 1:
        raise ValueError("a layer has a unit and an input at least")
    pool = rng.normal(0.0, np.sqrt(2.0 / fan_in), size=fan_out * fan_in)
    return rng.choice(pool, size=(fan_out, fan_in))
