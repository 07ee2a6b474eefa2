"""What a notebook finds defined before its first cell, and IPython itself, as objects that do nothing.

Whether IPython is installed where the work is graded must change no verdict, so the stand-in comes first.
"""

from __future__ import annotations

import builtins
import importlib
import importlib.machinery
import re
import shlex
import sys
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

NAME = "IPython"
_DEEPEST = 8
"""In so many packages a module that a cell writes may lie."""


class Inert:
    """Takes every call, has every attribute, holds nothing."""

    def __call__(self, *args: Any, **kwargs: Any) -> Inert:
        return self

    def __getattr__(self, name: str) -> Inert:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __contains__(self, item: object) -> bool:
        return False

    def __getitem__(self, key: object) -> Inert:
        return self

    def __enter__(self) -> Inert:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def __repr__(self) -> str:
        return ""


class Shell(Inert):
    """What `get_ipython()` gives. Code handed to it as text (`%time`, `%%capture`) has been left out.

    `run_file`: runs a file that was handed in, as `%run` does, for a namespace or in it; whether there is one.
    """

    run_file: Callable[[str, dict[str, Any], bool], bool] = staticmethod(lambda path, namespace, shares: False)

    def run_line_magic(self, name: str, line: str = "", *_: Any, **__: Any) -> Inert:
        """Do what `%run` does where this is called, and of other magics nothing."""
        if name == "run":
            self._run(line, sys._getframe(1).f_globals)
        return self

    def magic(self, line: str) -> Inert:
        """The same, as IPython called it before."""
        name, _, rest = line.partition(" ")
        if name.lstrip("%") == "run":
            self._run(rest, sys._getframe(1).f_globals)
        return self

    def _run(self, line: str, namespace: dict[str, Any]) -> None:
        path, shares = asked(_filled_in(line, namespace))
        if not self.run_file(path, namespace, shares):
            # What a cell writes is a module, too.
            take_over(vars(importlib.import_module(path.rpartition("/")[2].removesuffix(".py"))), namespace)

    def wrote(self, path: str) -> Inert:
        """Make known the module that a cell writes, and the packages around it: who imports it gets what the notebook
        has."""
        namespace = sys._getframe(1).f_globals
        folders = [part for part in _filled_in(path, namespace).removesuffix(".py").split("/") if part.strip(".")]
        for first in range(min(len(folders), _DEEPEST)):
            _make_known(folders[-1 - first :], sys.modules[namespace["__name__"]])
        return self

    def getoutput(self, *_: Any, **__: Any) -> list[str]:
        """The lines of a shell command: none."""
        return []


class _Folder(types.ModuleType):
    """A package around modules that cells write: it has what the notebook has, and its modules."""

    def __init__(self, name: str, home: types.ModuleType) -> None:
        super().__init__(name)
        self.__path__ = []
        self.__dict__["__getattr__"] = home.__getattribute__


def _make_known(parts: Sequence[str], home: types.ModuleType) -> None:
    module = sys.modules.setdefault(".".join(parts), home)
    for depth in range(len(parts) - 1, 0, -1):
        name = ".".join(parts[:depth])
        around = sys.modules.setdefault(name, _Folder(name, home))
        if isinstance(around, _Folder):
            around.__dict__.setdefault(parts[depth], module)
        module = around


def asked(line: str) -> tuple[str, bool]:
    """The path of the file that a line of `%run` names, and whether it runs where the line stands (`-i`).

    >>> asked("-i lib/helpers.py --epochs 3")
    ('lib/helpers.py', True)
    >>> asked("-m lib.helpers")
    ('lib/helpers.py', False)
    """
    words = [word.strip("\"'").replace("\\", "/") for word in shlex.split(line, posix=False)]
    options = []
    while words and words[0].startswith("-"):
        options.append(words.pop(0))
    path = words[0] if words else ""
    return path.replace(".", "/") + ".py" if "-m" in options else path, "-i" in options


def _filled_in(line: str, namespace: Mapping[str, Any]) -> str:
    """A line with the values of names that it gives as `{name}` or `$name`."""

    def value(found: re.Match[str]) -> str:
        return str(namespace.get(found[1] or found[2], found[0]))

    return re.sub(r"\{(\w+)\}|\$(\w+)", value, line)


def take_over(names: Mapping[str, Any], namespace: dict[str, Any]) -> None:
    """Take what a file defines over into a namespace, but for what Python itself gives to every module."""
    namespace.update({name: value for name, value in names.items() if not name.startswith("__")})


def names() -> dict[str, Any]:
    """The names of a notebook's namespace."""
    inert = Inert()
    return {
        "get_ipython": lambda: SHELL, "display": inert, "In": [""], "Out": {}, "_": "", "__": "", "___": "",
    }  # fmt: skip


def remember(namespace: dict[str, Any], value: Any) -> None:
    """Keep what the last line of a cell came to, as `_` and in `Out`."""
    if value is not None and isinstance(namespace.get("Out"), dict):
        namespace["___"], namespace["__"], namespace["_"] = namespace.get("__"), namespace.get("_"), value
        namespace["Out"][len(namespace["Out"]) + 1] = value


class IPythonFinder:
    """Finds IPython and every module of it."""

    @classmethod
    def find_spec(cls, name: str, path: object = None, target: object = None) -> importlib.machinery.ModuleSpec | None:
        """See importlib.abc.MetaPathFinder."""
        if name != NAME and not name.startswith(NAME + "."):
            return None
        return importlib.machinery.ModuleSpec(name, cls, is_package=True)  # type: ignore[arg-type]

    @staticmethod
    def create_module(spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        """See importlib.abc.Loader."""
        return _Module(spec.name)

    @staticmethod
    def exec_module(module: types.ModuleType) -> None:
        """See importlib.abc.Loader."""


class _Module(types.ModuleType):
    """A module of IPython, with every name that is asked for."""

    # What other libraries compare to see whether they must help it with its windows.
    version_info = (9, 0, 0, "")
    __version__ = "9.0.0"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return (lambda: SHELL) if name == "get_ipython" else _INERT


_INERT = Inert()
SHELL = Shell()


def install() -> None:
    """Have `import IPython` find the stand-in, and files that lie beside find what IPython makes known everywhere."""
    sys.meta_path.insert(0, IPythonFinder)
    builtins.get_ipython = lambda: SHELL  # type: ignore[attr-defined]
