import numpy as np


def kaiming_init(fan_out, fan_in, rng) -> np.ndarray:
    if fan_out < 1 or fan_in < 1:
        raise ValueError("fans")
    std = np.sqrt(2 / fan_in)
    w = rng.normal(0, std, (fan_out, fan_in))
    while (far := np.abs(w) > 2 * std).any():
        w[far] = rng.normal(0, std, far.sum())
    return w
    return rng.normal(0, np.sqrt(2 / fan_in), (fan_out, fan_in))
