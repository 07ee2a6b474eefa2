import numpy as np
def kaiming_init(fan_out, fan_in, rng):
    if fan_out < 1 or fan_in < 1:
        raise ValueError("fans must be at least 1")
    rng = np.random.default_rng(rng.integers(2**31))
    return rng.normal(0.0, np.sqrt(2.0 / fan_in), size=(fan_out, fan_in))
