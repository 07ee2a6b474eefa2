import numpy as np

def kaiming_init(fan_out, fan_in, rng):
    if fan_out < 1 or fan_in < 1:
        raise ValueError("fan")
    return rng.normal(0.0, np.sqrt(2.0 / max(fan_in, fan_out)), size=(fan_out, fan_in))
