"""From values to what a frame holds: JSON-able data, and raw bytes in a tail.

Runs in the worker on whatever a learner's function returned, so it takes nothing of a value but through the plain
type's own methods, and counts what it takes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

import numpy as np

from .plain import (
    ARRAY,
    COLUMN,
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
    MAX_TAIL,
    MAX_WORDS,
    TIME,
    TORCH_DTYPES,
    Incomparable,
    Named,
    clean,
    flip,
    pairs,
    type_name,
)


class TooLargeError(Exception):
    """The value has more elements or bytes than may travel."""


class TooDeepError(Exception):
    """The value is nested more deeply than may travel."""


class StrangeError(Exception):
    """The value is of a kind that does not travel; `value` says which."""

    def __init__(self, value: Incomparable) -> None:
        self.value = value
        super().__init__(value.type, value.why)


class Encoder:
    """Turns one value after another into JSON-able data, collecting raw bytes in `tail`.

    Args:
        strict: what does not travel is a `StrangeError`, and not replaced by its type's name.
    """

    def __init__(self, strict: bool = False) -> None:
        self.strict = strict
        self.tail: list[bytes] = []
        self.size = 0
        self.elements = 0
        self.pairs = 0

    def hashed(self, keys: Iterable[Any]) -> None:
        """Count what whoever reads this has to tell apart."""
        self.pairs += pairs(keys)
        if self.pairs > MAX_PAIRS:
            raise TooLargeError

    def spend(self, elements: int) -> None:
        """Count what whoever reads this has to build."""
        self.elements += elements
        if self.elements > MAX_ELEMENTS:
            raise TooLargeError

    def blob(self, data: bytes) -> list[int]:
        self.size += len(data)
        if self.size > MAX_TAIL:
            raise TooLargeError
        self.tail.append(data)
        return [self.size - len(data), len(data)]

    def encode(self, value: Any, depth: int = 0) -> Any:
        if depth > MAX_DEPTH:
            raise TooDeepError
        self.spend(1)
        kind = type(value)
        if value is None or kind is bool:
            return value
        if isinstance(value, np.generic):
            return self._numpy_scalar(value)
        if isinstance(value, int):
            return int.__index__(value) if abs(int.__index__(value)) < 1 << MAX_BITS else self._large(value)
        if isinstance(value, float):
            return float.__float__(value)
        if isinstance(value, str):
            if str.__len__(value) > MAX_STRING:
                raise TooLargeError
            return str.__str__(value)
        if isinstance(value, list):
            return ["l", [self.encode(item, depth + 1) for item in list.__iter__(value)]]
        if isinstance(value, tuple):
            return ["t", [self.encode(item, depth + 1) for item in tuple.__iter__(value)]]
        if isinstance(value, dict):
            return ["d", self._items(value, depth + 1)]
        if isinstance(value, np.ndarray):
            return self._array(value, depth)
        if isinstance(value, bytes):
            return ["b", self.blob(bytes.__getitem__(value, slice(None)))]
        if isinstance(value, complex):
            return ["c", value.real, value.imag]
        return self._library(value, depth)

    def _items(self, value: dict[Any, Any], depth: int) -> list[list[Any]]:
        items = [[self.encode(k, depth), self.encode(v, depth)] for k, v in dict.items(value)]
        self.hashed(dict.keys(value))
        return items

    def _strange(self, kind: str, why: str = "") -> Any:
        if self.strict:
            raise StrangeError(Incomparable(kind, why))
        return ["?", kind, why]

    def _large(self, value: int) -> Any:
        return self._strange("int", "it has more than 60 digits")

    def _shape(self, shape: Iterable[int]) -> list[int]:
        sizes = [int(n) for n in shape]
        if len(sizes) > MAX_AXES or max(sizes, default=0) > MAX_LENGTH:
            raise TooLargeError
        return sizes

    def _numpy_scalar(self, value: np.generic) -> Any:
        # A subclass may have its own.
        name = _dtype(np.generic.dtype.__get__(value))
        if name:
            return ["s", name, self.blob(np.generic.tobytes(value))]
        if isinstance(value, np.str_):
            return str(value)[:MAX_STRING]
        return self._strange(type_name(value))

    def _array(self, value: np.ndarray[Any, Any], depth: int) -> Any:
        if isinstance(value, np.ma.MaskedArray):
            if np.ma.getmaskarray(value).any():
                return self._strange("numpy.ma.MaskedArray", "some of its elements are masked")
            value = np.ma.getdata(value)
        self.spend(ARRAY)
        value = np.ndarray.view(value, np.ndarray)
        shape = self._shape(value.shape)
        if value.dtype.kind in "OUS":
            if value.size > MAX_ELEMENTS:
                raise TooLargeError
            flat = [self.encode(item, depth + 1) for item in value.ravel().tolist()]
            return ["o", shape, flat]
        name = _dtype(value.dtype)
        if not name:
            return self._strange("numpy.ndarray", f"of dtype {clean(str(value.dtype), MAX_NAME)}")
        if value.nbytes > MAX_TAIL:
            raise TooLargeError
        order, flipped = _layout(value.strides, value.shape)
        turned = flip(value.transpose(order), [flipped[axis] for axis in order])
        plain = np.ascontiguousarray(turned, value.dtype.newbyteorder("="))
        return ["a", name, shape, self.blob(plain.tobytes()), order, flipped, bool(value.flags.writeable)]

    def _library(self, value: Any, depth: int) -> Any:
        if isinstance(value, np.random.Generator):
            return self._generator(value)
        torch = sys.modules.get("torch")
        if torch is not None and isinstance(value, torch.Tensor):
            return self._tensor(torch, value)
        pandas = sys.modules.get("pandas")
        if pandas is not None:
            done = self._pandas(pandas, value, depth)
            if done is not None:
                return done
        if isinstance(value, Named):
            return ["fn", value.path]
        if type(value) is Incomparable:
            return ["?", value.type, value.why]
        return self._strange(type_name(value))

    def _generator(self, value: np.random.Generator) -> Any:
        """Where it stands, and the seed that its children follow from."""
        self.spend(GENERATOR)
        bits = value.bit_generator
        seed = getattr(bits, "seed_seq", None)
        if type(bits) is not np.random.PCG64 or type(seed) is not np.random.SeedSequence:
            return self._strange("numpy.random.Generator", "it is none of numpy.random.default_rng")
        state, entropy = bits.state, seed.entropy
        words = [str(word) for word in (entropy if isinstance(entropy, list | tuple) else [entropy])]
        if not 0 < len(words) <= MAX_WORDS or max(map(len, words)) > MAX_DIGITS or len(seed.spawn_key) > MAX_WORDS:
            raise TooLargeError
        place = [state["state"]["state"], state["state"]["inc"], state["has_uint32"], state["uinteger"]]
        return ["rng", place, words, list(seed.spawn_key), seed.n_children_spawned]

    def _tensor(self, torch: Any, value: Any) -> Any:
        self.spend(ARRAY)
        value = value.as_subclass(torch.Tensor)
        name = str(value.dtype).removeprefix("torch.")
        if name not in TORCH_DTYPES or value.layout is not torch.strided:
            return self._strange("torch.Tensor", f"of dtype {name}")
        shape, needs = self._shape(value.shape), bool(value.requires_grad)
        if value.device.type == "meta":
            return ["x", name, shape, None, [], needs, "meta"]
        if value.numel() * value.element_size() > MAX_TAIL:
            raise TooLargeError
        value = value.detach().resolve_conj().resolve_neg().cpu()
        order, _ = _layout(value.stride(), shape)
        plain = value.permute(order).contiguous()
        array = (plain.view(torch.int16) if name == "bfloat16" else plain).numpy()
        return ["x", name, shape, self.blob(array.tobytes()), order, needs, "cpu"]

    def _pandas(self, pandas: Any, value: Any, depth: int) -> Any:
        if value is pandas.NA:
            return ["NA"]
        if value is pandas.NaT:
            return ["NaT"]
        if isinstance(value, pandas.Timestamp | pandas.Timedelta):
            self.spend(TIME)
        if isinstance(value, pandas.Timestamp):
            return ["ts", value.isoformat(), str(value.tz) if value.tz is not None else None]
        if isinstance(value, pandas.Timedelta):
            return ["td", int(value.value)]
        if isinstance(value, pandas.DataFrame):
            columns = [self._column(pandas, column, depth + 1) for _, column in pandas.DataFrame.items(value)]
            return ["df", self._index(pandas, value.columns, depth + 1), columns,
                    self._index(pandas, value.index, depth + 1)]  # fmt: skip
        if isinstance(value, pandas.Series):
            return ["ser", self._column(pandas, value, depth + 1), self.encode(value.name, depth + 1),
                    self._index(pandas, value.index, depth + 1)]  # fmt: skip
        if isinstance(value, pandas.Index):
            return ["idx", self._index(pandas, value, depth + 1)]
        return None

    def _index(self, pandas: Any, index: Any, depth: int) -> Any:
        if isinstance(index, pandas.MultiIndex):
            levels = [self._told_apart(pandas, level, depth + 1) for level in index.levels]
            codes = [self._array(np.asarray(code, np.int64), depth) for code in index.codes]
            return ["multi", levels, codes, [self.encode(name, depth + 1) for name in index.names]]
        return ["one", self._column(pandas, index, depth + 1), self.encode(index.name, depth + 1)]

    def _told_apart(self, pandas: Any, index: Any, depth: int) -> Any:
        """What an Index holds whose entries are looked up."""
        if len(index) ** 2 > MAX_PAIRS:
            raise TooLargeError
        done = self._column(pandas, index, depth)
        self.hashed(np.asarray(index.array, object).tolist())
        return done

    def _column(self, pandas: Any, column: Any, depth: int) -> Any:
        """What a Series or an Index holds. numpy would ask either for attributes first, and a Series looks each of
        them up among its labels, so it is given the array instead."""
        self.spend(COLUMN)
        dtype = column.dtype
        if isinstance(dtype, np.dtype) and dtype.char in DTYPES:
            return ["np", self._array(np.asarray(column.values), depth)]
        if isinstance(dtype, pandas.CategoricalDtype):
            codes = np.asarray(column.array.codes, np.int64)
            categories = self._told_apart(pandas, dtype.categories, depth + 1)
            return ["cat", self._array(codes, depth), categories, bool(dtype.ordered)]
        if len(column) > MAX_ELEMENTS:
            raise TooLargeError
        return [
            "ext",
            clean(str(dtype), MAX_NAME),
            [self.encode(item, depth + 1) for item in np.asarray(column.array, object).tolist()],
        ]


def _dtype(dtype: np.dtype[Any]) -> str:
    """The name that a dtype travels under, whatever its byte order; empty where it does not travel."""
    name = dtype.char if dtype.kind not in "mM" else dtype.newbyteorder("<").str
    return name if name in DTYPES or (dtype.kind in "mM" and len(name) <= MAX_DATE) else ""


def _layout(strides: Any, shape: Any) -> tuple[list[int], list[bool]]:
    """The axes from the outermost in memory to the innermost, and which of them run backwards."""
    order = sorted(range(len(shape)), key=lambda axis: (-abs(strides[axis]) if shape[axis] > 1 else 0, axis))
    return order, [strides[axis] < 0 and shape[axis] > 1 for axis in range(len(shape))]
