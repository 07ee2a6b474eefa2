"""Closed calls: what does a whole exercise in one call raises while the exercise's own functions run.

A guard-rail for honest learners, not a layer of the sandbox. What is closed stays usable outside of the exercise's
calls, in a learner's own process: for other exercises, for a cell that compares. In a worker it is closed for good as
soon as the learner's code is loaded, so that no value computes with it while it is read.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import itertools
import sys
import types
import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from . import operators
from .closed_error import ClosedError
from .loaded_once import Absent, Once, files_run
from .operators import OPERATORS

_BESIDE = ("torch._ops.OpOverload.__call__", "torch._ops.OpOverloadPacket.__call__")
"""Calls of `torch.ops`, the other door to what torch does, which is closed where anything of torch is."""
_ENGINES = "torch.autograd.backward"
"""What the engine itself calls, also where it is closed."""
_now: set[str] = set()
_guarded: set[str] = set()
_nowhere: set[str] = set()
_kept: list[Any] = []
_passing: dict[int, str] = {}
"""What of `_kept` is called as long as its path is not closed, and by nobody then."""
_originals: dict[Callable[..., Any], Callable[..., Any]] = {}


def guard(names: Iterable[str], texts: Iterable[str] = ()) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """What makes of a function one that cannot call `names`. To be asked before the learner's code is run, which may
    import them one by one.

    Args:
        names: functions, classes (all that they do), methods, or modules (all that is in them), by their paths; and
            words of torch's operators behind `torch.ops.`, which only `ready` closes.
        texts: the learner's code. A library that it does not speak of is not imported.
    """
    names, texts = list(names), list(texts)
    paths = set(_closed(names, _here(names, texts)))
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


def ready(names: Iterable[str], texts: Iterable[str] = ()) -> Callable[[], None]:
    """What closes `names` for the rest of this process: torch's operators on all roads that lead to them, as a scripted
    graph does, and libraries that are not imported until then altogether.

    To be asked before the learner's code is run, which may replace what this is made of.

    Args:
        texts: see `guard`.
    """
    names, texts = list(names), list(texts)
    # Before what is closed is imported.
    once = Once(_roots(names))
    sys.addaudithook(once.hear)
    before = _here(names, texts)
    paths = set(_closed(names, before))
    refusals = _stand_before(names, paths) if "torch" in before else []
    if "torch" in before:
        # These at once: what is made while the code is loaded would not be known again.
        _now.update(path for name in operators.READ_GRAPHS for path in _close(name))
        # The code may take out of sys.modules what is there now.
        paths.update(_were_in_python(tuple(names)))
    once.late.clear()

    def shut() -> None:
        once.put_back()
        here = {root for root in _roots(names) if root in sys.modules}
        paths.update(_closed(names, here))
        if "torch" in here:
            paths.update(_close_in_python(names))
        _now.update(paths)
        with warnings.catch_warnings():
            # torch says that there was another.
            warnings.simplefilter("ignore")
            for refuse in refusals or (_stand_before(names, paths) if "torch" in here else ()):
                refuse()
        operators.let_go()
        _let_go()
        sys.meta_path.insert(0, Absent(_roots(names) - here))

    return shut


def prepare(names: Iterable[str]) -> None:
    """Do what closing `names` takes as far as nothing is closed by it: for a nursery, all of whose workers close
    them."""
    names = list(names)
    here = _roots(names) & sys.modules.keys()
    for root in here:
        files_run(root)
    for generates in (False, True):
        _standing((), generates)
    paths = set(_closed(names, here))
    if "torch" in here:
        _stand_before(names, paths)
        for name in operators.READ_GRAPHS:
            list(_close(name))
        _were_in_python(tuple(names))


def original(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function itself, for the engine, where it is closed."""
    return _originals.get(function, function)


def _let_go() -> None:
    """Forget what is closed for good: what refuses stands in a traceback, and with it all that is known here."""
    for at, path in _passing.items():
        if path in _now:
            _kept[at] = None


def missing(names: Iterable[str]) -> list[str]:
    """Those of the names that lead to nothing with the libraries that are installed."""
    return [
        name for name in names if (_find(name) is None or (name.startswith(OPERATORS) and not operators.of([name])))
    ]


def _stand_before(names: list[str], paths: set[str]) -> list[Callable[[], object]]:
    """Put what refuses before torch's operators, and add what they are called to `paths`; what closes the rest."""
    with warnings.catch_warnings():
        # torch says that there was another.
        warnings.simplefilter("ignore")
        gated, bare = operators.gate(tuple(names), _now.__contains__)
    paths.update(gated)
    return [*bare, *operators.refusals(names)]


@functools.cache
def _were_in_python(names: tuple[str, ...]) -> list[str]:
    """Those that were closed at first, as a nursery does."""
    return _close_in_python(names)


def _close_in_python(names: Iterable[str]) -> list[str]:
    found = operators.in_python(names)
    return [_one(f"{module.__name__}.{key}", module, key, one) for module, key, one in found]


def _here(names: Iterable[str], texts: list[str]) -> set[str]:
    """The libraries that are imported, or that the texts speak of."""
    return {root for root in _roots(names) if root in sys.modules or any(root in text for text in texts)}


def _roots(names: Iterable[str]) -> set[str]:
    return {name.partition(".")[0] for name in names}


def _closed(names: list[str], roots: set[str]) -> Iterator[str]:
    """Close those of the names that are in these libraries; the paths of all that is closed."""
    beside = (*_BESIDE, *operators.RUN_GRAPHS) if "torch" in roots else ()
    for name in (*names, *beside):
        if name.partition(".")[0] in roots and not name.startswith(OPERATORS):
            yield from _close(name)


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
    if name in _guarded:
        yield name
        return
    found = _find(name) if name not in _nowhere else None
    if found is None:
        _nowhere.add(name)
        return
    holder, last, thing = found
    if isinstance(thing, types.ModuleType):
        yield from _outside(name, thing)
        for path, module in _and_below(name, thing):
            yield from _inside(name, path, module)
    else:
        yield _one(name, holder, last, thing)


def _outside(name: str, module: types.ModuleType) -> list[str]:
    """What a module gives to others."""
    named = getattr(module, "__all__", None) or [
        key for key, one in vars(module).items() if str(getattr(one, "__module__", "")).startswith(name)
    ]
    given = ((key, getattr(module, key, None)) for key in named if not key.startswith("_"))
    return [_one(f"{name}.{key}", module, key, one) for key, one in given if callable(one)]


def _inside(name: str, path: str, module: types.ModuleType) -> list[str]:
    """What the classes of a module are made of: as functions these do the same."""
    return [
        _one(f"{path}.{key}", module, key, one)
        for key, one in list(vars(module).items())
        if isinstance(one, types.FunctionType) and one.__module__.startswith(name)
    ]


def _and_below(name: str, module: types.ModuleType) -> list[tuple[str, types.ModuleType]]:
    """A module and those that are imported below it, as only below a package."""
    if not hasattr(module, "__path__"):
        return [(name, module)]
    last, known = _were_below(name)
    later = [path for path in itertools.takewhile(last.__ne__, reversed(sys.modules)) if _is_below(path, name)]
    return [*known, *((path, sys.modules[path]) for path in later)]


@functools.cache
def _were_below(name: str) -> tuple[str, list[tuple[str, types.ModuleType]]]:
    """The module that was imported last, and those that were there then. A nursery has found them: to look through all
    that is imported costs a worker the memory that it lies in."""
    return next(reversed(sys.modules)), [
        (path, one) for path, one in list(sys.modules.items()) if _is_below(path, name)
    ]


def _is_below(path: str, name: str) -> bool:
    return path == name or path.startswith(f"{name}.")


def _one(path: str, holder: Any, name: str, thing: Any) -> str:
    """Close one function or class."""
    if path not in _guarded:
        _guarded.add(path)
        if isinstance(thing, type):
            for key, method in list(vars(thing).items()):
                if isinstance(method, types.FunctionType) and (key == "__init__" or not key.startswith("_")):
                    _close_in_place(path, method)
        elif isinstance(thing, types.FunctionType):
            _close_in_place(path, thing)
        elif callable(thing):
            setattr(holder, name, _refusing(path, thing))
        else:
            setattr(holder, name, _hidden(path, thing))
    return path


_STANDING = """\
def around({free}):
    def standing(*_given, **_named):
        _refusing = 'what refuses'
        return ({come} _refusing(*_given, **_named))
        {free}
"""


@functools.cache
def _standing(free: tuple[str, ...], generates: bool) -> types.CodeType:
    """The code of a function that only calls a constant. A function's new code must have as many free variables as its
    old one, and be a generator's where that is."""
    come = "yield from" if generates else ""
    code = compile(_STANDING.format(free=", ".join(free), come=come), "<closed>", "exec")
    for _ in ("around", "standing"):
        (code,) = (one for one in code.co_consts if isinstance(one, types.CodeType))
    return code


def _close_in_place(path: str, function: types.FunctionType) -> None:
    """Give a function another code: whoever has it already, under whatever name, has the guarded one."""
    code = function.__code__
    own = types.FunctionType(code, function.__globals__, function.__name__, function.__defaults__, function.__closure__)
    own.__kwdefaults__ = function.__kwdefaults__
    refusing = _refusing(path, own)
    if path == _ENGINES:
        _originals.setdefault(function, own)
    # It would lead to the same without the decorators.
    function.__dict__.pop("__wrapped__", None)
    standing = _standing(code.co_freevars, inspect.isgeneratorfunction(function))
    function.__code__ = standing.replace(
        co_consts=tuple(refusing if one == "what refuses" else one for one in standing.co_consts),
        co_name=code.co_name,
        co_qualname=code.co_qualname,
    )


def _refusing(path: str, function: Callable[..., Any]) -> Callable[..., Any]:
    # Neither the closure nor `__wrapped__` leads back to the function: that would be found without looking for it.
    at = len(_kept)
    _kept.append(function)
    if path not in _BESIDE:
        _passing[at] = path

    @functools.wraps(function)
    def refusing(*args: Any, **kwargs: Any) -> Any:
        if _kept[at] is None or (path in _now and not (path in _BESIDE and _is_torch(sys._getframe(2)))):
            said = f"{OPERATORS}{args[0]}" if path in _BESIDE else path
            raise ClosedError(said)
        return _kept[at](*args, **kwargs)

    del refusing.__wrapped__
    return refusing


def _hidden(path: str, thing: Any) -> Any:
    """What stands for an attribute: a property where it is one, or an object without attributes of its own."""
    at = len(_kept)
    _kept.append(thing)

    def look() -> Any:
        if path in _now and not _is_torch(sys._getframe(2)):
            raise ClosedError(path)
        return _kept[at]

    if hasattr(thing, "__set__"):
        return property(lambda self: look().__get__(self))
    return type("Hidden", (), {"__getattr__": lambda self, name: getattr(look(), name)})()


def _is_torch(frame: types.FrameType) -> bool:
    """Whether torch's own code runs in a frame: it goes through `torch.ops`, too, as for meta tensors. What runs a
    graph does what others wrote."""
    name = str(frame.f_globals.get("__name__"))
    return name.partition(".")[0] == "torch" and not name.startswith("torch.fx.")
