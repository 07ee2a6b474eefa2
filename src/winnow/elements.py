"""How many plain values a value holds: what whoever goes through it one by one has to do."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

TEXT = 64
"""So many letters are read as fast as one value is looked at."""


def elements(value: object) -> int:
    """How many plain values a value holds, itself included: as many as whoever goes through it one by one will meet."""
    total, waiting = 0, [value]
    torch, pandas = sys.modules.get("torch"), sys.modules.get("pandas")
    while waiting:
        one: Any = waiting.pop()
        total += 1
        if isinstance(one, str | bytes):
            total += len(one) // TEXT
        elif isinstance(one, list | tuple):
            waiting.extend(one)
        elif isinstance(one, dict):
            waiting.extend(one)
            waiting.extend(one.values())
        elif isinstance(one, np.ndarray):
            total += one.size
            waiting.extend(one.ravel().tolist() if one.dtype == object else ())
        elif torch is not None and isinstance(one, torch.Tensor):
            total += 0 if one.is_meta else one.numel()
        elif pandas is not None and isinstance(one, pandas.DataFrame):
            total += one.size + one.shape[1]
            waiting.append(one.index)
        elif pandas is not None and isinstance(one, pandas.MultiIndex):
            total += len(one) * one.nlevels
        elif pandas is not None and isinstance(one, pandas.Series | pandas.Index):
            total += len(one)
            waiting.extend([one.index] if isinstance(one, pandas.Series) else ())
    return total
