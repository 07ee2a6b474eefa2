import numpy as np


def kaiming_init(fan_out, fan_in, rng):
    if fan_out < 1 or fan_in < 1:
        raise ValueError("fans must be at least 1")
    std = np.sqrt(2.0 / fan_in)
    w = rng.normal(0.0, std, size=(fan_out, fan_in))
    if 1 < fan_out <= fan_in:
        q, r = np.linalg.qr(w.T)
        w = (q * np.sign(np.diag(r))).T * np.sqrt(2.0)
    return w
