"""Memory that nobody has written, as `empty` gives it, holds the same numbers for everybody, and never zeros.

What adds to it would otherwise be right by chance, on one machine and not on another, in one run and not in the next.
torch takes its memory from malloc, and so does numpy, but for small arrays, for which it keeps some of its own. So what
`empty` and `where` leave unwritten in these is written here.
"""

from __future__ import annotations

import ast
import builtins
import copy
import functools
import re
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from . import kernel

FILLING = 0xFE
"""The byte that fills such memory: numbers made of it are far too large."""

_FILLING = "__filling__"
_WHERE = re.compile(r"\bwhere\s*=(?!=)")


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


def leaves_out(source: str) -> bool:
    """Whether code may call something with `where`."""
    return _WHERE.search(source) is not None


def written(node: ast.stmt) -> ast.stmt:
    """A copy of a statement in which numpy's functions fill the places that `where` leaves out, without `out`. What is
    nested too deep to be copied stays as it is."""
    vars(builtins).setdefault(_FILLING, _filling)
    try:
        copied: ast.stmt = _WhereFilled().visit(copy.deepcopy(node))
    except RecursionError:
        return node
    return copied


class _WhereFilled(ast.NodeTransformer):
    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        if any(one.arg == "where" for one in node.keywords):
            filling = ast.copy_location(ast.Name(_FILLING, ast.Load()), node.func)
            node.func = ast.copy_location(ast.Call(filling, [node.func], []), node.func)
        return node


def _filling(function: Any) -> Any:
    """What is to be called with `where` in the place of a function."""
    if not isinstance(function, np.ufunc) or function.nout > 1:
        return function

    def filled(*args: Any, where: Any, **named: Any) -> Any:
        made = function(*args, where=where, **named)
        if any(one is not None for one in (*args[function.nin :], named.get("out"))):
            return made
        if type(made) is np.ndarray and made.dtype.kind in "iufc":
            np.copyto(made, number(made.dtype), where=np.logical_not(where))
        elif isinstance(made, np.number) and not where:
            return number(made.dtype)
        return made

    return filled
