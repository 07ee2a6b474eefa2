"""Whether two observations are the same: type, then shape, then dtype, then values.

The sentences say what kind of thing differs and never what was expected, so they can be shown to a learner.
"""

from __future__ import annotations

import math
import numbers
import re
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from winnow.worker.observe import Observation
from winnow.worker.wire import Incomparable, type_name

# Relative and absolute tolerance by the precision of what is compared; torch.testing's, but for float64.
TOLERANCES = {
    "float64": (1e-7, 1e-9), "complex128": (1e-7, 1e-9),
    "float32": (1.3e-6, 1e-5), "complex64": (1.3e-6, 1e-5),
    "float16": (1e-3, 1e-5), "bfloat16": (1.6e-2, 1e-5),
}  # fmt: skip
# What is said of a value that is of the right kind.
WRONG = ("the value is wrong", "the values are wrong")
DETACHED = "is a part of what the result follows from detached?"
# So far apart, by their size, are numbers of which the first digits are right.
NEARLY = 1e-3
# What torch says on `meta` where code goes by numbers, as `if x.isnan().any()` does: other devices have some.
NEEDS_NUMBERS = re.compile(r"Tensor\.item\(\) cannot be called on meta|torch\.nonzero\(\) raises unimplemented")
# Of two tables, without dtypes and the names of axes.
ROUGHLY: dict[str, dict[str, Any]] = {
    "DataFrame": {"check_dtype": False, "check_index_type": False, "check_column_type": False, "check_names": False},
    "Series": {"check_dtype": False, "check_index_type": False, "check_names": False},
    "Index": {"exact": False, "check_names": False},
}


def same(got: Observation, want: Observation, *, rtol: float | None = None, atol: float | None = None) -> str | None:
    """None when both are the same, else one sentence that says what kind of thing differs.

    An exception is the same when it is, or extends, the type that is wanted. NaN equals NaN.

    Args:
        got: of the learner's function.
        want: of the reference.
        rtol: relative tolerance; by the dtype unless given.
        atol: absolute tolerance; by the dtype unless given.

    Examples:
        >>> same(Observation(value=1.0), Observation(value=1.0 + 1e-12))
        >>> same(Observation(value=[1.0]), Observation(value=(1.0,)))
        'the result is a list and should be a tuple'
        >>> from winnow.worker.observe import Raised
        >>> same(Observation(value=0.0), Observation(raised=Raised("ValueError", ("ValueError",))))
        'ValueError should be raised here, and something was returned'
    """
    if want.raised is not None:
        if got.raised is None:
            return f"{want.raised.name} should be raised here, and something was returned"
        if not got.raised.is_a(want.raised.builtin):
            return f"{got.raised.name} was raised where {want.raised.builtin} should be"
        return None
    if got.raised is not None and NEEDS_NUMBERS.search(got.raised.text) and _without_numbers(want.value):
        return None
    if got.raised is not None:
        return f"{got.raised.name} was raised where a value should be returned"
    problem = close(got.value, want.value, rtol=rtol, atol=atol)
    if problem is None:
        problem = beside(got, want)
    if problem is None and want.gradients is not None:
        problem = _gradients(got.gradients, want.gradients, rtol, atol)
    return problem


def _without_numbers(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return any(map(_without_numbers, value))
    return type_name(value) == "Tensor" and value.device.type == "meta"


def beside(got: Observation, want: Observation) -> str | None:
    """What a call did beside its answer and should not have, in words. What the reference does, too, is allowed.

    >>> beside(Observation(2.0, None, (0,), None), Observation(2.0, None, (), None))
    'the call changed its argument number 1'
    """
    if got.changed:
        return f"the call changed its argument {_places(got.changed)}"
    touched = [name for name in got.touched if name not in want.touched]
    if touched:
        return f"the call changed {touched[0]}"
    if got.shared and not want.shared:
        return f"the result shares memory with argument {_places(got.shared)}"
    return None


def _places(changed: Iterable[int | str]) -> str:
    return ", ".join(f"number {place + 1}" if isinstance(place, int) else place for place in changed)


def _gradients(got: list[Any] | None, want: list[Any], rtol: float | None, atol: float | None) -> str | None:
    if got is None or len(got) != len(want):
        return "no gradient reaches the arguments"
    for ours, theirs in zip(got, want, strict=True):
        if theirs is not None and ours is None:
            return "no gradient reaches one of the arguments"
        problem = close(ours, theirs, rtol=rtol, atol=atol)
        if problem is not None:
            why = DETACHED if problem in WRONG else problem
            return f"the result is right, and the gradient with respect to one of the arguments is not: {why}"
    return None


def close(got: Any, want: Any, *, rtol: float | None = None, atol: float | None = None) -> str | None:
    """None when two values are the same up to rounding, else one sentence.

    Examples:
        >>> close(np.array([1.0, 2.0]), np.array([1.0, 2.0 + 1e-12]))
        >>> close(np.array([1.0, 2.0]), np.array([1.0, 2.5]))
        'the values are wrong'
        >>> close([1.0], [1.0, 2.0])
        'the length is wrong'
    """
    if isinstance(got, Incomparable):
        why = f": {got.why}" if got.why else ""
        return f"returned a value of type {got.type}, which cannot be compared{why}"
    if want is None or isinstance(want, str | bytes):
        if type(got) is not type(want):
            return kinds(got, want)
        return None if got == want else "the value is wrong"
    if isinstance(want, bool | np.bool_):
        return (
            kinds(got, want) if not isinstance(got, bool | np.bool_) else None if got == want else "the value is wrong"
        )
    if isinstance(want, numbers.Number) and not isinstance(want, np.generic):
        return _number(got, want, rtol, atol)
    if isinstance(want, np.generic):
        alike = type(got) is type(want)
        return (
            _values(np.asarray(got), np.asarray(want), rtol, atol) if alike else _number(got, want.item(), rtol, atol)
        )
    if isinstance(want, list | tuple):
        if not isinstance(got, list | tuple):
            return kinds(got, want)
        if len(got) != len(want):
            return "the length is wrong"
        # A check may take a list for a tuple, so what is in it is told first.
        inside = next((p for g, w in zip(got, want, strict=True) if (p := close(g, w, rtol=rtol, atol=atol))), None)
        return inside or (None if type(got) is type(want) else kinds(got, want))
    if isinstance(want, dict):
        if not isinstance(got, dict):
            return kinds(got, want)
        if got.keys() != want.keys():
            return "the keys of the dictionary are wrong"
        found = ((key, close(got[key], want[key], rtol=rtol, atol=atol)) for key in want)
        return next((_under(key, problem) for key, problem in found if problem), None)
    if isinstance(want, np.ndarray):
        return _array(got, want, rtol, atol)
    if type_name(want) == "Tensor":
        return _tensor(got, want, rtol, atol)
    return _pandas(got, want, rtol, atol)


def _under(key: object, problem: str) -> str:
    """A problem with where it is, which stands before what follows a colon. Of gradients that are wrong beside results
    that are right it is asked what most often is the reason."""
    if isinstance(key, str) and key.startswith("gradients") and problem in WRONG:
        problem = f"{problem}: {DETACHED}"
    what, colon, more = problem.partition(": ")
    return f"{what}, under {key!r}{colon}{more}"


def kinds(got: Any, want: Any) -> str:
    """That one is of another type than the other.

    Examples:
        >>> kinds(1, 1.0)
        'the result is an int and should be a float'
    """
    return f"the result is {_a(type_name(got))} and should be {_a(type_name(want))}"


def _a(name: str) -> str:
    article = "an" if name == "ndarray" or name.lower().startswith(("a", "e", "i", "o")) else "a"
    return f"{article} {name}"


def _number(got: Any, want: Any, rtol: float | None, atol: float | None) -> str | None:
    wanted: tuple[type, ...] = (int, np.integer) if isinstance(want, int) else (type(want),)
    if isinstance(got, bool) or not isinstance(got, wanted):
        return kinds(got, want)
    if isinstance(want, int):
        return None if got == want else "the value is wrong"
    return _values(np.asarray(got), np.asarray(want), rtol, atol)


def _values(
    got: np.ndarray[Any, Any], want: np.ndarray[Any, Any], rtol: float | None, atol: float | None
) -> str | None:
    if want.dtype.kind in "fc":
        if got.dtype == want.dtype and got.tobytes() == want.tobytes():
            # Most are equal to the last digit, which is seen at once.
            return None
        relative, absolute = TOLERANCES.get(want.dtype.name, (1e-7, 1e-9))
        right = near(got, want, relative if rtol is None else rtol, absolute if atol is None else atol)
    elif want.dtype.kind == "O":
        return next(
            (p for g, w in zip(got.ravel(), want.ravel(), strict=True) if (p := close(g, w, rtol=rtol, atol=atol))),
            None,
        )
    else:
        right = got == want
    if bool(np.all(right)):
        return None
    if got.dtype.kind in "fc" and want.dtype.kind in "fc" and bool(np.any(np.isnan(got) & ~np.isnan(want))):
        return "there is a NaN where a number belongs"
    subject = "the value is" if want.ndim == 0 else "the values are"
    if want.dtype.kind == got.dtype.kind == "f" and near(got, want, NEARLY, 0.0).all():
        return (
            f"{subject} nearly right: is something rounded, computed in float32, stopped too early, or a small "
            "constant added?"
        )
    return f"{subject} wrong"


def near(
    got: np.ndarray[Any, Any], want: np.ndarray[Any, Any], rtol: float, atol: float
) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which numbers are the same up to rounding; NaN equals NaN. As numpy's isclose, at half its cost for few numbers.

    Examples:
        >>> near(np.array([1.0, np.inf, np.nan]), np.array([1.0 + 1e-9, 2.0, np.nan]), 1e-7, 0.0)
        array([ True, False,  True])
    """
    with np.errstate(all="ignore"):
        within = (np.abs(got - want) <= atol + rtol * np.abs(want)) & np.isfinite(want)
        return np.asarray(within | (got == want) | (np.isnan(got) & np.isnan(want)))


def _array(got: Any, want: np.ndarray[Any, Any], rtol: float | None, atol: float | None) -> str | None:
    if not isinstance(got, np.ndarray):
        return kinds(got, want)
    if got.shape != want.shape:
        return "the shape of the result is wrong"
    if got.dtype != want.dtype:
        return f"the dtype of the result is {got.dtype} and should be {want.dtype}"
    return _values(got, want, rtol, atol)


def _tensor(got: Any, want: Any, rtol: float | None, atol: float | None) -> str | None:
    if type_name(got) != "Tensor":
        return kinds(got, want)
    if got.shape != want.shape:
        return "the shape of the result is wrong"
    if got.dtype != want.dtype:
        return f"the dtype of the result is {got.dtype} and should be {want.dtype}"
    if got.device.type != want.device.type:
        return f"the result is on device {got.device.type} and should be on {want.device.type}"
    if want.device.type == "meta":
        return None
    relative, absolute = TOLERANCES.get(str(want.dtype).removeprefix("torch."), (0.0, 0.0))
    relative, absolute = relative if rtol is None else rtol, absolute if atol is None else atol
    got, want = got.detach(), want.detach()
    if str(want.dtype) == "torch.bfloat16":
        got, want = got.float(), want.float()
    return _values(got.numpy(), want.numpy(), relative, absolute)


def _pandas(got: Any, want: Any, rtol: float | None, atol: float | None) -> str | None:
    import pandas as pd

    if isinstance(want, pd.DataFrame | pd.Series | pd.Index):
        kind = next(kind for kind in (pd.DataFrame, pd.Series, pd.Index) if isinstance(want, kind))
        if not isinstance(got, kind):
            return kinds(got, want)
        relative, absolute = TOLERANCES["float64"]
        options: dict[str, Any] = {
            "rtol": relative if rtol is None else rtol,
            "atol": absolute if atol is None else atol,
        }
        testing: dict[Any, Any] = {
            pd.DataFrame: pd.testing.assert_frame_equal,
            pd.Series: pd.testing.assert_series_equal,
            pd.Index: pd.testing.assert_index_equal,
        }
        # A wrong number is told before a name or a dtype, of which a check may leave some free. It is looked for first:
        # to say what differs takes pandas ten times as long as to find that nothing does.
        equals: Any = got.equals
        if not equals(want):
            roughly = _difference(testing[kind], got, want, options | ROUGHLY[kind.__name__]) or ""
            if roughly.startswith(("the column ", "the values ")):
                return roughly
        return _difference(testing[kind], got, want, options)
    if type(got) is not type(want):
        return kinds(got, want)
    return None if got is want or got == want or (math.nan in (got, want)) else "the value is wrong"


def _difference(testing: Callable[..., None], got: Any, want: Any, options: dict[str, Any]) -> str | None:
    try:
        testing(got, want, **options)
    except AssertionError as error:
        return _of_table(str(error))
    except TypeError:
        # pandas asks whether NA is another value, and NA does not say.
        return "a missing value is where another belongs, or the other way round"
    return None


def _of_table(text: str) -> str:
    """What pandas says of two tables: its "DataFrame.index are different", and what of it two lines below.

    Examples:
        >>> _of_table('DataFrame.index are different\\n\\nAttribute "names" are different')
        'the name of the index is wrong'
    """
    thing, _, aspect = f"{text}\n\n".split("\n")[:3]
    subject = "the index" if ".index" in thing or thing.startswith("Index") else "the result"
    if column := re.search(r'column name="(.*)"\)', thing):
        subject = f"the column {column[1][:40]}"
    if ".columns" in thing:
        return "the columns are wrong"
    if attribute := re.match(r'Attribute "(\w+)"', aspect):
        return f"the {'name' if attribute[1] in ('name', 'names') else 'dtype'} of {subject} is wrong"
    if "length" in aspect or "shape" in aspect:
        return f"the {'length' if 'length' in aspect else 'shape'} of {subject} is wrong"
    return "the values are wrong" if subject == "the result" else f"{subject} is wrong"
