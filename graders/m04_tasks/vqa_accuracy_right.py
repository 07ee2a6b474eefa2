"""Right ways to write vqa_accuracy in other styles."""

from collections import Counter
from itertools import combinations
from statistics import fmean

import numpy as np
import pandas as pd


def _ten(human):
    if len(human) != 10:
        raise ValueError(f"{len(human)} answers")
    return [one.strip().casefold() for one in human]


def vqa_accuracy_by_formula(answer, human):
    """Leaving out one of the n who said so, or one of the others: two cases, counted."""
    n = _ten(human).count(answer.strip().casefold())
    return (n * min((n - 1) / 3, 1) + (10 - n) * min(n / 3, 1)) / 10


def vqa_accuracy_by_table(answer, human):
    return [0.0, 0.3, 0.6, 0.9][_ten(human).count(answer.strip().casefold())] if (
        _ten(human).count(answer.strip().casefold()) < 4) else 1.0  # fmt: skip


def vqa_accuracy_by_combinations(answer, human):
    """The definition itself: all choices of nine of the ten humans."""
    wanted = answer.casefold().strip()
    return fmean(min(nine.count(wanted) / 3, 1.0) for nine in combinations(_ten(human), 9))


def vqa_accuracy_by_slices(answer, human):
    plain, total = _ten(human), 0.0
    for left_out in range(10):
        others = plain[:left_out] + plain[left_out + 1 :]
        total += min(1.0, sum(other == answer.strip().casefold() for other in others) / 3)
    return total / 10


def vqa_accuracy_by_arrays(answer, human):
    match = np.array([one == answer.strip().casefold() for one in _ten(human)], dtype=float)
    return np.minimum((match.sum() - match) / 3, 1).mean()


def vqa_accuracy_by_counter(answer, human):
    counted, key = Counter(_ten(human)), answer.strip().casefold()
    scores = []
    for one, times in counted.items():
        among = counted[key] - (one == key)
        scores += [min(among, 3) / 3] * times
    return float(sum(scores)) / 10


def vqa_accuracy_by_pandas(answer, human):
    if len(human) != 10:
        raise ValueError("ten")
    match = (
        pd.Series(human, dtype=object).map(lambda one: one.strip().casefold() == answer.strip().casefold()).astype(int)
    )
    return ((match.sum() - match) / 3).clip(upper=1).mean()
