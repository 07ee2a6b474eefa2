"""Modules that are handed in beside an answer: their texts, run as the answer is."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from types import ModuleType
from typing import Any

from . import interactive, own_files
from .finder import ENGINE, PACKAGE, Finder, place_of
from .running import Running
from .statements import Statement, Text


class Texts:
    """Modules from texts, run as the answer is. `top`: the folder that their labels are paths in."""

    def __init__(self, texts: Sequence[Text], running: Running, top: str = "") -> None:
        self._texts = texts
        self._top = top
        self._running = running
        self._run_now: set[int] = set()

    def spec(self, name: str, number: int | None, is_package: bool) -> ModuleSpec:
        """The spec of a module, which this loads."""
        spec = ModuleSpec(name, self, is_package=is_package)  # type: ignore[arg-type]
        spec.loader_state = number
        return spec

    def create_module(self, spec: ModuleSpec) -> None:
        """See importlib.abc.Loader."""

    def exec_module(self, module: ModuleType) -> None:
        """See importlib.abc.Loader."""
        self.run(module)

    def begin(self, text: Text) -> ModuleType:
        """A module of one of the texts, before it is run; the text may be called what no module can be."""
        spec = self.spec(".".join((PACKAGE, *place_of(text.label))), self._texts.index(text), False)
        module = sys.modules[spec.name] = module_from_spec(spec)
        return module

    def run(self, module: ModuleType, after: Callable[[str, Statement], None] = lambda label, statement: None) -> None:
        """Run a module; `after` is called behind each statement."""
        assert module.__spec__ is not None
        number = module.__spec__.loader_state
        if number is not None:
            text = self._texts[number]
            module.__file__ = os.path.join(self._top, text.label)
            text.show()
            self._running.run(number + 1, [text], module.__dict__, None, after)

    def run_file(self, number: int, namespace: dict[str, Any], shares: bool) -> None:
        """Run one of the texts as `%run` does: on its own, and what it defines is taken over into a namespace.

        Args:
            shares: it runs in that namespace.
        """
        if number in self._run_now:
            # It is run by itself, or by what it runs.
            return
        self._run_now.add(number)
        text = self._texts[number]
        if shares:
            text.show()
            self._running.run(number + 1, [text], namespace)
        else:
            module = self.begin(text)
            self.run(module)
            interactive.take_over(module.__dict__, namespace)
        self._run_now.discard(number)


def install(home: ModuleType, path: str, texts: Sequence[Text], running: Running) -> Texts:
    """Have the answer find what was handed in beside it.

    Args:
        path: that of the answer's file.
        texts: the others, whose labels are their paths.
    """
    top = os.getcwd()
    modules = Texts(texts, running, top)
    own_files.lay_out(path, texts)
    finder = Finder(path, [text.label for text in texts], modules.spec, top)
    home.__package__ = finder.package
    sys.meta_path.insert(0, finder)
    _make_room(text.label for text in texts)

    def run_file(path: str, namespace: dict[str, Any], shares: bool) -> bool:
        number = finder.file_at(path)
        if number is not None:
            modules.run_file(number, namespace, shares)
        return number is not None

    interactive.SHELL.run_file = run_file
    return modules


def _make_room(paths: Iterable[str]) -> None:
    """Let go of this engine's own name, where a file is called so: nothing of it is imported any more."""
    if any(ENGINE in place_of(path) for path in paths):
        for name in [name for name in sys.modules if name.partition(".")[0] == ENGINE]:
            del sys.modules[name]
