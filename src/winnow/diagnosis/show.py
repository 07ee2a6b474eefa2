"""Values and calls as a learner would type them, short enough to read."""

from __future__ import annotations

import inspect
import re
from typing import Any

import numpy as np

from winnow.checks.calls import Call
from winnow.worker.driven import define
from winnow.worker.observe import Observation, Request
from winnow.worker.wire import Incomparable, Named, clean, type_name

MAX_SHOWN = 300
DIGITS = 7
ALL_DIGITS = 0
"""As many as it takes to tell a number from its neighbours."""


def call(function: str, call: Call) -> str:
    """`mae([0, 0], [1, -1])`."""
    words = [value(arg) for arg in call.args] + [f"{key}={value(arg)}" for key, arg in call.kwargs.items()]
    return f"{function}({', '.join(words)})"


def asked(request: Request, one: Call) -> str:
    """The call as its learner would type it, also where a driver makes it."""
    if not request.shows:
        return call(request.function, one)
    bound = inspect.signature(define(request.driver)).bind(None, *one.args, **one.kwargs)
    bound.apply_defaults()
    return request.shows.format_map({name: value(arg) for name, arg in bound.arguments.items()})


def answer(seen: Observation, digits: int = DIGITS) -> str:
    """What came back: the value, or the exception and its line."""
    if seen.raised is None:
        return value(seen.value, digits)
    text = f": {seen.raised.text}" if seen.raised.text else ""
    where = ""
    if seen.raised.where:
        file, _, line = seen.raised.where.rpartition(":")
        where = f" (line {line} of {file})"
    name = "" if seen.raised.name == "Stopped" else seen.raised.name
    return clean(f"{name}{text}", MAX_SHOWN).removeprefix(": ").replace("\n", " ") + where


def value(thing: Any, digits: int = DIGITS) -> str:
    """One value, as Python would write it, with the digits that matter."""
    return clean(_value(thing, digits), MAX_SHOWN)


def expected(want: Observation) -> str:
    """The right answer. Of an exception only its kind: the reference's words would look like what is asked for."""
    return answer(want) if want.raised is None else want.raised.builtin


def apart(got: Observation, want: Observation) -> tuple[str, str]:
    """What came back and what was expected, with as many digits as it takes to tell them apart."""
    few = answer(got), expected(want)
    if few[0] != few[1] or want.raised is not None:
        return few
    many = answer(got, ALL_DIGITS), answer(want, ALL_DIGITS)
    if many[0] != many[1]:
        return many
    kinds = (f"{type_name(one.value)} {text}" for one, text in zip((got, want), few, strict=True))
    return next(kinds), next(kinds)


def _value(thing: Any, digits: int) -> str:
    if isinstance(thing, bool | np.bool_):
        return str(bool(thing))
    if isinstance(thing, float | np.floating):
        number: float = float(thing)
        if digits == ALL_DIGITS:
            return repr(number)
        return f"{number:.1f}" if number.is_integer() and abs(number) <= 1e9 else f"{number:.{digits}g}"
    if isinstance(thing, np.generic):
        return str(thing.item())
    if isinstance(thing, list):
        return "[" + ", ".join(_value(item, digits) for item in thing[:60]) + "]"
    if isinstance(thing, tuple):
        return "(" + ", ".join(_value(item, digits) for item in thing[:60]) + ("," if len(thing) == 1 else "") + ")"
    if isinstance(thing, dict):
        return "{" + ", ".join(f"{_value(k, digits)}: {_value(v, digits)}" for k, v in list(thing.items())[:30]) + "}"
    if isinstance(thing, np.ndarray):
        return _array(thing, digits)
    if isinstance(thing, Named):
        return thing.path
    if isinstance(thing, Incomparable):
        return f"a value of type {thing.type}" + (f" ({thing.why})" if thing.why else "")
    if isinstance(thing, np.random.Generator):
        seed = getattr(thing.bit_generator, "seed_seq", None)
        made = f"np.random.default_rng({getattr(seed, 'entropy', '')})"
        fresh = thing.bit_generator.state == type(thing.bit_generator)(seed).state if seed is not None else False
        return made if fresh else f"{made} after some numbers"
    if callable(thing) and hasattr(thing, "__name__"):
        return str(thing.__name__)
    name = type(thing).__module__.partition(".")[0]
    if name == "torch":
        return _tensor(thing, digits)
    if name == "pandas":
        return _pandas(thing, digits)
    return repr(thing) if isinstance(thing, str | bytes | int | complex | None.__class__) else type(thing).__name__


def _array(thing: np.ndarray[Any, Any], digits: int) -> str:
    dtype = "" if thing.dtype in (np.float64, np.int64, np.bool_) and thing.size else f", dtype={thing.dtype}"
    if thing.size > 60:
        return f"array of shape {thing.shape}{dtype}"
    if thing.size == 0 and thing.shape != (0,):
        return f"np.empty({thing.shape}{dtype})"
    return f"np.array({_value(thing.tolist(), digits)}{dtype})"


def _tensor(thing: Any, digits: int) -> str:
    dtype = "" if str(thing.dtype) in ("torch.float32", "torch.int64", "torch.bool") else f", dtype={thing.dtype}"
    if thing.device.type == "meta":
        return f"torch.empty({tuple(thing.shape)}{dtype}, device='meta')"
    if thing.numel() > 60:
        return f"tensor of shape {tuple(thing.shape)}{dtype}"
    if thing.numel() == 0:
        return f"torch.empty({tuple(thing.shape)}{dtype})"
    return f"torch.tensor({_value(thing.detach().tolist(), digits)}{dtype})"


def _pandas(thing: Any, digits: int) -> str:
    import pandas as pd

    if isinstance(thing, pd.DataFrame):
        if isinstance(thing.index, pd.RangeIndex) and thing.index.start == 0 and thing.index.step == 1:
            columns = ", ".join(
                f"{_value(name, digits)}: {_column(thing.iloc[:, at], digits)}" for at, name in enumerate(thing.columns)
            )
            return f"pd.DataFrame({{{columns}}})"
        keyed = zip(thing.index, thing.to_numpy(object), strict=True)
        rows = [f"{_value(key, digits)}: {_value(list(row), digits)}" for key, row in keyed]
        return f"{_value(list(thing.columns), digits)} by key {{{', '.join(rows[:12])}}}"
    if isinstance(thing, pd.Series):
        return f"pd.Series({_column(thing, digits)})"
    if isinstance(thing, pd.Index):
        return f"pd.Index({_value(list(thing), digits)})"
    if thing is pd.NA:
        return "pd.NA"
    if thing is pd.NaT:
        return "pd.NaT"
    return repr(thing)


def _column(column: Any, digits: int) -> str:
    plain = str(column.dtype) in ("object", "int64", "float64", "str", "bool")
    items = _value(column.astype(object).tolist(), digits)
    kind = re.sub(r"\(.*", "", str(column.dtype))
    return items if plain else f"pd.Series({items}, dtype={kind!r})"
