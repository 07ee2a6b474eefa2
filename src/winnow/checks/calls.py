"""Calls: the arguments a function is to be called with, before any function is called."""

from __future__ import annotations

import copy
import hashlib
import sys
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from winnow.worker import wire
from winnow.worker.observe import Request


@dataclass(frozen=True)
class Call:
    """Positional and keyword arguments of one call.

    Examples:
        >>> Call((3,), {"axis": 0}) == call(3, axis=0)
        True
    """

    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = field(default_factory=dict)


def call(*args: Any, **kwargs: Any) -> Call:
    """The call `f(*args, **kwargs)` of a function still to be named.

    Examples:
        >>> call([1, 2], delta=0.5)
        Call(args=([1, 2],), kwargs={'delta': 0.5})
    """
    return Call(args, kwargs)


def named(path: str) -> wire.Named:
    """A callable argument, known by its import path. How it is used, a driver can tell.

    Examples:
        >>> call(named("math.tanh"), 0.5)
        Call(args=(Named(path='math.tanh'), 0.5), kwargs={})
    """
    return wire.Named(path)


class GraderFaultError(Exception):
    """The check itself is at fault: it could not draw its inputs, send them, or find the right answers."""


@dataclass(frozen=True)
class Batch:
    """Calls of one function that travel together; encoded once, whoever is asked."""

    request: Request
    calls: Sequence[Call]

    @cached_property
    def body(self) -> bytes:
        """The frame that asks for them. Raises GraderFaultError where an argument does not travel."""
        asked = self.request
        extra: dict[str, Any] = {
            "op": "call",
            "requests": [[asked.function, asked.unchanged, asked.gradients, asked.alone, asked.new]] * len(self.calls),
        }
        if asked.driver:
            extra["driver"] = asked.driver
        try:
            values = [(tuple(_portable(arg) for arg in call.args), _portable(call.kwargs)) for call in self.calls]
            return wire.pack(values, extra, strict=True)
        except wire.StrangeError as error:
            raise GraderFaultError(self._strange(error.value)) from None

    def _strange(self, value: wire.Incomparable) -> str:
        """Which argument of which call does not travel."""
        for number, call in enumerate(self.calls, 1):
            places = [*((f"number {at}", arg) for at, arg in enumerate(call.args, 1)), *call.kwargs.items()]
            for place, arg in places:
                try:
                    wire.pack([_portable(arg)], strict=True)
                except wire.StrangeError as error:
                    return (
                        f"argument {place} of call {number} holds a {error.value}, which does not travel: use a driver"
                    )
        return f"its calls do not travel: {value}"

    @cached_property
    def digest(self) -> bytes:
        """Of the frame that asks for them."""
        return hashlib.sha256(self.body).digest()

    def fresh(self) -> list[tuple[tuple[Any, ...], dict[str, Any]]]:
        """The arguments as a worker would get them: copies that may be changed."""
        values = copy.deepcopy(self._arrived) if self._copied else self._unpacked()
        return [(args, kwargs) for args, kwargs in values]

    def _unpacked(self) -> list[Any]:
        values, _ = wire.unpack_frame(self.body, trusted=True)
        return values

    @cached_property
    def _arrived(self) -> list[Any]:
        return self._unpacked()

    @cached_property
    def _copied(self) -> bool:
        """Whether a copy of what has arrived once is as good: that of an array may lie otherwise in memory.

        To unpack a table takes thirty times as long as to copy it.
        """
        return all(_is_copied(value) for call in self.calls for value in (*call.args, *call.kwargs.values()))


def _is_copied(value: Any) -> bool:
    if wire.type_name(value) != "DataFrame":
        return isinstance(value, str | int | float | None)
    # A copy of a table has the very objects that are in it: what has no hash, as a list, may be changed in place.
    objects = (column for _, column in value.items() if column.dtype == object)
    return all(isinstance(one, Hashable) for column in objects for one in column)


def _portable(value: Any) -> Any:
    """The same argument with functions replaced by their import paths."""
    if isinstance(value, dict):
        return {key: _portable(item) for key, item in value.items()}
    if type(value) in (list, tuple):
        return type(value)(_portable(item) for item in value)
    if callable(value) and not isinstance(value, wire.Named | type):
        name = getattr(value, "__name__", type(value).__name__)
        for module in ("torch", "torch.nn.functional", "numpy", "math"):
            if getattr(sys.modules.get(module), name, None) is value:
                return wire.Named(f"{module}.{name}")
        raise wire.StrangeError(wire.Incomparable("function", f"{name} has no import path for named(...)"))
    return value
