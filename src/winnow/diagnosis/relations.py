"""Simple relations between wrong answers and right ones, as sentences."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from winnow.checks import compare
from winnow.diagnosis import words
from winnow.worker import unwritten
from winnow.worker.observe import Observation
from winnow.worker.wire import Incomparable, type_name

Pair = tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]

WRONG_SHAPE = "The shape of the result is wrong."
UNWRITTEN = (
    "Numbers are in the result that nobody wrote: `empty`, and `where=` without `out=`, leave whatever is in memory; "
    "`zeros` writes zeros."
)
ENOUGH = 3
"""How many numbers bear a relation out: one or two fit many by chance, as two that are swapped are in reverse order."""

COARSE = {"float32": 1e-4, "float16": 3e-2, "bfloat16": 0.2}
"""How far a number that is right may be off where it was computed in a dtype of few digits."""

MOST_TURNED = 4
"""Of how many results all orders are tried."""


def differ(got: Observation, want: Observation) -> str | None:
    """What differs between two observations, None when nothing does.

    A list and a tuple of the same are one, and so are series and tables that are unlike in names and dtypes alone:
    whether a check takes one for the other, it says itself.
    """
    return compare.same(replace(got, value=_alike(want.value, got.value)), want)


def _alike(want: Any, got: Any) -> Any:
    """`got` with a list or tuple wherever `want` has the other of the two, and a series or a table by the names and
    dtypes that `want` has."""
    if isinstance(want, list | tuple):
        both = isinstance(got, list | tuple) and len(got) == len(want)
        return type(want)(map(_alike, want, got)) if both else got
    kind = type_name(want)
    if kind not in ("Series", "DataFrame") or type_name(got) != kind:
        return got
    if kind == "Series":
        return _entries(got.rename(want.name), want).set_axis(_entries(got.index, want.index))
    if got.shape[1] == want.shape[1] and list(got.dtypes) != list(want.dtypes):
        columns = {at: _entries(got.iloc[:, at], want.iloc[:, at]) for at in range(got.shape[1])}
        got = type(got)(columns, index=got.index).set_axis(got.columns, axis=1)
    for axis, (ours, theirs) in enumerate(zip(got.axes, want.axes, strict=True)):
        named = ours.set_names(theirs.names) if ours.nlevels == theirs.nlevels else ours
        got = got.set_axis(_entries(named, theirs), axis=axis)
    return got


def _entries(got: Any, want: Any) -> Any:
    """A series or an index in the dtype that `want` has, where that leaves every entry what it is."""
    import pandas as pd

    if got.dtype == want.dtype:
        return got
    try:
        other = got.astype(want.dtype)
    except (TypeError, ValueError):
        return got
    pairs = zip(pd.isna(got), pd.isna(other), got, other, strict=True)
    same = all(lost if missing else not lost and bool(ours == theirs) for missing, lost, ours, theirs in pairs)
    return other if same else got


def describe(wrong: Sequence[tuple[Observation, Observation]]) -> str | None:
    """The first relation that holds between all wrong answers and the right ones, as a sentence, or None.

    The relation is about kinds and ratios; it gives no expected value away.
    """
    if not wrong or any(got.raised is not None or want.raised is not None for got, want in wrong):
        return None
    if any(isinstance(got.value, Incomparable) for got, _ in wrong):
        return None
    if any(compare.close(got.value, want.value) is None for got, want in wrong):
        # The value is right: something beside it is wrong, of which the check itself speaks.
        return None
    if any(_unwritten(got.value) for got, _ in wrong):
        return UNWRITTEN
    if all(isinstance(want.value, tuple) and len(want.value) > 1 for _, want in wrong):
        return _of_several([(got.value, want.value) for got, want in wrong])
    # What came back may be large, and is looked at only where arrays are asked for.
    wanted = [array for _, want in wrong if (array := _array(want.value)) is not None]
    if len(wanted) < len(wrong):
        return None
    found = [array for got, _ in wrong if (array := _array(got.value)) is not None]
    if len(found) < len(wrong):
        return None
    arrays: list[Pair] = list(zip(found, wanted, strict=True))
    if any(want.size == 0 < got.size for got, want in arrays):
        # What is too much has no axis to be reduced.
        return None
    return _shape(arrays) or _kind(wrong, arrays) or _values(arrays)


def _unwritten(value: Any) -> bool:
    """Whether it holds what workers' memory is filled with, wherever nothing was written or little was added to it."""
    if isinstance(value, list | tuple):
        return any(map(_unwritten, value))
    if isinstance(value, dict):
        return any(map(_unwritten, value.values()))
    if type_name(value) == "Tensor":
        # numpy has no other floats of torch's.
        is_read = str(value.dtype) in ("torch.float32", "torch.float64") and not value.is_meta
        value = value.detach().cpu().numpy() if is_read else None
    elif isinstance(value, float):
        value = np.asarray(value)
    if not isinstance(value, np.ndarray | np.floating) or value.dtype not in (np.float32, np.float64):
        return False
    return bool(np.any(value == unwritten.number(value.dtype)))


def _of_several(results: Sequence[tuple[Any, tuple[Any, ...]]]) -> str | None:
    """What holds where several results are asked for, each a thing of its own: they are no axes of one."""
    if all(_is_one(got, want) for got, want in results):
        return "Several results are asked for, and one came back: return all of them, in the statement's order."
    several = len(results[0][1])
    if several <= MOST_TURNED and all(_unlike(want) for _, want in results):
        orders = itertools.permutations(range(several))
        if any(all(_in_order(got, want, order) for got, want in results) for order in orders):
            return "All results are right, and stand in another order than the statement's."
    return None


def _is_one(got: Any, want: tuple[Any, ...]) -> bool:
    """Whether it is an array or a number, and does not hold all that is asked for."""
    single = not isinstance(got, list | tuple) and _array(got) is not None
    return single and (np.ndim(got) == 0 or len(got) != len(want) or not _in_order(list(got), want, range(len(want))))


def _in_order(got: Any, want: tuple[Any, ...], order: Sequence[int]) -> bool:
    if len(want) != len(order) or not isinstance(got, list | tuple) or len(got) != len(want):
        return False
    return all(compare.close(one, want[at]) is None for one, at in zip(got, order, strict=True))


def _unlike(results: tuple[Any, ...]) -> bool:
    """Whether no two of the results are equal: then their order is not chance."""
    return all(compare.close(one, other) is not None for one, other in itertools.combinations(results, 2))


def _array(value: Any) -> np.ndarray[Any, Any] | None:
    if type_name(value) == "Tensor":
        if value.device.type == "meta":
            return None
        value = value.detach().double().numpy() if value.dtype.is_floating_point else value.detach().numpy()
    if isinstance(value, bool | str | bytes | dict) or value is None or type_name(value) in ("DataFrame", "Series"):
        # A frame is more than its numbers.
        return None
    try:
        array = np.asarray(value)
    except (ValueError, TypeError, RuntimeError):
        # Of unequal lengths, or tensors within a list, which numpy reads one by one if at all.
        return None
    return array.astype(np.float64) if array.dtype.kind in "iuf" else None


def _shape(pairs: Sequence[Pair]) -> str | None:
    moved = [(got, want) for got, want in pairs if got.shape != want.shape]
    if not moved:
        return None
    if all(got.shape == want.shape[::-1] and _near(got.T, want) for got, want in moved):
        return "Your result is transposed."
    if all(got.size == want.size > 0 and _near(got.ravel(), want.ravel()) for got, want in moved):
        return "The numbers are right, but the shape of the result is not."
    if any(got.size == 0 for got, _ in moved):
        # Of a list without elements nobody knows how many axes it had.
        return WRONG_SHAPE
    if all(got.ndim == want.ndim + 1 for got, want in moved):
        return "Your result has one axis too many: is one axis left that should be reduced?"
    if all(got.ndim == want.ndim - 1 for got, want in moved):
        return "Your result has one axis too few: is one axis reduced that should stay?"
    return WRONG_SHAPE


def _kind(wrong: Sequence[tuple[Observation, Observation]], pairs: Sequence[Pair]) -> str | None:
    digits = [COARSE.get(str(getattr(got.value, "dtype", "")).removeprefix("torch."), 1e-6) for got, _ in wrong]
    if not all(_near(got, want, rtol) for (got, want), rtol in zip(pairs, digits, strict=True)):
        return None
    for got, want in wrong:
        # np.float64 is a Python float.
        floats = isinstance(got.value, float) and isinstance(want.value, float)
        # A number stands for an array of rank 0 where it is one of numpy's.
        numbers = isinstance(got.value, np.generic) and isinstance(want.value, np.ndarray)
        if type(got.value) is not type(want.value) and not floats and not numbers:
            return words.sentence(f"the numbers are right, but {compare.kinds(got.value, want.value)}")
        ours, theirs = getattr(got.value, "dtype", None), getattr(want.value, "dtype", None)
        if ours != theirs:
            return f"The numbers are right, but their dtype is {ours} and should be {theirs}."
    return None


def _values(pairs: Sequence[Pair]) -> str | None:
    got = np.concatenate([got.ravel() for got, _ in pairs])
    want = np.concatenate([want.ravel() for _, want in pairs])
    places: list[tuple[str, Callable[[Any, Any], Any]]] = [
        ("There is a NaN where a number belongs.", lambda got, want: np.isnan(got) & ~np.isnan(want)),
        ("There is an infinity where a finite number belongs.", lambda got, want: np.isinf(got) & np.isfinite(want)),
        ("There is a number where NaN belongs.", lambda got, want: ~np.isnan(got) & np.isnan(want)),
    ]
    for sentence, at in places:
        if all(np.any(at(got, want)) for got, want in pairs):
            return sentence
    finite = np.isfinite(got) & np.isfinite(want)
    got, want = got[finite], want[finite]
    if len(got) < 2:
        return None
    if _near(got, want):
        # Whatever else leaves such numbers as they are has not happened for that.
        return _rounded(got, want)
    if _reversed(pairs):
        return "Your result is in reverse order."
    off = np.unique(np.stack([got, want], axis=1)[~np.isclose(got, want, rtol=1e-6, atol=1e-9)], axis=0)
    if len(off) < ENOUGH:
        return _rounded(got, want)
    return _scaled(got, want) or _offset(got, want) or _powers(got, want) or _rounded(got, want)


def _near(got: np.ndarray[Any, Any], want: np.ndarray[Any, Any], rtol: float = 1e-6) -> bool:
    return got.shape == want.shape and bool(np.allclose(got, want, rtol=rtol, atol=rtol / 1e3, equal_nan=True))


def _reversed(pairs: Sequence[Pair]) -> bool:
    turned = all(got.ndim >= 1 and got.shape == want.shape and _near(got[::-1], want) for got, want in pairs)
    return turned and any(len(got) >= ENOUGH for got, _ in pairs)


def _scaled(got: np.ndarray[Any, Any], want: np.ndarray[Any, Any]) -> str | None:
    big = np.abs(want) > 1e-12
    if big.sum() < 2:
        return None
    ratio = float(np.median(got[big] / want[big]))
    # "1 times what they should be" would say nothing.
    if abs(ratio) < 1e-9 or f"{ratio:.4g}" == "1" or not _near(got, ratio * want):
        return None
    if abs(ratio + 1) < 1e-6:
        return "Your answers have the opposite sign."
    return f"Your answers are {ratio:.4g} times what they should be."


def _offset(got: np.ndarray[Any, Any], want: np.ndarray[Any, Any]) -> str | None:
    shift = float(np.median(got - want))
    if abs(shift) > 1e-9 and np.ptp(want) > 1e-9 and _near(got, want + shift):
        return f"Your answers are {abs(shift):.4g} too {'large' if shift > 0 else 'small'}, everywhere."
    return None


def _powers(got: np.ndarray[Any, Any], want: np.ndarray[Any, Any]) -> str | None:
    powers: list[tuple[str, Callable[[Any], Any]]] = [
        ("Your answers are the squares of what they should be.", np.square),
        ("Your answers are the square roots of what they should be.", lambda x: np.sqrt(np.abs(x))),
        ("Your answers are the absolute values of what they should be.", np.abs),
        ("Your answers are one divided by what they should be.", lambda x: 1 / np.where(x == 0, np.nan, x)),
    ]
    with np.errstate(all="ignore"):
        return next((sentence for sentence, power in powers if _near(got, power(want))), None)


def _rounded(got: np.ndarray[Any, Any], want: np.ndarray[Any, Any]) -> str | None:
    if not np.array_equal(got, want) and np.allclose(got, want, rtol=5e-3, atol=5e-3) and np.ptp(want) > 0.1:
        return (
            "Your answers are nearly right: is something rounded, approximated, computed with too few digits, or a "
            "small term added?"
        )
    return None
