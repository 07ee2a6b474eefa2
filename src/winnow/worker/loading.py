"""Run the learner's code in one namespace, and say which of the wanted functions it defines."""

from __future__ import annotations

import contextlib
import sys
import types
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.machinery import ModuleSpec
from typing import Any

from . import beside, interactive, surroundings
from .remarks import Remark
from .running import Running
from .statements import Text
from .wanted import Wanted

REMARKS = 20
"""How many remarks are told at most."""


@dataclass
class Loaded:
    """What the code left behind.

    `stubs`: functions whose body does nothing yet; `names`: all top-level functions, to suggest a misspelt one;
    `problems`: per statement that did not run to its end, its label, its line and what Python said; `remarks`: what
    else was done with the code; `broken`: nothing of it could be parsed; `again`: what is needed was stopped, and is
    to be run in a hurry.
    """

    functions: dict[str, Any] = field(default_factory=dict)
    stubs: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    broken: bool = False
    again: bool = False


def load(
    texts: Sequence[Text],
    module: str,
    functions: Sequence[str],
    running: Running,
    path: str = "",
    others: Sequence[Text] = (),
    elsewhere: Sequence[str] = (),
) -> Loaded:
    """Run the texts in order, statement by statement.

    Args:
        path: of the file that the texts are.
        others: files beside it that may be imported, labelled with their paths.
        elsewhere: the labels of those that may have functions that the texts have not.
    """
    home = types.ModuleType(module)
    namespace = home.__dict__
    namespace.update(interactive.names(), __file__=f"{module}.py")
    sys.modules[module] = home
    sys.argv[:] = [f"{module}.py"]
    if any("argparse" in text.source for text in (*texts, *others)):
        _ask_for_no_arguments()
    Text(f"{module}.py", "\n".join(text.source for text in texts)).show()
    for text in texts:
        text.show()
    modules = beside.install(home, path, others, running) if others else None
    sys.meta_path.insert(0, _Reloading(home))
    wanted = Wanted(functions, namespace, running.stubs)
    with running.timed():
        units = running.run(0, texts, namespace, functions, wanted.look)
    with running.timed():
        running.remarks += wanted.settle(lambda statement: running.attempt(statement, namespace))
    if modules is not None and elsewhere:
        with running.timed():
            texts_elsewhere = [text for text in others if text.label in elsewhere]
            running.remarks += wanted.seek(texts_elsewhere, modules, running.attempt)
    _begin_anew()
    return Loaded(
        {name: namespace[name] for name in functions if callable(namespace.get(name))},
        [name for name in functions if wanted.is_stub(name)],
        [name for name in wanted.defined if type(namespace.get(name)) is types.FunctionType][:200],
        running.problems,
        running.remarks[:REMARKS],
        bool(texts) and not any(unit.parsed for unit in units),
        running.again,
    )


def _ask_for_no_arguments() -> None:
    """Have a command line be read where arguments are missing: nobody gives any here, and those that have a default may
    be what a function uses."""
    import argparse

    complain = argparse.ArgumentParser.error

    def error(self: argparse.ArgumentParser, message: str) -> None:
        if "required" not in message:
            complain(self, message)

    argparse.ArgumentParser.error = error  # type: ignore[method-assign, assignment]


class _Reloading:
    """Finds the answer's own module where `importlib.reload` looks for it, and has no other text for it: in a notebook
    that is what imports the module gets which one of the cells writes."""

    def __init__(self, home: types.ModuleType) -> None:
        self._home = home

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """See importlib.abc.MetaPathFinder."""
        return ModuleSpec(name, self) if target is self._home else None  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> None:
        """See importlib.abc.Loader."""

    def exec_module(self, module: types.ModuleType) -> None:
        """See importlib.abc.Loader."""


def _begin_anew() -> None:
    """Take back what the code set for itself at its top, and what would change every call."""
    if any(entry[0] == "error" for entry in warnings.filters):
        # A test runner begins with filters of its own.
        warnings.simplefilter("default")
    torch = sys.modules.get("torch")
    with contextlib.suppress(Exception):
        if torch is not None and not torch.is_grad_enabled():
            torch.set_grad_enabled(True)
        if torch is not None:
            # It may be one that is not here.
            torch.set_default_device(None)
    # Settings that the file made at its top are its own, and stay.
    surroundings.keep()
