"""How the answers of this module's functions are judged: one idea each, so that one slip fails one check."""

import re
from dataclasses import replace

import numpy as np

from winnow.checks import same

RTOL, ATOL = 1e-9, 1e-12
KINDS = {"mse", "mae", "huber", "log_cosh", "quantile"}


def value(call, got, want):
    """The number is right; whether it is a Python float is a check of its own."""
    return same(_plain(got), _plain(want), rtol=RTOL, atol=0.0)


def value_near_zero(call, got, want):
    """As `value`, for losses whose relative precision near 0 is left free."""
    return same(_plain(got), _plain(want), rtol=RTOL, atol=ATOL)


def rough_value(call, got, want):
    """The number is right but for rounding: digits are a check of their own."""
    return same(_plain(got), _plain(want), rtol=1e-3, atol=ATOL)


def value_and_type(call, got, want):
    """The number is right, roughly, and a Python float."""
    return same(got, _plain(want), rtol=1e-3, atol=ATOL)


def refusal(call, got, want):
    """Raises where it must and returns something, right or wrong, where it must not."""
    if want.raised is None and got.raised is None and _is_valid(call):
        return None if got.value is not None else "nothing is returned"
    return rough_value(call, got, want)


def naming_refusal(call, got, want):
    """As `refusal`, and the message names both shapes, in any notation."""
    problem = refusal(call, got, want)
    if problem is None and want.raised is not None and not _names_both(got.raised.text, call.args[-2:]):
        problem = "the message does not name both shapes"
    return problem


def gradient(call, got, want):
    """The gradient is right, in whatever holds it; at a kink any subgradient is."""
    if want.raised is not None or got.raised is not None:
        return same(got, want)
    kind, y, y_hat = call.args
    ours, theirs = _numbers(got.value), _numbers(want.value)
    if ours is None or theirs is None:
        return same(got, want)
    if ours.shape != theirs.shape:
        return "the shape of the gradient is wrong"
    # As precise as float64 allows, whatever the answer is kept in: rough numbers are no better in a rough dtype.
    ours, theirs = ours.astype(np.float64), theirs.astype(np.float64)
    right = np.isclose(ours, theirs, rtol=RTOL, atol=ATOL, equal_nan=True)
    if kind in ("mae", "quantile"):
        lowest, highest = (-1.0, 1.0) if kind == "mae" else (-call.kwargs["tau"], 1 - call.kwargs["tau"])
        at_kink = np.asarray(y, np.float64) == np.asarray(y_hat, np.float64)
        scaled = ours * ours.size
        right = np.where(at_kink, (scaled >= lowest - RTOL) & (scaled <= highest + RTOL), right)
    return None if np.all(right) else "the gradient is wrong"


def gradient_and_type(call, got, want):
    """As `gradient`, and a float64 array of the shape of y; a scalar's gradient may be a number."""
    if got.raised is None and want.raised is None and np.shape(call.args[1]) != ():
        if not isinstance(got.value, np.ndarray):
            return "the gradient is not an array"
        if got.value.dtype != np.float64:
            return f"the dtype of the gradient is {got.value.dtype} and should be float64"
    return gradient(call, got, want)


def plain_number(answer):
    """The float in a number or in an array or tensor of rank 0; anything else as it is."""
    if isinstance(answer, bool | np.bool_) or getattr(answer, "dtype", None) == np.bool_:
        return answer
    if isinstance(answer, int | float):
        return float(answer)
    if getattr(answer, "shape", None) == () and hasattr(answer, "item"):
        item = answer.item()
        return float(item) if isinstance(item, int | float) else answer
    return answer


def _plain(seen):
    return replace(seen, value=plain_number(seen.value))


def _numbers(answer):
    """An array of real numbers, None where the answer is anything else."""
    try:
        array = np.asarray(answer)
    except Exception:
        # A tensor that requires gradients, a ragged list: whatever it is, it holds no gradient.
        return None
    return array if array.dtype.kind in "iuf" else None


def _is_valid(call):
    *kind, first, second = call.args
    first, second = np.asarray(first), np.asarray(second)
    return (
        first.shape == second.shape
        and first.size > 0
        and "c" not in (first.dtype.kind, second.dtype.kind)
        and set(kind) <= KINDS
        and call.kwargs.get("delta", 1.0) > 0
        and 0 < call.kwargs.get("tau", 0.5) < 1
    )


def _names_both(text, arrays):
    numbers = re.findall(r"\d+", text)
    first, second = ([str(length) for length in np.shape(array)] for array in arrays)
    return _has_in_turn(numbers, first, second) or _has_in_turn(numbers, second, first)


def _has_in_turn(numbers, first, second):
    for start in range(len(numbers) - len(first) + 1):
        if numbers[start : start + len(first)] == first:
            rest = numbers[start + len(first) :]
            ends = range(len(rest) - len(second) + 1)
            return any(rest[at : at + len(second)] == second for at in ends)
    return False
