"""A call before a call, with the very objects that it will get: whoever keeps by identity what followed from the
numbers in them answers from it when other numbers stand there."""

from __future__ import annotations

import contextlib
import copy
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import surroundings

# Numbers stay as large as they were, of one sign, and row by row, so that what a statement says of an argument mostly
# holds of the others. From argument to argument they move differently: a mean over all rows would be the same.
_SHARES = 0.5, 0.75


@dataclass(frozen=True)
class Earlier:
    """What came of an earlier call: its value, and whether it left the gradient mode as it was."""

    value: Any = None
    mode_kept: bool = True

    def strayed(self, value: Any, given: Any) -> tuple[str, ...]:
        """Which of `surroundings.WATCHED` was touched by it, or by the call after it, which returned `value`. Who
        returns an argument itself returns the same twice."""
        same = surroundings.shared(value, self.value) and not surroundings.shared(value, given)
        found = {surroundings.GRADIENT_MODE: not self.mode_kept, surroundings.EARLIER: same}
        return tuple(name for name, is_so in found.items() if is_so)


def with_others(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Earlier:
    """Call `function` in a caller's `no_grad` while other numbers stand in the arrays and tensors that are given, and
    put all back. It draws from copies of the generators that are given."""
    kept = [(one, one.clone() if _is_tensor(one) else one.copy()) for one in _parts([args, kwargs])]
    if not kept:
        return Earlier()
    value = None
    with surroundings.no_grad() as left:
        try:
            for at, (one, numbers) in enumerate(kept):
                _write(one, _others(numbers, at + 1, _SHARES[at % len(_SHARES)]))
            value = function(*_regrouped(args), **_regrouped(kwargs))
        except BaseException:
            # The call itself will tell.
            pass
    for one, numbers in kept:
        # A function may have made of its argument what takes no numbers. That is seen elsewhere.
        with contextlib.suppress(Exception):
            _write(one, numbers)
    return Earlier(value, mode_kept=not left)


def _parts(value: Any) -> Iterator[Any]:
    """The arrays and tensors in an argument, without tensors on the device `meta`, which hold no numbers."""
    if isinstance(value, list | tuple):
        for item in value:
            yield from _parts(item)
    elif isinstance(value, dict):
        yield from _parts(list(value.values()))
    elif _is_tensor(value):
        if not value.is_meta:
            yield value
    elif isinstance(value, np.ndarray) and value.dtype.kind in "fiub":
        yield value


def _regrouped(value: Any) -> Any:
    """The same arrays and tensors in other lists and dictionaries: what is done to those is seen in the call itself."""
    if isinstance(value, list | tuple):
        return type(value)(map(_regrouped, value))
    if isinstance(value, np.random.Generator):
        return copy.deepcopy(value)
    return {key: _regrouped(item) for key, item in value.items()} if isinstance(value, dict) else value


def _is_tensor(value: Any) -> bool:
    return "torch" in sys.modules and isinstance(value, sys.modules["torch"].Tensor)


def _others(numbers: Any, rows: int, share: float) -> Any:
    """Other numbers for these: so many rows further, and those of floats smaller."""
    if _is_tensor(numbers):
        moved = numbers.roll(rows, 0) if numbers.ndim else numbers
        return moved * share if moved.is_floating_point() else moved
    moved = np.roll(numbers, rows, axis=0) if numbers.ndim else numbers
    return moved * share if moved.dtype.kind == "f" else moved


def _write(one: Any, numbers: Any) -> None:
    if _is_tensor(one):
        with sys.modules["torch"].no_grad():
            one.copy_(numbers)
        return
    writeable = one.flags.writeable
    one.flags.writeable = True
    one[...] = numbers
    one.flags.writeable = writeable
