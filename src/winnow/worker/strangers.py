"""Libraries that no statement allows are not there, whatever is installed where the work is graded.

Which libraries those are is an accident of the machine, and a verdict must not hang on it. tqdm, which shows how far a
loop is, has a stand-in: learners put it around their loops, and it changes nothing that they return.
"""

from __future__ import annotations

import contextlib
import functools
import re
import sys
import types
from collections.abc import Iterable, Iterator
from importlib import metadata
from importlib.machinery import ModuleSpec, PathFinder
from typing import Any, ClassVar

from .finder import ENGINE, LIBRARIES
from .interactive import Inert

ALLOWED = (*LIBRARIES, "pytest")
"""What learners are told to install."""
PROGRESS = "tqdm"
_NAME = re.compile(r"[\w.-]+")


def refuse(needs: Iterable[str]) -> None:
    """Have imports find nothing but the standard library, `ALLOWED`, what those are made of, what is loaded already,
    and what was handed in."""
    if are_refused(needs):
        at = sys.meta_path.index(PathFinder)
        Strangers.behind = sys.meta_path[at:]
        sys.meta_path[at:] = [Strangers]


def are_refused(needs: Iterable[str]) -> bool:
    """Whether other libraries are refused. A course whose exercise needs more than `ALLOWED` has decided for itself."""
    return set(needs) <= set(ALLOWED)


def is_allowed(root: str) -> bool:
    """Whether the library of this name is there in every worker, as far as it is installed."""
    own = root.startswith("_") or root in (ENGINE, "winnow", *ALLOWED)
    return own or root in sys.stdlib_module_names or root in known()


class Strangers(PathFinder):
    """Finds no other library. It raises nothing: who looks whether a library is there, as torch does of many when an
    optimiser is used, hears that it is not."""

    behind: ClassVar[list[Any]] = []
    """What finds the others."""

    @classmethod
    def find_spec(cls, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """See importlib.abc.MetaPathFinder."""
        root = name.partition(".")[0]
        if root == PROGRESS:
            return ModuleSpec(name, cls, is_package=True)  # type: ignore[arg-type]
        if root not in sys.modules and not is_allowed(root):
            return None
        return next(filter(None, (finder.find_spec(name, path, target) for finder in cls.behind)), None)

    @staticmethod
    def create_module(spec: ModuleSpec) -> types.ModuleType:
        """See importlib.abc.Loader."""
        module = types.ModuleType(spec.name)
        vars(module).update(tqdm=Loop, tqdm_notebook=Loop, trange=_trange, tnrange=_trange)
        return module

    @staticmethod
    def exec_module(module: types.ModuleType) -> None:
        """See importlib.abc.Loader."""


class Loop(Inert):
    """What `tqdm(...)` gives: what it is put around, without a bar."""

    def __init__(self, iterable: Any = (), *args: Any, **kwargs: Any) -> None:
        self._iterable = iterable

    def __iter__(self) -> Iterator[Any]:
        return iter(self._iterable)

    def __len__(self) -> int:
        return len(self._iterable)

    @staticmethod
    def write(text: str, *args: Any, **kwargs: Any) -> None:
        """Print."""
        print(text)


def _trange(*args: Any, **kwargs: Any) -> Loop:
    return Loop(range(*args))


@functools.cache
def known() -> frozenset[str]:
    """The names under which `ALLOWED`, and what those are made of, are imported."""
    found, names, waiting = set[str](), set(ALLOWED), list(ALLOWED)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        with contextlib.suppress(metadata.PackageNotFoundError):
            library = metadata.distribution(name)
            names |= _names(name, library)
            waiting += [
                _NAME.match(needed)[0].lower()  # type: ignore[index]
                for needed in library.requires or ()
                if "extra ==" not in needed
            ]
    return frozenset(names)


def _names(name: str, library: metadata.Distribution) -> set[str]:
    """The names under which a library is imported: those of its files, or those that it tells."""
    files = (library.read_text("RECORD") or "").splitlines()
    tops = {file.partition(",")[0].partition("/")[0].partition(".")[0] for file in files}
    return {name.replace("-", "_"), *tops, *(library.read_text("top_level.txt") or "").split()} - {""}
