"""Call a function and write down all that can be seen from outside: the answer and what happened beside it.

The same code observes the learner's function in the worker and the reference on the trusted side, so the two
records can be compared field by field.
"""

from __future__ import annotations

import builtins
import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import earlier, surroundings, wire
from .closed import original
from .driven import Driven, define
from .plain import name_of

MAX_MESSAGE = 500
MAX_LINE = 10**9
# What a function touches that goes backward itself.
GRADIENTS = "the gradients of its arguments"


@dataclass(frozen=True)
class Raised:
    """An exception: its type's name, the names of the builtin types it extends, its text, and the learner's line.

    Examples:
        >>> raised = Raised("ShapeError", ("ValueError", "Exception"), "shapes (3,) and (4,)", "line 7")
        >>> raised.is_a("ValueError"), raised.is_a("TypeError")
        (True, False)
    """

    name: str
    bases: tuple[str, ...] = ()
    text: str = ""
    where: str = ""

    @property
    def builtin(self) -> str:
        """The name of the builtin type that it is or extends."""
        return self.bases[0] if self.bases else self.name

    def is_a(self, name: str) -> bool:
        """Whether the exception is a `name` or extends it. One that extends several is what it extends first, or it
        would be right wherever one of them is."""
        first = getattr(builtins, self.builtin, None)
        return isinstance(first, type) and name in [kind.__name__ for kind in first.__mro__]


@dataclass(frozen=True)
class Observation:
    """One call: the value or the exception, the arguments it changed, the gradients that reached its arguments (None
    where none was asked for), what it touched beside its arguments, and the arguments that the value shares memory
    with.

    Examples:
        A call that returned 2.0 and changed its first argument:

        >>> Observation(value=2.0, changed=(0,)).changed
        (0,)
    """

    value: Any = None
    raised: Raised | None = None
    changed: tuple[int | str, ...] = ()
    gradients: list[Any] | None = None
    touched: tuple[str, ...] = ()
    shared: tuple[int | str, ...] = ()


@dataclass(frozen=True)
class Request:
    """What to call, and what to watch beside the answer.

    `alone`: what is global. `new`: memory that the value shares with the arguments.

    `driver`: the text of a function of the course that is called instead, with the function as its first argument: for
    arguments that do not travel, results that are no plain data, and calls that follow from one another. `shows`: how
    a learner reads such a call; it stays on the trusted side.
    """

    function: str
    unchanged: bool = False
    gradients: bool = False
    alone: bool = False
    new: bool = False
    driver: str = ""
    shows: str = ""


def observe(
    function: Callable[..., Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    request: Request,
    labels: frozenset[str],
    named: bool = True,
) -> Observation:
    """Call `function` once. Nothing the function does or raises gets past this call.

    Args:
        labels: the file names of the learner's code, to name the line an exception came from.
        named: there may be a `Named` among the arguments.
    """
    driven = Driven(define(request.driver), function, labels) if request.driver else None
    prepared = _prepare((args, kwargs)) if named else (args, kwargs)
    before = _prints(args, kwargs) if request.unchanged else {}
    # Found before the call, which may put others into the lists.
    leaves = list(_tensors([args, kwargs])) if request.gradients else []
    around = surroundings.stirred() if request.alone else {}
    first = earlier.Earlier()
    if request.alone and driven is None:
        first = earlier.with_others(function, *prepared)
    try:
        value = (driven or function)(*prepared[0], **prepared[1])
        raised = None
    except BaseException as error:
        if driven is None or driven.own(error):
            value, raised = None, describe(error, labels)
        else:
            value, raised = driven.unusable(error), None
    changed: tuple[int | str, ...] = ()
    if request.unchanged:
        after = _prints(args, kwargs)
        changed = tuple(place for place in before if before[place] != after[place])
    touched: tuple[str, ...] = ()
    if request.alone:
        now = surroundings.state()
        strayed = first.strayed(value, [args, kwargs])
        touched = tuple(name for name in surroundings.WATCHED if now[name] != around[name] or name in strayed)
    shared: tuple[int | str, ...] = ()
    if request.new and raised is None:
        shared = tuple(place for place, arg in _places(args, kwargs) if surroundings.shared(value, arg))
    gradients = None
    if request.gradients:
        if any(leaf.grad is not None for leaf in leaves):
            touched = (*touched, GRADIENTS)
        gradients, problem = _gradients(value, leaves) if raised is None else ([], None)
        raised = raised or problem
    return Observation(value, raised, changed, gradients, touched, shared)


def _prints(args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[int | str, bytes]:
    # A generator is there to be drawn from: where it stands afterwards, a driver can tell.
    return {
        place: wire.pack([value])
        for place, value in _places(args, kwargs)
        if not isinstance(value, np.random.Generator)
    }


def _places(args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[tuple[int | str, Any]]:
    return [*enumerate(args), *kwargs.items()]


def _prepare(value: Any) -> Any:
    """The same value with every `Named` replaced by the callable; lists and dictionaries stay the caller's own
    objects, so that a function that empties them is seen."""
    if isinstance(value, wire.Named):
        return _resolve(value)
    if isinstance(value, tuple):
        return tuple(_prepare(item) for item in value)
    if isinstance(value, list):
        value[:] = [_prepare(item) for item in value]
    elif isinstance(value, dict):
        value.update({key: _prepare(item) for key, item in value.items()})
    return value


def _resolve(named: wire.Named) -> Callable[..., Any]:
    module, _, name = named.path.rpartition(".")
    function: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return function


def _tensors(value: Any) -> Iterator[Any]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _tensors(item)
    elif isinstance(value, dict):
        yield from _tensors(list(value.values()))
    elif getattr(value, "requires_grad", False):
        yield value


def _gradients(value: Any, leaves: list[Any]) -> tuple[list[Any], Raised | None]:
    """The gradients of (value * fixed weights).sum() for every leaf, a tensor among the arguments that asks for one.
    Of several tensors in a value each has weights of its own."""
    import torch

    if not leaves or not any(True for _ in _tensors(value)):
        return [None for _ in leaves], None
    try:
        start, parts = 1, []
        for tensor in _tensors(value):
            places = torch.arange(start, start + tensor.numel(), dtype=torch.float64)
            start += tensor.numel()
            parts.append((tensor * torch.cos(places).to(tensor.dtype).reshape(tensor.shape)).sum())
        original(torch.autograd.backward)(sum(parts))
    except BaseException as error:
        return [None for _ in leaves], describe(error, frozenset())
    return [leaf.grad for leaf in leaves], None


def describe(error: BaseException, labels: frozenset[str]) -> Raised:
    """An exception as plain data. Its own methods, and its class's, are the learner's: each use may raise."""
    bases = tuple(name_of(kind) for kind in type.__dict__["__mro__"].__get__(type(error)) if _is_builtin(kind))
    try:
        text = wire.clean(str(error), MAX_MESSAGE)
        if isinstance(error, ImportError):
            # Where a module lies here helps nobody.
            text = text.removesuffix(f" ({error.path})")
    except BaseException:
        text = "(its message cannot be read)"
    return Raised(wire.type_name(error), bases[:12], text, _where(error, labels))


def _is_builtin(kind: type) -> bool:
    return getattr(builtins, name_of(kind), None) is kind


def _where(error: BaseException, labels: frozenset[str]) -> str:
    if issubclass(type(error), SyntaxError):
        # What a learner's class, or code, put there may be anything.
        name, line = (SyntaxError.__dict__[part].__get__(error) for part in ("filename", "lineno"))
        if type(name) is str and name in labels and type(line) is int and 0 <= line < MAX_LINE:
            return f"{name}:{line}"
    place = ""
    step = BaseException.__dict__["__traceback__"].__get__(error)
    for _ in range(5000):
        if step is None:
            break
        if step.tb_frame.f_code.co_filename in labels:
            place = f"{step.tb_frame.f_code.co_filename}:{step.tb_lineno}"
        step = step.tb_next
    return place
