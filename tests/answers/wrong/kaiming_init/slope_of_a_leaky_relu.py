import numpy as np


def kaiming_init(fan_out, fan_in, rng) -> np.ndarray:
    if fan_out < 1 or fan_in < 1:
        raise ValueError("fans")
    return rng.normal(0, np.sqrt(2 / (1 + 0.2 ** 2) / fan_in), (fan_out, fan_in))
