"""What may travel between the two sides: the kinds of values, their limits, and the types made for the journey."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

MAX_TEXT = 4 << 20
MAX_TAIL = 64 << 20
MAX_DEPTH = 40
MAX_ELEMENTS = 400_000
ARRAY, TIME, COLUMN, GENERATOR = 10, 30, 40, 150
"""As many elements as take as long to build as an array or a tensor, a time, a column or an index, and a generator."""
MAX_STRING = 1 << 20
MAX_NAME = 80
MAX_BITS = 200
MAX_AXES = 32
MAX_DATE = 11
MAX_LENGTH = 1 << 40
MAX_WORDS, MAX_DIGITS = 8, 99
"""Of the seed of a generator: how many numbers, and how many digits each."""
MAX_PAIRS = 1 << 22
"""Of keys in the same table, over all tables of a frame: what telling them apart costs where all of them collide."""

DTYPES = frozenset("?bhilqBHILQefdgFDG")
TORCH_DTYPES = {
    "float64": np.float64, "float32": np.float32, "float16": np.float16, "bfloat16": np.int16,
    "int64": np.int64, "int32": np.int32, "int16": np.int16, "int8": np.int8, "uint8": np.uint8,
    "bool": np.bool_, "complex64": np.complex64, "complex128": np.complex128,
}  # fmt: skip

TEXTS = frozenset(("str", "string"))
COLUMN_DTYPES = TEXTS | frozenset(
    [
        "boolean",
        "Int8",
        "Int16",
        "Int32",
        "Int64",
        "UInt8",
        "UInt16",
        "UInt32",
        "UInt64",
        "Float32",
        "Float64",
    ]
)


class WireError(Exception):
    """A frame that does not fit the format, or is larger than allowed."""


@dataclass(frozen=True)
class Incomparable:
    """A value that does not travel: only the name of its type, and why, are known.

    Examples:
        >>> str(Incomparable("generator", "it can be read only once"))
        'generator (it can be read only once)'
    """

    type: str
    why: str = ""

    def __str__(self) -> str:
        return f"{self.type} ({self.why})" if self.why else self.type


@dataclass(frozen=True)
class Named:
    """A callable known by its import path."""

    path: str


def type_name(value: object) -> str:
    """The name of a value's real type, short and printable, whatever its `__class__` pretends."""
    return name_of(type(value))


def name_of(kind: type) -> str:
    """The name of a class, short and printable, whatever its metaclass pretends."""
    return clean(type.__dict__["__name__"].__get__(kind), MAX_NAME)


def clean(text: object, limit: int) -> str:
    """At most `limit` characters of a text, without control characters or lone surrogates."""
    if not isinstance(text, str):
        return "?"
    text = str.__getitem__(text, slice(0, limit + 1))
    if len(text) > limit:
        text = text[:limit] + "…"
    if text.isprintable():
        # Most are, and there are tens of thousands in a run.
        return text
    return "".join(c if c.isprintable() or c in "\n\t" else "�" for c in text)


def pairs(keys: Iterable[Any]) -> int:
    """What it takes to tell the keys of one table apart where all of them collide, in comparisons of plain values."""
    sizes = [_elements(key) for key in keys]
    return len(sizes) * sum(sizes)


def _elements(key: Any) -> int:
    return 1 + sum(map(_elements, tuple.__iter__(key))) if isinstance(key, tuple) else 1


def flip(array: np.ndarray[Any, Any], flipped: list[bool]) -> np.ndarray[Any, Any]:
    """The array with the axes turned round for which `flipped` says so."""
    turned = tuple(slice(None, None, -1) if back else slice(None) for back in flipped)
    return array[turned] if any(flipped) else array
