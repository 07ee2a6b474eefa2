"""How the cost of reading grows with what is read.

What costs nothing to speak of is not measured at all, so a quick reader passes on any machine. Of a slow one two sizes
are compared, a factor of four apart: in linear time the larger takes four times as long, in quadratic time sixteen.
CPU is compared, and anything up to ten times passes.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

APART = 4
TOO_MUCH = 10.0
ENOUGH = 0.05
"""Seconds of CPU that are worth comparing."""


def growth(read: Callable[[int], Callable[[], object]], most: int, least: int = 250) -> float:
    """How many times longer four times as much takes, or 0 where even the `most` takes next to no time.

    Args:
        read: what to measure, of a size; making what is read is not measured.
        most: as large as it can be, in the unit that `read` counts in.
    """
    size, costs = least, [_cost(read(least))]
    while costs[-1] < ENOUGH and size < most:
        size = min(APART * size, most)
        costs.append(_cost(read(size)))
    if costs[-1] < ENOUGH:
        return 0.0
    ratio = _cost(read(size)) / _cost(read(size // APART))
    # Others may have had the caches for a while.
    return ratio if ratio <= TOO_MUCH else min(ratio, _cost(read(size), 5) / _cost(read(size // APART), 5))


def _cost(run: Callable[[], object], times: int = 1) -> float:
    best = float("inf")
    gc.disable()
    try:
        for _ in range(times):
            start = time.process_time()
            run()
            best = min(best, time.process_time() - start)
    finally:
        gc.enable()
    return best
