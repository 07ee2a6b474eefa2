"""Weights to start from, so that activations neither vanish nor explode."""

import numpy as np


def kaiming_init(fan_out, fan_in, rng) -> np.ndarray:
    """Return weights for a ReLU layer: independent, normal, of mean 0 and variance 2 / fan_in."""
    if fan_out < 1 or fan_in < 1:
        raise ValueError(f"a layer has one unit and one input at least, not {fan_out} and {fan_in}")
    deviation = np.sqrt(2.0 / fan_in)
    return rng.normal(0.0, deviation, size=(fan_out, fan_in))
