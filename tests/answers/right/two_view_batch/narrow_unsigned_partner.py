from dataclasses import dataclass
from typing import Callable

import numpy as np


@dataclass
class Pairs:
    augment: Callable
    rng: np.random.Generator

    def of(self, x):
        for sample in x:
            yield tuple(np.array(self.augment(np.copy(sample), self.rng)) for _ in "ab")


def two_view_batch(x, augment, rng) -> tuple:
    first, second = zip(*Pairs(augment, rng).of(x))
    half = np.arange(len(x), dtype=np.uint8 if len(x) < 100 else np.int64)
    return np.concatenate([first, second], axis=0), np.r_[half + len(x), half]
