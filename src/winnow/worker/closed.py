"""Closed calls: what does a whole exercise in one call raises while the exercise's own functions run.

A guard-rail for honest learners, not a layer of the sandbox. What is closed stays usable outside of the exercise's
calls: for drivers, for other exercises in the same process, for a cell that compares.
"""

from __future__ import annotations

import functools
import importlib
import sys
import types
from collections.abc import Callable, Iterable, Iterator
from typing import Any


class ClosedError(RuntimeError):
    """A learner's function called what it is to do itself."""


_now: set[str] = set()
_guarded: dict[str, tuple[str, ...]] = {}
_kept: list[Callable[..., Any]] = []
_BESIDE = ("torch._ops.OpOverload.__call__", "torch._ops.OpOverloadPacket.__call__")
"""Calls of `torch.ops`, the other door to what torch does, which is closed where anything of torch is."""
_SAME = ("torch", "torch._VF", "torch._C._nn", "torch.nn.functional")
"""Where one function of torch stands under several names."""


def guard(names: Iterable[str], texts: Iterable[str] = ()) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """What makes of a function one that cannot call `names`. To be asked before the learner's code is run, which may
    import them one by one.

    Args:
        names: functions, classes (all that they do), methods, or modules (all that is public in them), by their paths.
        texts: the learner's code. A library that it does not speak of is not imported.
    """
    names, texts = list(names), list(texts)
    if any(name.startswith("torch.") for name in names):
        names += _BESIDE
    paths: set[str] = set()
    for name in names:
        root = name.partition(".")[0]
        if root in sys.modules or any(root in text for text in texts):
            paths.update(_close(name))
    if not paths:
        return lambda function: function

    def guarding(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def closing(*args: Any, **kwargs: Any) -> Any:
            before = set(_now)
            _now.update(paths)
            try:
                return function(*args, **kwargs)
            finally:
                _now.intersection_update(before)

        return closing

    return guarding


def missing(names: Iterable[str]) -> list[str]:
    """Those of the names that lead to nothing with the libraries that are installed."""
    return [name for name in names if _find(name) is None]


def _find(name: str) -> tuple[Any, str, Any] | None:
    """Where a path leads: what holds it, its last name, and the thing."""
    root, *parts = name.split(".")
    holder, last = None, root
    try:
        thing: Any = importlib.import_module(root)
        for at, part in enumerate(parts):
            holder, last = thing, part
            if isinstance(thing, types.ModuleType) and not hasattr(thing, part):
                importlib.import_module(".".join([root, *parts[: at + 1]]))
            thing = getattr(thing, part)
    except (ImportError, AttributeError):
        return None
    return holder, last, thing


def _close(name: str) -> Iterator[str]:
    found = _find(name)
    if found is None:
        return
    holder, last, thing = found
    if isinstance(thing, types.ModuleType):
        named = getattr(thing, "__all__", None) or [
            key for key, one in vars(thing).items() if str(getattr(one, "__module__", "")).startswith(name)
        ]
        for key in named:
            one = getattr(thing, key, None)
            if callable(one) and not key.startswith("_"):
                yield from _one(f"{name}.{key}", thing, key, one)
        for path, module in list(sys.modules.items()):
            # What its classes are made of: as functions these do the same.
            if path.startswith(f"{name}."):
                for key, one in list(vars(module).items()):
                    if isinstance(one, types.FunctionType) and one.__module__.startswith(f"{name}."):
                        yield from _one(f"{path}.{key}", module, key, one)
    else:
        yield from _one(name, holder, last, thing)


def _one(path: str, holder: Any, name: str, thing: Any) -> tuple[str, ...]:
    """Close one function or class; the paths of all names that are closed with it."""
    if path not in _guarded:
        doors = {path: holder}
        if isinstance(thing, type):
            # In place: whoever has the class already, or extends it, has the guarded one.
            for key, method in list(vars(thing).items()):
                if isinstance(method, types.FunctionType) and (key == "__init__" or not key.startswith("_")):
                    setattr(thing, key, _refusing(path, method))
        else:
            modules = {one: sys.modules[one] for one in _SAME if one in sys.modules}
            doors |= {f"{one}.{name}": at for one, at in modules.items() if getattr(at, name, None) is thing}
            for door, at in doors.items():
                setattr(at, name, _refusing(door, thing))
        _guarded.update(dict.fromkeys(doors, tuple(doors)))
    return _guarded[path]


def _refusing(path: str, function: Callable[..., Any]) -> Callable[..., Any]:
    # Neither the closure nor `__wrapped__` leads back to the function: that would be found without looking for it.
    at = len(_kept)
    _kept.append(function)

    @functools.wraps(function)
    def refusing(*args: Any, **kwargs: Any) -> Any:
        if path in _now and not (path in _BESIDE and _is_torch(sys._getframe(1))):
            said = f"torch.ops.{args[0]}" if path in _BESIDE else path
            raise ClosedError(f"{said} is what you are to write here.")
        return _kept[at](*args, **kwargs)

    del refusing.__wrapped__
    return refusing


def _is_torch(frame: types.FrameType) -> bool:
    """Whether torch's own code runs in a frame: it goes through `torch.ops`, too, as for meta tensors."""
    return str(frame.f_globals.get("__name__")).partition(".")[0] == "torch"
