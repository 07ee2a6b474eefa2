"""Values and calls as a learner would type them, short enough to read."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from winnow.checks.calls import Call
from winnow.worker.observe import Observation
from winnow.worker.wire import Incomparable, Named, clean

MAX_SHOWN = 300


def call(function: str, call: Call) -> str:
    """`mae([0, 0], [1, -1])`."""
    words = [value(arg) for arg in call.args] + [f"{key}={value(arg)}" for key, arg in call.kwargs.items()]
    return f"{function}({', '.join(words)})"


def answer(seen: Observation) -> str:
    """What came back: the value, or the exception and its line."""
    if seen.raised is None:
        return value(seen.value)
    text = f": {seen.raised.text}" if seen.raised.text else ""
    where = ""
    if seen.raised.where:
        file, _, line = seen.raised.where.rpartition(":")
        where = f" (line {line} of {file})"
    name = "" if seen.raised.name == "Stopped" else seen.raised.name
    return clean(f"{name}{text}", MAX_SHOWN).removeprefix(": ").replace("\n", " ") + where


def value(thing: Any) -> str:
    """One value, as Python would write it, with the digits that matter."""
    return clean(_value(thing), MAX_SHOWN)


def _value(thing: Any) -> str:
    if isinstance(thing, bool | np.bool_):
        return str(bool(thing))
    if isinstance(thing, float | np.floating):
        number: float = float(thing)
        return f"{number:.1f}" if number.is_integer() and abs(number) <= 1e9 else f"{number:.7g}"
    if isinstance(thing, np.generic):
        return str(thing.item())
    if isinstance(thing, list):
        return "[" + ", ".join(_value(item) for item in thing[:60]) + "]"
    if isinstance(thing, tuple):
        return "(" + ", ".join(_value(item) for item in thing[:60]) + ("," if len(thing) == 1 else "") + ")"
    if isinstance(thing, dict):
        return "{" + ", ".join(f"{_value(k)}: {_value(v)}" for k, v in list(thing.items())[:30]) + "}"
    if isinstance(thing, np.ndarray):
        return _array(thing)
    if isinstance(thing, Named):
        return thing.path
    if isinstance(thing, Incomparable):
        return f"a value of type {thing.type}" + (f" ({thing.why})" if thing.why else "")
    if callable(thing) and hasattr(thing, "__name__"):
        return str(thing.__name__)
    name = type(thing).__module__.partition(".")[0]
    if name == "torch":
        return _tensor(thing)
    if name == "pandas":
        return _pandas(thing)
    return repr(thing) if isinstance(thing, str | bytes | int | complex | None.__class__) else type(thing).__name__


def _array(thing: np.ndarray[Any, Any]) -> str:
    dtype = "" if thing.dtype in (np.float64, np.int64, np.bool_) and thing.size else f", dtype={thing.dtype}"
    if thing.size > 60:
        return f"array of shape {thing.shape}{dtype}"
    if thing.size == 0 and thing.shape != (0,):
        return f"np.empty({thing.shape}{dtype})"
    return f"np.array({_value(thing.tolist())}{dtype})"


def _tensor(thing: Any) -> str:
    dtype = "" if str(thing.dtype) in ("torch.float32", "torch.int64", "torch.bool") else f", dtype={thing.dtype}"
    if thing.device.type == "meta":
        return f"torch.empty({tuple(thing.shape)}{dtype}, device='meta')"
    if thing.numel() > 60:
        return f"tensor of shape {tuple(thing.shape)}{dtype}"
    if thing.numel() == 0:
        return f"torch.empty({tuple(thing.shape)}{dtype})"
    return f"torch.tensor({_value(thing.detach().tolist())}{dtype})"


def _pandas(thing: Any) -> str:
    import pandas as pd

    if isinstance(thing, pd.DataFrame):
        if isinstance(thing.index, pd.RangeIndex) and thing.index.start == 0 and thing.index.step == 1:
            columns = ", ".join(
                f"{_value(name)}: {_column(thing.iloc[:, at])}" for at, name in enumerate(thing.columns)
            )
            return f"pd.DataFrame({{{columns}}})"
        rows = [
            f"{_value(key)}: {_value(list(row))}" for key, row in zip(thing.index, thing.to_numpy(object), strict=True)
        ]
        return f"{_value(list(thing.columns))} by key {{{', '.join(rows[:12])}}}"
    if isinstance(thing, pd.Series):
        return f"pd.Series({_column(thing)})"
    if isinstance(thing, pd.Index):
        return f"pd.Index({_value(list(thing))})"
    if thing is pd.NA:
        return "pd.NA"
    if thing is pd.NaT:
        return "pd.NaT"
    return repr(thing)


def _column(column: Any) -> str:
    plain = str(column.dtype) in ("object", "int64", "float64", "str", "bool")
    items = _value(column.astype(object).tolist())
    kind = re.sub(r"\(.*", "", str(column.dtype))
    return items if plain else f"pd.Series({items}, dtype={kind!r})"
