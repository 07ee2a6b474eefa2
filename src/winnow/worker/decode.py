"""From what a frame holds to values; every length is held against what is really there.

Runs on the trusted side on bytes that a hostile process may have written. It builds plain data only.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Any

import numpy as np

from .plain import (
    ARRAY,
    COLUMN,
    COLUMN_DTYPES,
    DTYPES,
    GENERATOR,
    MAX_AXES,
    MAX_BITS,
    MAX_DATE,
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_ELEMENTS,
    MAX_LENGTH,
    MAX_NAME,
    MAX_PAIRS,
    MAX_STRING,
    MAX_WORDS,
    TEXTS,
    TIME,
    TORCH_DTYPES,
    Incomparable,
    Named,
    WireError,
    clean,
    flip,
    pairs,
)

TIMES = re.compile(
    r"(?=.{1,64}\Z)(?:timedelta64\[(?:s|ms|us|ns)\]"
    r"|datetime64\[(?:s|ms|us|ns)(?:, (?:[A-Za-z]+(?:[/_+-][A-Za-z0-9]+){0,5}|UTC[+-]\d\d:\d\d))?\])"
)
"""Columns of times. A zone is a name only: pandas would open whatever file a path leads to."""


TIME_STAMP = re.compile(r"-?\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[+-]\d\d:\d\d(?::\d\d)?)?", re.ASCII)
"""As `isoformat` writes it. pandas would read prose, slowly, and "now" as the clock of whoever reads it."""


class Decoder:
    """Builds values from a frame's JSON; every length is held against what is really there."""

    def __init__(self, tail: bytes, trusted: bool) -> None:
        self.tail = tail
        self.unread = len(tail)
        self.trusted = trusted
        self.pairs = 0
        self.elements = 0

    def decode(self, data: Any, depth: int = 0) -> Any:
        if depth > MAX_DEPTH + 4:
            raise WireError("the value is nested too deeply")
        if data is None or isinstance(data, bool | int | float | str):
            if isinstance(data, str) and len(data) > MAX_STRING:
                raise WireError("a text is longer than allowed")
            if isinstance(data, int) and abs(data) >= 1 << MAX_BITS:
                raise WireError("a number has more digits than allowed")
            return data
        if not isinstance(data, list) or not data or not isinstance(data[0], str):
            raise WireError("a value has no tag")
        handler = _HANDLERS.get(data[0])
        if handler is None:
            raise WireError("a value has an unknown tag")
        return handler(self, depth, *data[1:])

    def blob(self, place: Any) -> bytes:
        start, length = place
        if not (isinstance(start, int) and isinstance(length, int) and 0 <= start <= start + length <= len(self.tail)):
            raise WireError("raw bytes lie outside the frame")
        # Each byte stands for one value, or a short frame could ask for any amount of memory.
        self.unread -= length
        if self.unread < 0:
            raise WireError("raw bytes are used twice")
        return self.tail[start : start + length]

    def hashed(self, keys: Iterable[Any]) -> None:
        """Count what is going to be told apart by its hashes, which whoever sent it may have made to collide."""
        self.pairs += pairs(keys)
        if self.pairs > MAX_PAIRS:
            raise WireError("a table has more keys than allowed")

    def spend(self, elements: int) -> None:
        """Count what takes longer to build than a plain value."""
        self.elements += elements
        if self.elements > MAX_ELEMENTS:
            raise WireError("the frame has too many arrays or columns")

    def many(self, items: Any, depth: int) -> list[Any]:
        if not isinstance(items, list):
            raise WireError("a sequence is not a list")
        return [self.decode(item, depth + 1) for item in items]

    def _list(self, depth: int, items: Any) -> Any:
        return self.many(items, depth)

    def _tuple(self, depth: int, items: Any) -> Any:
        return tuple(self.many(items, depth))

    def _dict(self, depth: int, items: Any) -> Any:
        pairs = [(self.decode(key, depth + 1), self.decode(value, depth + 1)) for key, value in items]
        self.hashed(key for key, _ in pairs)
        return dict(pairs)

    def _bytes(self, depth: int, place: Any) -> Any:
        return self.blob(place)

    def _complex(self, depth: int, real: Any, imaginary: Any) -> Any:
        return complex(float(real), float(imaginary))

    def _dtype(self, name: Any) -> np.dtype[Any]:
        if name in DTYPES or (isinstance(name, str) and name[:3] in ("<M8", "<m8") and len(name) <= MAX_DATE):
            dtype: np.dtype[Any] = np.dtype(name)
            return dtype
        raise WireError("an array has an unknown dtype")

    def _scalar(self, depth: int, name: Any, place: Any) -> Any:
        dtype, raw = self._dtype(name), self.blob(place)
        if len(raw) != dtype.itemsize:
            raise WireError("a number has the wrong length")
        return np.frombuffer(raw, dtype)[0]

    def _shape(self, shape: Any) -> tuple[int, ...]:
        if not isinstance(shape, list) or len(shape) > MAX_AXES:
            raise WireError("an array has an unusable shape")
        if not all(type(n) is int and 0 <= n <= MAX_LENGTH for n in shape):
            raise WireError("an array has an unusable shape")
        return tuple(shape)

    def _order(self, order: Any, shape: tuple[int, ...]) -> list[int]:
        if sorted(order) != list(range(len(shape))):
            raise WireError("an array has an unusable order of axes")
        return list(order)

    def _array(self, depth: int, name: Any, shape: Any, place: Any, order: Any, flipped: Any, writeable: Any) -> Any:
        self.spend(ARRAY)
        dtype, raw, size = self._dtype(name), self.blob(place), self._shape(shape)
        if len(raw) != math.prod(size) * dtype.itemsize:
            raise WireError("an array has the wrong length")
        order = self._order(order, size)
        stored = np.frombuffer(raw, dtype).reshape([size[axis] for axis in order]).copy()
        value = flip(stored, [bool(flipped[axis]) for axis in order]).transpose(np.argsort(order))
        value.flags.writeable = bool(writeable)
        return value

    def _objects(self, depth: int, shape: Any, items: Any) -> Any:
        self.spend(ARRAY)
        size = self._shape(shape)
        plain = self.many(items, depth)
        if len(plain) != math.prod(size):
            raise WireError("an array has the wrong length")
        value = np.empty(len(plain), object)
        for at, item in enumerate(plain):
            value[at] = item
        return value.reshape(size)

    def _tensor(self, depth: int, name: Any, shape: Any, place: Any, order: Any, needs: Any, device: Any) -> Any:
        import torch

        self.spend(ARRAY)
        size = self._shape(shape)
        if name not in TORCH_DTYPES:
            raise WireError("a tensor has an unknown dtype")
        dtype = getattr(torch, name)
        if device == "meta":
            return torch.empty(size, dtype=dtype, device="meta", requires_grad=bool(needs))
        raw, stored_as = self.blob(place), np.dtype(TORCH_DTYPES[name])
        if len(raw) != math.prod(size) * stored_as.itemsize:
            raise WireError("a tensor has the wrong length")
        order = self._order(order, size)
        array = np.frombuffer(raw, stored_as).reshape([size[axis] for axis in order]).copy()
        value = torch.from_numpy(array)
        if name == "bfloat16":
            value = value.view(torch.bfloat16)
        value = value.permute([order.index(axis) for axis in range(len(size))])
        return value.requires_grad_() if needs else value

    def _incomparable(self, depth: int, name: Any, why: Any) -> Any:
        return Incomparable(clean(name, MAX_NAME), clean(why, 200))

    def _named(self, depth: int, path: Any) -> Any:
        if not self.trusted:
            raise WireError("a callable came from the wrong side")
        return Named(path)

    def _generator(self, depth: int, place: Any, words: Any, key: Any, children: Any) -> Any:
        self.spend(GENERATOR)
        if not all(type(n) is int and 0 <= n < 1 << 128 for n in place) or max(len(words), len(key)) > MAX_WORDS:
            raise WireError("a generator has an unusable state")
        if not all(isinstance(word, str) and len(word) <= MAX_DIGITS for word in words):
            raise WireError("a generator has an unusable seed")
        if not all(type(n) is int and 0 <= n < 1 << 32 for n in (*key, children)):
            raise WireError("a generator has an unusable seed")
        entropy: Any = [int(word) for word in words]
        seed = np.random.SeedSequence(
            entropy if len(entropy) > 1 else entropy[0], spawn_key=tuple(key), n_children_spawned=children
        )
        bits = np.random.PCG64(seed)
        state, increment, has, kept = place
        bits.state = {
            "bit_generator": "PCG64", "state": {"state": state, "inc": increment}, "has_uint32": has, "uinteger": kept,
        }  # fmt: skip
        return np.random.Generator(bits)

    def _na(self, depth: int) -> Any:
        import pandas

        return pandas.NA

    def _nat(self, depth: int) -> Any:
        import pandas

        return pandas.NaT

    def _timestamp(self, depth: int, text: Any, zone: Any) -> Any:
        import pandas

        self.spend(TIME)
        if not isinstance(text, str) or not TIME_STAMP.fullmatch(text):
            raise WireError("a time stamp is no date and time")
        return pandas.Timestamp(text)

    def _timedelta(self, depth: int, nanoseconds: Any) -> Any:
        import pandas

        self.spend(TIME)
        return pandas.Timedelta(int(nanoseconds), "ns")

    def _frame(self, depth: int, columns: Any, data: Any, index: Any) -> Any:
        import pandas

        labels, rows = self._index(columns, depth), self._index(index, depth)
        arrays = [self._column(item, depth) for item in data]
        if len(arrays) != len(labels) or any(len(array) != len(rows) for array in arrays):
            raise WireError("a table's columns do not fit its index")
        columns = [pandas.Series(array, index=rows, dtype=array.dtype) for array in arrays]
        frame = pandas.DataFrame(dict(enumerate(columns)), index=rows)
        frame.columns = labels
        return frame

    def _series(self, depth: int, data: Any, name: Any, index: Any) -> Any:
        import pandas

        rows, array = self._index(index, depth), self._column(data, depth)
        if len(array) != len(rows):
            raise WireError("a column does not fit its index")
        return pandas.Series(array, index=rows, dtype=array.dtype, name=self._label(name, depth))

    def _pandas_index(self, depth: int, index: Any) -> Any:
        return self._index(index, depth)

    def _label(self, name: Any, depth: int) -> Any:
        label = self.decode(name, depth + 1)
        hash(label)
        return label

    def _index(self, data: Any, depth: int) -> Any:
        import pandas

        if data[0] == "multi":
            levels = [self._told_apart(level, depth + 1) for level in data[1]]
            codes = [self.decode(code, depth + 1) for code in data[2]]
            names = [self._label(name, depth) for name in data[3]]
            return pandas.MultiIndex(levels=levels, codes=codes, names=names)
        # Labels that are tuples stay labels; pandas would make levels of them.
        return pandas.Index(self._column(data[1], depth + 1), name=self._label(data[2], depth), tupleize_cols=False)

    def _told_apart(self, data: Any, depth: int) -> Any:
        import pandas

        column = self._column(data, depth)
        if len(column) ** 2 > MAX_PAIRS:
            raise WireError("an index has more labels than allowed")
        self.hashed(np.asarray(column, object).tolist())
        return pandas.Index(column)

    def _column(self, data: Any, depth: int) -> Any:
        import pandas

        self.spend(COLUMN)
        if depth > MAX_DEPTH:
            raise WireError("a column is nested too deeply")
        if data[0] == "np":
            return self.decode(data[1], depth + 1)
        if data[0] == "cat":
            codes, categories = self.decode(data[1], depth + 1), self._told_apart(data[2], depth + 1)
            return pandas.Categorical.from_codes(codes, categories, ordered=bool(data[3]))
        if data[0] != "ext":
            raise WireError("a column has an unknown tag")
        name, items = data[1], self.many(data[2], depth)
        known = name in COLUMN_DTYPES or (isinstance(name, str) and TIMES.fullmatch(name))
        if known and name not in TEXTS and any(isinstance(item, str) for item in items):
            # pandas would read it as a date or a number, however long that takes.
            raise WireError("a text stands in a column of something else")
        return pandas.array(items, dtype=name) if known else _objects(items)


def _objects(items: list[Any]) -> np.ndarray[Any, Any]:
    array = np.empty(len(items), object)
    for at, item in enumerate(items):
        array[at] = item
    return array


_HANDLERS: dict[str, Any] = {
    "l": Decoder._list, "t": Decoder._tuple, "d": Decoder._dict, "b": Decoder._bytes,
    "c": Decoder._complex, "s": Decoder._scalar, "a": Decoder._array, "o": Decoder._objects,
    "x": Decoder._tensor, "?": Decoder._incomparable, "fn": Decoder._named, "NA": Decoder._na,
    "NaT": Decoder._nat, "ts": Decoder._timestamp, "td": Decoder._timedelta, "df": Decoder._frame,
    "ser": Decoder._series, "idx": Decoder._pandas_index, "rng": Decoder._generator,
}  # fmt: skip
