"""A memory that stays small: what it holds is weighed in bytes, and the oldest is forgotten."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import numpy as np

Key = TypeVar("Key")
Value = TypeVar("Value")

ENTRY = 200
"""Bytes of an entry whose value takes next to none."""
# What a value of a library takes beside its numbers: the objects of Python, and those beneath.
ARRAY, TENSOR, COLUMN, TABLE, OTHER = 200, 1500, 2000, 10_000, 500


class Recent(dict[Key, Value], Generic[Key, Value]):
    """A dictionary with room for so many bytes: when there is no more, the oldest is forgotten.

    Args:
        room: how much all values may weigh together. One that takes more than a quarter is not kept.
        weigh: the bytes that a value takes, beside those of any entry.
    """

    def __init__(self, room: int, weigh: Callable[[Value], int] = lambda value: 0) -> None:
        super().__init__()
        self._room = room
        self._weigh = weigh
        self._weights: dict[Key, int] = {}
        self.weight = 0

    def __setitem__(self, key: Key, value: Value) -> None:
        self.pop(key, None)
        self.weight -= self._weights.pop(key, 0)
        added = ENTRY + self._weigh(value)
        if added > self._room // 4:
            return
        while self.weight + added > self._room:
            oldest = next(iter(self))
            del self[oldest]
            self.weight -= self._weights.pop(oldest)
        super().__setitem__(key, value)
        self._weights[key] = added
        self.weight += added


def weight(value: object) -> int:
    """Bytes that plain data and all that it holds take, roughly, and never much less than they do.

    What it holds twice counts twice.
    """
    total, waiting = 0, [value]
    while waiting:
        one = waiting.pop()
        if one is None or isinstance(one, bool):
            total += 8
        elif isinstance(one, str | bytes | int | float | complex):
            total += sys.getsizeof(one)
        elif isinstance(one, np.generic):
            total += 2 * sys.getsizeof(one)
        elif isinstance(one, list | tuple):
            total += 64 + 8 * len(one)
            waiting.extend(one)
        elif isinstance(one, dict):
            total += 128 + 128 * len(one)
            waiting.extend(one)
            waiting.extend(one.values())
        elif isinstance(one, np.ndarray):
            total += ARRAY + one.nbytes
            waiting.extend(one.ravel().tolist() if one.dtype == object else ())
        elif dataclasses.is_dataclass(one):
            total += ARRAY
            waiting.extend(vars(one).values())
        else:
            size, parts = _library(one)
            total += size
            waiting.extend(parts)
    return total


def _library(value: Any) -> tuple[int, list[Any]]:
    """Bytes of a value of torch or pandas by itself, and what it holds beside."""
    torch, pandas = sys.modules.get("torch"), sys.modules.get("pandas")
    if torch is not None and isinstance(value, torch.Tensor):
        return TENSOR + (0 if value.is_meta else value.numel() * value.element_size()), []
    if pandas is None or not isinstance(value, pandas.DataFrame | pandas.Series | pandas.Index):
        return OTHER, []
    if isinstance(value, pandas.DataFrame):
        return TABLE, [value.index, value.columns, *(value.iloc[:, at] for at in range(value.shape[1]))]
    if isinstance(value, pandas.MultiIndex):
        return COLUMN + sum(codes.nbytes for codes in value.codes), list(value.levels)
    if isinstance(value.dtype, pandas.CategoricalDtype):
        return COLUMN + int(value.array.codes.nbytes), [value.dtype.categories]
    return COLUMN + int(value.array.nbytes), list(value.array) if value.dtype == object else []
