import numpy as np


def kaiming_init(fan_out, fan_in, rng) -> np.ndarray:
    if fan_out < 1 or fan_in < 1:
        raise ValueError("fans")
    return rng.standard_normal((fan_out, fan_in)) * np.sqrt(2) / fan_in
