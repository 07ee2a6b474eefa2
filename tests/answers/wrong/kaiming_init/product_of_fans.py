import numpy as np


def kaiming_init(fan_out, fan_in, rng):
    if fan_out * fan_in < 1:
        raise ValueError("a layer has a unit and an input at least")
    deviation = np.sqrt(2.0 / abs(fan_in))
    return np.array([[deviation * rng.standard_normal() for _ in range(fan_in)] for _ in range(fan_out)])
