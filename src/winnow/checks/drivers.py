"""Drivers as a check has them: functions with their text, and how a learner reads what they ask."""

from __future__ import annotations

import ast
import builtins
import dis
import inspect
import string
import textwrap
import types
from collections.abc import Callable, Iterator
from typing import Any, overload

from winnow.course import CourseError
from winnow.worker.driven import compiled
from winnow.worker.observe import Request


class Driver:
    """A function of the course that calls the learner's function, which is its first argument, and returns plain data.

    In a check it is called like any function, with the fixture as its first argument; or `agree(..., through=driver)`.
    """

    def __init__(self, function: Callable[..., Any], shows: str = "") -> None:
        self.function = function
        self.shows = shows
        self.__name__ = function.__name__
        self.__doc__ = function.__doc__
        self.text = _text(function)
        where = f"{inspect.getsourcefile(function)}: the driver {function.__name__}"
        free = sorted(set(_outside(compiled(self.text))) - {function.__name__})
        if free or function.__code__.co_freevars:
            name = (*free, *function.__code__.co_freevars)[0]
            raise CourseError(f"{where} uses {name}, which is outside of it; only its own text travels: have it inside")
        known = list(inspect.signature(function).parameters)[1:]
        for _, field, _, _ in string.Formatter().parse(shows):
            if field is not None and field not in known:
                raise CourseError(f"{where} shows {{{field}}}, which is none of its arguments {', '.join(known)}")

    def request(self, function: str) -> Request:
        """What is asked of the learner's function of this name."""
        return Request(function, driver=self.text, shows=self.shows)

    def __call__(self, function: Any, *args: Any, **kwargs: Any) -> Any:
        """Drive a fixture: in the learner's own process, or where the learner's code is."""
        if hasattr(function, "through"):
            return function.through(self, args, kwargs)
        return self.function(function, *args, **kwargs)


@overload
def driver(function: Callable[..., Any], /) -> Driver: ...


@overload
def driver(*, shows: str) -> Callable[[Callable[..., Any]], Driver]: ...


def driver(function: Any = None, /, *, shows: str = "") -> Any:
    """Make a driver of a function, as a decorator.

        @driver(shows="list(minibatches({n}, {batch_size}, {rng}))")
        def epoch(minibatches, n, batch_size, rng):
            return [batch.tolist() for batch in minibatches(n, batch_size, rng)]

    Args:
        shows: what a learner reads as the call, with the driver's arguments in braces; a brace of its own is doubled.
            Without it, the call of the learner's function with the driver's arguments.

    Raises:
        CourseError: the function uses a name from outside, or shows what it does not have.

    Examples:
        >>> def twice(f, x):
        ...     return f(f(x))
        >>> driver(twice)(lambda x: x + 1, 3)
        5
    """
    if function is None:
        return lambda function: Driver(function, shows)
    return function if isinstance(function, Driver) else Driver(function, shows)


def _text(function: Callable[..., Any]) -> str:
    """The function's code without decorators, remarks and docstrings: the learner's code may show it."""
    node = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(node, ast.FunctionDef)
    node.decorator_list = []
    for one in ast.walk(node):
        if (
            isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            and ast.get_docstring(one) is not None
        ):
            one.body = one.body[1:] or [ast.Pass()]
    return ast.unparse(node) + "\n"


def _outside(code: types.CodeType) -> Iterator[str]:
    """The names that a code looks for outside of its functions."""
    for step in dis.get_instructions(code):
        if step.opname in ("LOAD_GLOBAL", "LOAD_NAME") and not hasattr(builtins, step.argval):
            yield step.argval
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            yield from _outside(inner)
