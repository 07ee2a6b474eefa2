"""What a notebook finds defined before its first cell, and IPython itself, as objects that do nothing.

Whether IPython is installed where the work is graded must change no verdict, so the stand-in comes first.
"""

from __future__ import annotations

import importlib.machinery
import sys
import types
from collections.abc import Iterator
from typing import Any

NAME = "IPython"


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
    """What `get_ipython()` gives. Code handed to it as text (`%time`, `%%capture`) has been left out."""

    def getoutput(self, *_: Any, **__: Any) -> list[str]:
        """The lines of a shell command: none."""
        return []


def names() -> dict[str, Any]:
    """The names of a notebook's namespace."""
    inert = Inert()
    return {
        "get_ipython": lambda: _SHELL, "display": inert, "In": [""], "Out": {}, "_": "", "__": "", "___": "",
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
        return (lambda: _SHELL) if name == "get_ipython" else _INERT


_INERT = Inert()
_SHELL = Shell()


def install() -> None:
    """Have `import IPython` find the stand-in."""
    sys.meta_path.insert(0, IPythonFinder)
