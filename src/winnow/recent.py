"""A memory that stays small."""

from __future__ import annotations

from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Recent(dict[Key, Value], Generic[Key, Value]):
    """A dictionary with room for so many entries: when there is no more, the oldest is forgotten."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self._room = room

    def __setitem__(self, key: Key, value: Value) -> None:
        if key not in self and len(self) >= self._room:
            del self[next(iter(self))]
        super().__setitem__(key, value)
