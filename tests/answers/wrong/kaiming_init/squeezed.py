import numpy as np


def kaiming_init(fan_out, fan_in, rng):
    if fan_out < 1 or fan_in < 1:
        raise ValueError("a layer has one unit and one input at least")
    return np.squeeze(rng.normal(0, np.sqrt(2 / fan_in), (fan_out, fan_in)))
