"""Wrong ways that functions of two arrays of one shape have in common: each is made of the right function.

The text of this file runs beside the reference in a worker, so it imports numpy alone.
"""

import functools as _functools
from typing import Any

import numpy as _np


def _slip(wrong: Any) -> Any:
    """`wrong(right, first, second, ...)` as what makes a wrong function of the right one."""

    @_functools.wraps(wrong)
    def made(right: Any) -> Any:
        return _functools.wraps(right)(
            lambda first, second, *rest, **named: wrong(right, first, second, *rest, **named)
        )

    return made


def _empty(first: Any, second: Any) -> bool:
    return bool(_np.shape(first) == _np.shape(second) and _np.size(first) == 0)


@_slip
def broadcast(right: Any, first: Any, second: Any, *rest: Any, **named: Any) -> Any:
    """Shapes (3,) and (3, 1) made a 3x3 table of differences: compare the shapes first."""
    return right(*_np.broadcast_arrays(first, second), *rest, **named)


@_slip
def size_for_shape(right: Any, first: Any, second: Any, *rest: Any, **named: Any) -> Any:
    """As many elements is not enough: (6,) and (2, 3) are different shapes."""
    return right(_np.ravel(first), _np.ravel(second), *rest, **named)


@_slip
def sizes_broadcast(right: Any, first: Any, second: Any, *rest: Any, **named: Any) -> Any:
    """As many elements is not enough: (3,) and (3, 1) are different shapes, which numpy broadcasts to (3, 3)."""
    if _np.size(first) != _np.size(second):
        raise ValueError(f"shapes {_np.shape(first)} and {_np.shape(second)}")
    return right(*_np.broadcast_arrays(first, second), *rest, **named)


@_slip
def rows_only(right: Any, first: Any, second: Any, *rest: Any, **named: Any) -> Any:
    """You compared the numbers of rows; compare the whole shapes."""
    if _np.shape(first)[:1] != _np.shape(second)[:1]:
        raise ValueError(f"shapes {_np.shape(first)} and {_np.shape(second)}")
    return right(*_np.broadcast_arrays(first, second), *rest, **named)


@_slip
def zip_cuts(right: Any, first: Any, second: Any, *rest: Any, **named: Any) -> Any:
    """`zip` stops at the shorter input: what is left over went unseen. Compare the shapes first."""
    if _np.shape(first) != _np.shape(second):
        first, second = zip(*zip(_np.asarray(first).flat, _np.asarray(second).flat, strict=False), strict=True)
    return right(first, second, *rest, **named)


@_slip
def asserts(right: Any, first: Any, second: Any, *rest: Any, **named: Any) -> Any:
    """`assert` raises AssertionError, and not at all under python -O; raise ValueError."""
    assert _np.shape(first) == _np.shape(second)
    return right(first, second, *rest, **named)


@_slip
def silent_message(right: Any, first: Any, second: Any, *rest: Any, **named: Any) -> Any:
    """Name both shapes in the message: whoever reads it needs them."""
    if _np.shape(first) != _np.shape(second):
        raise ValueError("the shapes differ")
    return right(first, second, *rest, **named)


@_slip
def inplace(right: Any, first: Any, second: Any, *rest: Any, **named: Any) -> Any:
    """You changed the caller's array; compute in a new one."""
    value = right(first, second, *rest, **named)
    if isinstance(first, _np.ndarray) and first.dtype == _np.float64:
        first -= _np.asarray(second)
    return value


@_slip
def empty_nan(right: Any, first: Any, second: Any, *rest: Any, **named: Any) -> Any:
    """The mean of nothing is no number: raise ValueError for empty input."""
    return float("nan") if _empty(first, second) else right(first, second, *rest, **named)


@_slip
def empty_zero(right: Any, first: Any, second: Any, *rest: Any, **named: Any) -> Any:
    """No data is not a perfect score of 0: raise ValueError for empty input."""
    return 0.0 if _empty(first, second) else right(first, second, *rest, **named)


@_slip
def empty_division(right: Any, first: Any, second: Any, *rest: Any, **named: Any) -> Any:
    """Empty input reached the division by 0: test for it and raise ValueError."""
    if _empty(first, second):
        raise ZeroDivisionError("division by zero")
    return right(first, second, *rest, **named)


@_slip
def real_part(right: Any, first: Any, second: Any, *rest: Any, **named: Any) -> Any:
    """The conversion to float dropped the imaginary parts: test for complex input before, raise TypeError."""
    return right(_np.real(first), _np.real(second), *rest, **named)


@_slip
def complex_value_error(right: Any, first: Any, second: Any, *rest: Any, **named: Any) -> Any:
    """Complex input is of the wrong type, not of a wrong value: raise TypeError."""
    if _np.iscomplexobj(first) or _np.iscomplexobj(second):
        raise ValueError("complex input")
    return right(first, second, *rest, **named)


@_slip
def nan_is_zero(right: Any, first: Any, second: Any, *rest: Any, **named: Any) -> Any:
    """You turned NaN into a number; missing data must stay visible."""
    if _np.shape(first) != _np.shape(second) or _np.iscomplexobj(first) or _np.iscomplexobj(second):
        return right(first, second, *rest, **named)
    with _np.errstate(invalid="ignore"):
        lost = _np.isnan(_np.subtract(first, second, dtype=float))
    return right(_np.where(lost, 0, first), _np.where(lost, 0, second), *rest, **named)


@_slip
def finite_only(right: Any, first: Any, second: Any, *rest: Any, **named: Any) -> Any:
    """You left out what is not finite; NaN and infinities must show in the result."""
    if _np.shape(first) != _np.shape(second) or _np.iscomplexobj(first) or _np.iscomplexobj(second):
        return right(first, second, *rest, **named)
    with _np.errstate(invalid="ignore"):
        kept = _np.isfinite(_np.subtract(first, second, dtype=float))
    if kept.all() or not _np.size(first):
        return right(first, second, *rest, **named)
    return right(_np.asarray(first)[kept], _np.asarray(second)[kept], *rest, **named) if kept.any() else 0.0


@_slip
def memory_order(right: Any, first: Any, second: Any, *rest: Any, **named: Any) -> Any:
    """Flattened in memory order, a transposed array pairs the wrong elements; keep the index order."""
    if _np.shape(first) != _np.shape(second):
        return right(first, second, *rest, **named)
    return right(_np.asarray(first).ravel("K"), _np.asarray(second).ravel("K"), *rest, **named)


@_slip
def truncates(right: Any, first: Any, second: Any, *rest: Any, **named: Any) -> Any:
    """You converted the second to the type of the first: its fractions were cut off. Convert both to float64."""
    first, second = _np.asarray(first), _np.asarray(second)
    if first.shape != second.shape or "c" in (first.dtype.kind, second.dtype.kind):
        return right(first, second, *rest, **named)
    with _np.errstate(all="ignore"):
        return right(first, second.astype(first.dtype), *rest, **named)


@_slip
def rounds(right: Any, first: Any, second: Any, *rest: Any, **named: Any) -> Any:
    """You rounded the result; return all its digits."""
    return round(right(first, second, *rest, **named), 4)


@_slip
def returns_array(right: Any, first: Any, second: Any, *rest: Any, **named: Any) -> Any:
    """An array of rank 0 is not a float: return float(...)."""
    return _np.asarray(right(first, second, *rest, **named))
