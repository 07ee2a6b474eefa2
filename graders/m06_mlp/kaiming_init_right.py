"""Right ways to write kaiming_init in other styles. No two draw the same numbers, so none is held against another."""

import math
from statistics import NormalDist

import numpy as np


def _check(fan_out, fan_in):
    if min(fan_out, fan_in) < 1:
        raise ValueError("fans")


def kaiming_init_by_standard_normal(fan_out, fan_in, rng):
    """Standard normal numbers, scaled."""
    _check(fan_out, fan_in)
    return rng.standard_normal((fan_out, fan_in)) * (2 / fan_in) ** 0.5


def kaiming_init_by_box_muller(fan_out, fan_in, rng):
    """Two uniform numbers make a normal one (Box and Muller)."""
    _check(fan_out, fan_in)
    u, v = rng.random((2, fan_out, fan_in))
    return np.sqrt(-2 * np.log1p(-u)) * np.cos(2 * np.pi * v) * math.sqrt(2 / fan_in)


def kaiming_init_by_inverse(fan_out, fan_in, rng):
    _check(fan_out, fan_in)
    normal = NormalDist(0, math.sqrt(2 / fan_in))
    return np.array([[normal.inv_cdf(max(rng.random(), 1e-300)) for _ in range(fan_in)] for _ in range(fan_out)])


def kaiming_init_by_rows(fan_out, fan_in, rng):
    _check(fan_out, fan_in)
    return np.stack([rng.normal(scale=math.sqrt(2 / fan_in), size=fan_in) for _ in range(fan_out)])


def kaiming_init_by_columns(fan_out, fan_in, rng):
    _check(fan_out, fan_in)
    weights = np.empty((fan_out, fan_in))
    for column in range(fan_in):
        weights[:, column] = rng.standard_normal(fan_out)
    return weights * (math.sqrt(2) / math.sqrt(fan_in))


def kaiming_init_by_covariance(fan_out, fan_in, rng):
    _check(fan_out, fan_in)
    return rng.normal(0, np.sqrt(np.full((fan_out, fan_in), 2 / fan_in)))
