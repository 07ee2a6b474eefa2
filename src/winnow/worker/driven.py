"""Drivers: small functions of the course that call the learner's function, and return what can be seen of it.

A driver is text that travels with a call, so that a check can pass a function, ask twice, or look at a gradient, where
the learner's code is. It runs alike on the reference. It holds inputs only, and returns plain data, never a verdict:
the learner's code may read it, and change what it returns.
"""

from __future__ import annotations
import __future__

import functools
import operator
import sys
import types
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np

from . import wire

MAX_WHY = 180
MAX_DEPTH = 4
READING = "__iter__", "__getitem__", "__len__", "__contains__", "__missing__", "__getattribute__"


@functools.lru_cache(maxsize=100)
def compiled(text: str) -> types.CodeType:
    """The code of a driver; annotations stay texts."""
    code: types.CodeType = compile(text, "<stdin>", "exec", __future__.annotations.compiler_flag, dont_inherit=True)
    return code


def define(text: str) -> Callable[..., Any]:
    """The function that the text defines, in a namespace of its own: what a call did to the last one is gone."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    exec(compiled(text), namespace)
    function: Callable[..., Any] = namespace[text[len("def ") : text.index("(")].strip()]
    return function


class Driven:
    """A function behind a driver.

    Args:
        driver: is called instead, with the function as its first argument.
        labels: the files that the function's code is in.
    """

    def __init__(self, driver: Callable[..., Any], function: Callable[..., Any], labels: frozenset[str]) -> None:
        self._driver = driver
        self._function = function
        of_function = {function.__code__.co_filename} if type(function) is types.FunctionType else set()
        # The engine's own code, which what closes calls wraps around a function, has a driver's file name in a worker.
        self._labels = (labels | of_function) - {driver.__code__.co_filename}
        self._raised: BaseException | None = None
        self._returned: Any = None

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._driver(self._called, *args, **kwargs)

    def _called(self, *args: Any, **kwargs: Any) -> Any:
        try:
            self._returned = self._function(*args, **kwargs)
            returned = _plain(self._returned)
        except BaseException as error:
            self._raised = error
            raise
        return returned

    def own(self, error: BaseException) -> bool:
        """Whether it is the function that raised this, at once or later as an iterator, and not the driver."""
        step = BaseException.__dict__["__traceback__"].__get__(error)
        while step is not None and error is not self._raised:
            if step.tb_frame.f_code.co_filename in self._labels:
                return True
            step = step.tb_next
        return error is self._raised

    def unusable(self, error: BaseException) -> wire.Incomparable:
        """What stands for a result that the driver stumbled over, so that this never looks like a refusal."""
        try:
            text = str(error)
        except BaseException:
            text = ""
        return wire.Incomparable(
            wire.type_name(self._returned), wire.clean(f"{wire.type_name(error)}: {text}", MAX_WHY)
        )


def _plain(value: Any, depth: int = 0) -> Any:
    """The same value, with arrays and tensors of a learner's own class as plain ones of the same memory and graph, and
    what holds them as a plain list, tuple or dictionary: the class could tell a driver any others. What holds none of
    them, and is read as Python reads it, stays itself."""
    kind, torch = type(value), sys.modules.get("torch")
    base = next((one for one in (list, tuple, dict) if issubclass(kind, one)), None)
    if base is not None and depth < MAX_DEPTH:
        old = list(dict.values(value) if base is dict else base.__iter__(value))
        new = [_plain(one, depth + 1) for one in old]
        if all(map(operator.is_, old, new)) and _reads_as(kind, base):
            return value
        return dict(zip(dict.__iter__(value), new, strict=True)) if base is dict else base(new)
    if issubclass(kind, np.ndarray) and kind not in (np.ndarray, np.matrix, np.ma.MaskedArray):
        return np.ndarray.view(value, np.ndarray)
    if torch and issubclass(kind, torch.Tensor) and kind not in (torch.Tensor, torch.nn.Parameter):
        with torch._C.DisableTorchFunctionSubclass():
            return torch.Tensor.as_subclass(value, torch.Tensor)
    return value


def _reads_as(kind: type, base: type) -> bool:
    """Whether a list, tuple or dictionary of this kind is read by the methods of the plain one."""
    own = (getattr(kind, name, None) is getattr(base, name, None) for name in READING)
    return kind in (OrderedDict, defaultdict, Counter) or all(own)
