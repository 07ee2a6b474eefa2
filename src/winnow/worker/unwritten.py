"""Memory that nobody has written, as `empty` gives it, holds the same numbers for everybody, and never zeros.

What adds to it would otherwise be right by chance, on one machine and not on another, in one run and not in the next.
torch takes its memory from malloc, and so does numpy, but for small arrays, for which it keeps some of its own.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from . import kernel

FILLING = 0xFE
"""The byte that fills such memory: numbers made of it are far too large."""


def fill() -> None:
    """From now on, in this process."""
    if sys.platform == "linux":
        kernel.fill_memory(FILLING)


def fill_arrays() -> None:
    """Fill what `numpy.empty` and `numpy.empty_like` give, in this process and its forks."""
    for name in ("empty", "empty_like"):
        made = getattr(np, name)
        setattr(np, name, _filled(getattr(made, "__wrapped__", made)))


def number(dtype: np.dtype[Any]) -> Any:
    """The number of such a dtype that the filling makes."""
    return _number(dtype.newbyteorder("="))


@functools.cache
def _number(dtype: np.dtype[Any]) -> Any:
    return np.frombuffer(bytes([FILLING]) * dtype.itemsize, dtype)[0]


def _filled(make: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(make)
    def empty(*args: Any, **kwargs: Any) -> Any:
        made = make(*args, **kwargs)
        if type(made) is np.ndarray and made.dtype.kind in "iufc":
            made.fill(number(made.dtype))
        return made

    return empty
