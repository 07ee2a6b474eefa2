"""Right ways to write lie_factor in other styles."""

import math
from fractions import Fraction

import numpy as np


def _check(before, after, drawn_before, drawn_after, dimension):
    if dimension not in {1, 2, 3} or min(drawn_before, drawn_after) <= 0 or before == 0 or before == after:
        raise ValueError("no lie factor")


def lie_factor_by_ratios(data_before, data_after, drawn_before, drawn_after, dimension=1):
    """Relative changes as a ratio minus 1."""
    _check(data_before, data_after, drawn_before, drawn_after, dimension)
    return ((drawn_after / drawn_before) ** dimension - 1) * data_before / (data_after - data_before)


def lie_factor_by_fractions(data_before, data_after, drawn_before, drawn_after, dimension=1):
    """In exact fractions; only the last step rounds."""
    _check(data_before, data_after, drawn_before, drawn_after, dimension)
    a, b, c, d = map(Fraction, (data_before, data_after, drawn_before, drawn_after))
    return float(((d**dimension - c**dimension) / c**dimension) / ((b - a) / a))


def lie_factor_by_expm1(data_before, data_after, drawn_before, drawn_after, dimension=1):
    _check(data_before, data_after, drawn_before, drawn_after, dimension)
    seen = math.expm1(dimension * math.log(drawn_after / drawn_before))
    return seen / ((data_after - data_before) / data_before)


def lie_factor_by_arrays(data_before, data_after, drawn_before, drawn_after, dimension=1):
    _check(data_before, data_after, drawn_before, drawn_after, dimension)
    pairs = np.array([[drawn_before, drawn_after], [data_before, data_after]], dtype=np.float64)
    pairs[0] **= dimension
    seen, real = np.diff(pairs, axis=1)[:, 0] / pairs[:, 0]
    return seen / real


def lie_factor_by_products(data_before, data_after, drawn_before, drawn_after, dimension=1):
    _check(data_before, data_after, drawn_before, drawn_after, dimension)
    size_before = size_after = 1.0
    for _ in range(dimension):
        size_before *= drawn_before
        size_after *= drawn_after
    return (size_after - size_before) * data_before / (size_before * (data_after - data_before))


def lie_factor_by_inner_function(data_before, data_after, drawn_before, drawn_after, dimension=1):
    def change(before, after):
        return (after - before) / before

    if dimension != 1 and dimension != 2 and dimension != 3:
        raise ValueError("dimension")
    if not (drawn_before > 0 and drawn_after > 0):
        raise ValueError("length")
    try:
        return change(drawn_before**dimension, drawn_after**dimension) / change(data_before, data_after)
    except ZeroDivisionError:
        raise ValueError("data") from None
