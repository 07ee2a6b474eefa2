"""Values and calls as a learner would type them, short enough to read."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal

import numpy as np

from winnow.checks.calls import Call
from winnow.diagnosis.words import place
from winnow.worker.driven import define
from winnow.worker.observe import Observation, Raised, Request
from winnow.worker.wire import Incomparable, Named, clean, type_name

MAX_SHOWN = 300
MAX_ROWS = MAX_SHOWN // 3
"""Of these, and as many columns, no more can be shown: each takes a character, a comma and a blank."""
DIGITS = 7
STOPPED = ("Stopped", "TooLongError")
"""The names of what is no exception of the learner's: its process, or the call, was ended."""
FEW = 6
"""Elements up to which an array of equal numbers is written out."""
MANY = 60
"""Elements from which on only an array's shape is shown."""
LOOKED_THROUGH = 100_000
"""Elements up to which an array is looked through for whether all are equal."""
ALL_DIGITS = 0
"""As many as it takes to tell a number from its neighbours."""

Parts = Callable[[Any, int], Iterator[str]]


def call(function: str, call: Call) -> str:
    """`mae([0, 0], [1, -1])`."""
    digits = _telling([*call.args, *call.kwargs.values()])
    words = [_argument(arg, digits) for arg in call.args]
    words += [f"{key}={_argument(arg, digits)}" for key, arg in call.kwargs.items()]
    return f"{function}({', '.join(words)})"


def asked(request: Request, one: Call) -> str:
    """The call as its learner would type it, also where a driver makes it."""
    if not request.shows:
        return call(request.function, one)
    bound = inspect.signature(define(request.driver)).bind(None, *one.args, **one.kwargs)
    bound.apply_defaults()
    digits = _telling(list(bound.arguments.values()))
    words = {name: _argument(arg, digits) for name, arg in bound.arguments.items()}
    text = request.shows.format_map(words)
    for name, arg in bound.arguments.items():
        if isinstance(arg, dict):
            options = "".join(f", {key}={value(one, digits)}" for key, one in arg.items())
            text = text.replace(f", **{words[name]}", options)
    return text


def answer(seen: Observation, digits: int = DIGITS) -> str:
    """What came back: the value, or the exception and its line."""
    if seen.raised is None:
        return value(seen.value, digits)
    text = f": {seen.raised.text}" if seen.raised.text else ""
    if was_stopped(seen.raised):
        # The label says that it was stopped.
        name, text = "", text.removeprefix(": ").removeprefix("stopped ")
    else:
        name = seen.raised.name
    return clean(f"{name}{text}", MAX_SHOWN).replace("\n", " ") + place(seen.raised)


def came(seen: Observation) -> Literal["Returned", "Raised", "Stopped"]:
    """How a call ended, as the label of what it ended with."""
    if seen.raised is None:
        return "Returned"
    return "Stopped" if was_stopped(seen.raised) else "Raised"


def was_stopped(raised: Raised) -> bool:
    """Whether a process or a call was ended. An exception of such a name extends others, but for the one that ends a
    call in a learner's own process."""
    return raised.name in STOPPED and (not raised.bases or not raised.is_a("Exception"))


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


def _argument(thing: Any, digits: int) -> str:
    """One value as it is handed over: with what puts its numbers where they lie in memory, and asks for a gradient."""
    if type_name(thing) == "Tensor" and thing.requires_grad:
        return f"{_argument(thing.detach(), digits)}.requires_grad_()"
    if isinstance(thing, list) and any(type_name(one) == "Tensor" and one.requires_grad for one in thing[:MAX_ROWS]):
        return clean(f"[{', '.join(_argument(one, digits) for one in thing[:MAX_ROWS])}]", MAX_SHOWN)
    if isinstance(thing, np.ndarray) and thing.flags.f_contiguous and not thing.flags.c_contiguous:
        return f"np.asfortranarray({value(np.ascontiguousarray(thing), digits)})"
    if isinstance(thing, np.ndarray) and thing.size > 1 and any(step < 0 for step in thing.strides):
        back = tuple(slice(None, None, -1 if step < 0 else 1) for step in thing.strides)
        places = ", ".join("::-1" if step < 0 else ":" for step in thing.strides)
        return f"{value(thing[back].copy(), digits)}[{places}]"
    if type_name(thing) == "Tensor" and not thing.is_contiguous():
        axes = tuple(reversed(range(thing.ndim)))
        if (turned := thing.permute(axes)).is_contiguous():
            return f"{value(turned, digits)}{'.T' if thing.ndim == 2 else f'.permute{axes}'}"
    return value(thing, digits)


def _telling(things: list[Any]) -> int:
    """So many digits that two different numbers of one call do not look alike."""
    numbers = {one for one in _doubles(things) if np.isfinite(one)}
    return DIGITS if len({_single(one, DIGITS) for one in numbers}) == len(numbers) else ALL_DIGITS


def _doubles(thing: Any) -> Iterator[float]:
    """The numbers of double precision that are written out."""
    if isinstance(thing, list | tuple):
        for one in thing:
            yield from _doubles(one)
    elif isinstance(thing, dict):
        yield from _doubles(list(thing.values()))
    elif isinstance(thing, np.ndarray) and thing.dtype in (np.float64, object) and thing.size <= MANY:
        yield from _doubles(thing.ravel().tolist())
    elif type_name(thing) == "Tensor" and str(thing.dtype) == "torch.float64" and thing.device.type != "meta":
        yield from _doubles(thing.detach().cpu().numpy())
    elif type_name(thing) in ("DataFrame", "Series"):
        yield from _doubles(thing.iloc[:MAX_ROWS].to_numpy())
    elif isinstance(thing, float):
        yield thing


def _value(thing: Any, digits: int) -> str:
    """The beginning of it, as long as can be shown: nothing behind is written."""
    parts, room = [], MAX_SHOWN
    for part in _parts(thing, digits):
        parts.append(part)
        room -= len(part)
        if room < 0:
            break
    return "".join(parts)


def _parts(thing: Any, digits: int) -> Iterator[str]:
    if isinstance(thing, list):
        yield from _sequence("[", thing, digits, "]")
    elif isinstance(thing, tuple):
        yield from _sequence("(", thing, digits, ",)" if len(thing) == 1 else ")")
    elif isinstance(thing, set) and thing:
        yield from _sequence("{", sorted(thing, key=str), digits, "}")
    elif isinstance(thing, dict):
        yield from _table(thing.items(), digits)
    elif isinstance(thing, np.ndarray):
        yield from _array(thing, digits)
    elif type_name(thing) == "Tensor":
        yield from _tensor(thing, digits)
    elif type(thing).__module__.partition(".")[0] == "pandas":
        yield from _pandas(thing, digits)
    else:
        yield _single(thing, digits)


def _sequence(opening: str, items: Iterable[Any], digits: int, closing: str) -> Iterator[str]:
    yield opening
    for at, item in enumerate(items):
        if at:
            yield ", "
        yield from _parts(item, digits)
    yield closing


def _table(items: Iterable[tuple[Any, Any]], digits: int, parts: Parts | None = None) -> Iterator[str]:
    yield "{"
    for at, (key, item) in enumerate(items):
        if at:
            yield ", "
        yield from _parts(key, digits)
        yield ": "
        yield from (parts or _parts)(item, digits)
    yield "}"


def _single(thing: Any, digits: int) -> str:
    if isinstance(thing, bool | np.bool_):
        return str(bool(thing))
    if isinstance(thing, float | np.floating):
        number: float = float(thing)
        if not np.isfinite(number):
            return "np.nan" if np.isnan(number) else "np.inf" if number > 0 else "-np.inf"
        if digits == ALL_DIGITS:
            return repr(number)
        if number.is_integer() and abs(number) <= 1e9:
            return f"{number:.1f}"
        short = f"{number:.{digits}g}"
        return short if "." in short or "e" in short else f"{short}.0"
    if isinstance(thing, np.generic):
        return str(thing.item())
    if isinstance(thing, Named):
        return re.sub(r"^numpy\.", "np.", thing.path)
    if isinstance(thing, Incomparable):
        return f"a value of type {thing.type}" + (f" ({thing.why})" if thing.why else "")
    if isinstance(thing, np.random.Generator):
        seed = getattr(thing.bit_generator, "seed_seq", None)
        made = f"np.random.default_rng({getattr(seed, 'entropy', '')})"
        fresh = thing.bit_generator.state == type(thing.bit_generator)(seed).state if seed is not None else False
        return made if fresh else f"{made} after some numbers"
    if callable(thing) and hasattr(thing, "__name__"):
        return _called(thing)
    if isinstance(thing, str | bytes):
        return repr(thing[: MAX_SHOWN + 1])
    return repr(thing) if isinstance(thing, int | complex | None.__class__) else type(thing).__name__


def _called(thing: Any) -> str:
    """A function by its name, and by that of its library where it has it there."""
    name = str(thing.__name__)
    libraries = {"np": np, "torch": sys.modules.get("torch")}
    return next((f"{short}.{name}" for short, one in libraries.items() if getattr(one, name, None) is thing), name)


def _array(thing: np.ndarray[Any, Any], digits: int) -> Iterator[str]:
    plain = thing.dtype in (np.float64, np.int64, np.bool_) and thing.size
    dtype = "" if plain else f", dtype={_dtype(thing.dtype)}"
    if made := _made(thing, digits):
        yield f"np.{made}{'' if thing.dtype == np.float64 else f', dtype={_dtype(thing.dtype)}'})"
    elif thing.size > MANY:
        yield f"array of shape {thing.shape}{dtype}"
    elif thing.size == 0 and thing.shape != (0,):
        yield f"np.empty({thing.shape}{dtype})"
    else:
        yield "np.array("
        yield from _parts(thing.tolist(), digits)
        yield f"{dtype})"


def _made(thing: np.ndarray[Any, Any], digits: int) -> str:
    """The call that makes an array of such numbers, without library and dtype, where all are equal and not few."""
    if not FEW < thing.size <= LOOKED_THROUGH or thing.dtype.kind not in "fiu":
        return ""
    first = thing.reshape(-1)[:1]
    # By their bits: 0.0 and -0.0 are equal, NaN and NaN are not.
    if thing.tobytes() != first.tobytes() * thing.size:
        return ""
    number = _single(first[0], digits)
    plain = {"0.0": "zeros", "0": "zeros", "1.0": "ones", "1": "ones"}.get(number)
    return f"{plain}({thing.shape}" if plain else f"full({thing.shape}, {number}"


def _dtype(kind: np.dtype[Any]) -> str:
    """As one would type it."""
    return f"np.{kind.name}" if isinstance(vars(np).get(kind.name), type) else repr(str(kind))


def _tensor(thing: Any, digits: int) -> Iterator[str]:
    kind = str(thing.dtype)
    dtype = "" if kind == "torch.float32" else f", dtype={kind}"
    # The numbers tell these.
    told = "" if kind in ("torch.int64", "torch.bool") else dtype
    if thing.device.type == "meta":
        yield f"torch.empty({tuple(thing.shape)}{dtype}, device='meta')"
    elif kind in ("torch.float32", "torch.float64", "torch.int64") and (
        made := _made(thing.detach().cpu().numpy(), digits)
    ):
        yield f"torch.{made}{dtype})"
    elif thing.numel() > MANY:
        yield f"tensor of shape {tuple(thing.shape)}{told}"
    elif thing.numel() == 0:
        yield f"torch.empty({tuple(thing.shape)}{dtype})"
    else:
        yield "torch.tensor("
        yield from _parts(thing.detach().tolist(), digits)
        yield f"{told})"


def _pandas(thing: Any, digits: int) -> Iterator[str]:
    import pandas as pd

    if isinstance(thing, pd.DataFrame):
        # Cut before any of it becomes objects: a table may have millions of rows.
        thing = thing.iloc[:MAX_ROWS, :MAX_ROWS]
        yield "pd.DataFrame("
        yield from _table(((name, thing.iloc[:, at]) for at, name in enumerate(thing.columns)), digits, _column)
        yield from _index(thing.index, digits)
        yield ")"
    elif isinstance(thing, pd.Series):
        thing = thing.iloc[:MAX_ROWS]
        kind = _kind(thing.dtype)
        yield "pd.Series("
        if kind == "category":
            yield from _categorical(thing.array, digits)
            kind = ""
        else:
            yield from _parts(thing.astype(object).tolist(), digits)
        yield from _index(thing.index, digits)
        yield f", dtype={kind!r})" if kind else ")"
    elif isinstance(thing, pd.MultiIndex):
        yield "pd.MultiIndex.from_tuples("
        yield from _parts(list(thing[:MAX_ROWS]), digits)
        if any(name is not None for name in thing.names):
            yield ", names="
            yield from _parts(list(thing.names), digits)
        yield ")"
    elif isinstance(thing, pd.Index):
        yield "pd.Index("
        yield from _parts(list(thing[:MAX_ROWS]), digits)
        if thing.name is not None:
            yield ", name="
            yield from _parts(thing.name, digits)
        yield ")"
    elif isinstance(thing, pd.Timestamp):
        yield f"pd.{thing!r}"
    elif thing is pd.NA:
        yield "pd.NA"
    elif thing is pd.NaT:
        yield "pd.NaT"
    else:
        yield repr(thing)


def _column(column: Any, digits: int) -> Iterator[str]:
    """A column of a table: a list, and a series where a list would come to another dtype."""
    kind = _kind(column.dtype)
    if kind == "category":
        yield from _categorical(column.array, digits)
        return
    yield "pd.array(" if kind else ""
    yield from _parts(column.astype(object).tolist(), digits)
    yield f", dtype={kind!r})" if kind else ""


def _categorical(thing: Any, digits: int) -> Iterator[str]:
    """With its categories where others, or the same in another order, would come of the values."""
    import pandas as pd

    cells = thing.astype(object).tolist()
    yield "pd.Categorical("
    yield from _parts(cells, digits)
    if not pd.Categorical(cells).categories.equals(thing.categories):
        yield ", categories="
        yield from _parts(list(thing.categories[:MAX_ROWS]), digits)
    yield ", ordered=True)" if thing.ordered else ")"


def _kind(dtype: Any) -> str:
    """The dtype as text; nothing where it follows from the values."""
    return "" if str(dtype) in ("object", "int64", "float64", "str", "bool") else re.sub(r"\(.*", "", str(dtype))


def _index(index: Any, digits: int) -> Iterator[str]:
    """The argument `index`, where it is not the one that comes by itself."""
    import pandas as pd

    if isinstance(index, pd.RangeIndex) and index.start == 0 and index.step == 1:
        return
    named = isinstance(index, pd.MultiIndex) or index.name is not None
    yield ", index="
    yield from _pandas(index, digits) if named else _parts(list(index[:MAX_ROWS]), digits)
