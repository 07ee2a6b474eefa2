"""Run the learner's cells in one namespace, and say what they define."""

from __future__ import annotations

import ast
import contextlib
import sys
import types
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from .clock import Clock
from .closed import guard
from .observe import Raised, describe
from .stub import definitions, is_stub


class CellStoppedError(BaseException):
    """A cell ran longer than a cell may. Not an Exception, so that a bare learner's handler lets it pass."""


@dataclass
class Loaded:
    """What the cells left behind.

    `stubs`: functions whose body does nothing yet; `names`: all top-level functions, to suggest a misspelt one;
    `problems`: per cell that did not run to its end, its label and what Python said; `broken`: no cell compiled.
    """

    functions: dict[str, Any] = field(default_factory=dict)
    stubs: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    broken: bool = False


def load(
    cells: list[tuple[str, str]],
    module: str,
    functions: list[str],
    cell_seconds: float,
    clock: Clock,
    closed: Sequence[str] = (),
) -> Loaded:
    """Execute the cells in order; one that raises does not stop the later ones.

    A single cell (a file) has the worker's whole time; of several (a notebook) each has `cell_seconds`. The functions
    cannot call what is `closed`.
    """
    home = types.ModuleType(module)
    home.__dict__.update(__file__=f"{module}.py", get_ipython=_inert_shell)
    sys.modules[module] = home
    labels = frozenset(label for label, _ in cells)
    guarding = guard(closed, [source for _, source in cells])
    loaded, compiled, defined = Loaded(), 0, {}
    for label, source in cells:
        try:
            tree = ast.parse(source, label)
            code = compile(source, label, "exec", dont_inherit=True)
        except BaseException as error:
            loaded.problems.append({"cell": label, "compiles": False, **asdict(describe(error, labels))})
            continue
        compiled += 1
        defined.update({node.name: node for node in definitions(tree.body)})
        problem = _run(code, home.__dict__, labels, clock, cell_seconds if len(cells) > 1 else 0.0)
        if problem is not None:
            loaded.problems.append({"cell": label, "compiles": True, **asdict(problem)})
    loaded.broken = compiled == 0 and bool(cells)
    loaded.names = [name for name in defined if isinstance(home.__dict__.get(name), types.FunctionType)][:200]
    for name in functions:
        function = home.__dict__.get(name)
        if callable(function):
            loaded.functions[name] = guarding(function)
            if name in defined and is_stub(defined[name]):
                loaded.stubs.append(name)
    return loaded


def _run(
    code: types.CodeType, namespace: dict[str, Any], labels: frozenset[str], clock: Clock, seconds: float
) -> Raised | None:
    try:
        with clock.limit(seconds, CellStoppedError) if seconds else contextlib.nullcontext():
            exec(code, namespace)
    except CellStoppedError:
        return Raised("Stopped", (), f"stopped after {seconds:g} s: a loop that does not end?", "")
    except BaseException as error:
        return describe(error, labels)
    return None


def _inert_shell() -> Any:
    """What `get_ipython()` gives: an object that takes every call and does nothing."""

    class Shell:
        def __getattr__(self, name: str) -> Any:
            if name.startswith("__"):
                raise AttributeError(name)
            return lambda *args, **kwargs: None

    return Shell()
