"""A library is loaded once: what is closed would be open in a second copy, and in one that comes when all is closed."""

from __future__ import annotations

import functools
import os
import sys
import types
from gc import get_objects
from importlib.machinery import ModuleSpec
from typing import Any

from .closed_error import closed_library


class Once:
    """Hears which files of libraries are run as modules, to refuse a second time: what is closed would be open in
    it."""

    def __init__(self, roots: set[str]) -> None:
        self._run = {root: files_run(root) for root in roots}
        self._again: set[str] = set()
        self.late: set[str] = set()
        """Those that `put_back` is to look for."""

    def hear(self, event: str, args: tuple[Any, ...]) -> None:
        """See sys.addaudithook."""
        if event == "exec" and isinstance(args[0], types.CodeType) and args[0].co_name == "<module>":
            path = args[0].co_filename
            root = next((root for root in self._run if f"{os.sep}{root}{os.sep}" in path), None)
            if root is not None:
                if path in self._again or path in self._run[root]:
                    raise closed_library(f"a second {root}")
                self._again.add(path)
                self.late.add(path)

    def put_back(self) -> None:
        """Have what was run late be found in sys.modules, which the learner's code may have taken out of it."""
        # Most code imports no more of these libraries.
        lost = self.late.difference(*(files_run.__wrapped__(root) for root in self._run)) if self.late else None
        if lost:
            known = get_objects()
            modules = {id(vars(one)): one for one in known if type(one) is types.ModuleType}
            for one in known:
                if type(one) is types.FunctionType and one.__code__.co_filename in lost:
                    inside, name = one.__globals__, str(one.__globals__.get("__name__"))
                    if id(inside) not in modules:
                        modules[id(inside)] = types.ModuleType(name)
                        vars(modules[id(inside)]).update(inside)
                    sys.modules[name] = modules[id(inside)]


@functools.cache
def files_run(root: str) -> frozenset[str]:
    """The files of a library that have been run. A nursery has found them: to read all modules costs a worker the
    memory that they lie in."""
    modules = [module for name, module in list(sys.modules.items()) if name.partition(".")[0] == root]
    return frozenset(str(getattr(module, "__file__", "")) for module in modules)


class Absent:
    """Finds libraries that were not there when what they do was closed, to refuse them."""

    def __init__(self, roots: set[str]) -> None:
        self._roots = roots

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """See importlib.abc.MetaPathFinder."""
        if name in self._roots:
            raise closed_library(name)
        return None
