import numpy as np


def kaiming_init(fan_out, fan_in, rng):
    if fan_out < 1 or fan_in < 1:
        raise ValueError("fans")
    w = rng.standard_normal((fan_out, fan_in))
    w = (w - w.mean()) / w.std()
    return w * np.sqrt(2 / fan_in)
