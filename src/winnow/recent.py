"""A memory that stays small."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")

ENTRY = 200
"""Bytes of an entry whose value takes next to none."""


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
