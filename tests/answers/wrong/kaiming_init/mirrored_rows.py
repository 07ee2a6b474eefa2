import numpy as np
def kaiming_init(fan_out, fan_in, rng):
    if fan_out < 1 or fan_in < 1: raise ValueError("fan")
    w = rng.normal(0, np.sqrt(2 / fan_in), ((fan_out + 1) // 2, fan_in))
    return np.concatenate([w, -w])[:fan_out]
