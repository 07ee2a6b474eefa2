"""Values and calls as a learner would type them, short enough to read."""

from __future__ import annotations

import inspect
import re
from typing import Any, Literal

import numpy as np

from winnow.checks.calls import Call
from winnow.diagnosis.words import place
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
    name = "" if seen.raised.name == "Stopped" else seen.raised.name
    return clean(f"{name}{text}", MAX_SHOWN).removeprefix(": ").replace("\n", " ") + place(seen.raised)


def came(seen: Observation) -> Literal["Returned", "Raised", "Stopped"]:
    """How a call ended, as the label of what it ended with."""
    if seen.raised is None:
        return "Returned"
    return "Stopped" if seen.raised.name == "Stopped" else "Raised"


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
        if not np.isfinite(number):
            return "np.nan" if np.isnan(number) else "np.inf" if number > 0 else "-np.inf"
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
    plain = thing.dtype in (np.float64, np.int64, np.bool_) and thing.size
    dtype = "" if plain else f", dtype={_dtype(thing.dtype)}"
    if thing.size > 60:
        return f"array of shape {thing.shape}{dtype}"
    if thing.size == 0 and thing.shape != (0,):
        return f"np.empty({thing.shape}{dtype})"
    return f"np.array({_value(thing.tolist(), digits)}{dtype})"


def _dtype(kind: np.dtype[Any]) -> str:
    """As one would type it."""
    return f"np.{kind.name}" if isinstance(getattr(np, kind.name, None), type) else repr(str(kind))


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
        columns = ", ".join(
            f"{_value(name, digits)}: {_column(thing.iloc[:, at], digits)}" for at, name in enumerate(thing.columns)
        )
        return f"pd.DataFrame({{{columns}}}{_index(thing.index, digits)})"
    if isinstance(thing, pd.Series):
        kind = _kind(thing.dtype)
        items = _value(thing.astype(object).tolist(), digits)
        return f"pd.Series({items}{_index(thing.index, digits)}{f', dtype={kind!r}' if kind else ''})"
    if isinstance(thing, pd.MultiIndex):
        named = f", names={_value(list(thing.names), digits)}" if any(name is not None for name in thing.names) else ""
        return f"pd.MultiIndex.from_tuples({_value(list(thing), digits)}{named})"
    if isinstance(thing, pd.Index):
        named = f", name={_value(thing.name, digits)}" if thing.name is not None else ""
        return f"pd.Index({_value(list(thing), digits)}{named})"
    if isinstance(thing, pd.Timestamp):
        return f"pd.{thing!r}"
    if thing is pd.NA:
        return "pd.NA"
    if thing is pd.NaT:
        return "pd.NaT"
    return repr(thing)


def _column(column: Any, digits: int) -> str:
    """A column of a table: a list, and a series where a list would come to another dtype."""
    kind = _kind(column.dtype)
    items = _value(column.astype(object).tolist(), digits)
    return f"pd.array({items}, dtype={kind!r})" if kind else items


def _kind(dtype: Any) -> str:
    """The dtype as text; nothing where it follows from the values."""
    return "" if str(dtype) in ("object", "int64", "float64", "str", "bool") else re.sub(r"\(.*", "", str(dtype))


def _index(index: Any, digits: int) -> str:
    """The argument `index`, where it is not the one that comes by itself."""
    import pandas as pd

    if isinstance(index, pd.RangeIndex) and index.start == 0 and index.step == 1:
        return ""
    named = isinstance(index, pd.MultiIndex) or index.name is not None
    return f", index={_pandas(index, digits) if named else _value(list(index), digits)}"
