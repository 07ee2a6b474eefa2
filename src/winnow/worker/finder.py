"""Which file an `import` means, among those that lie beside a learner's answer.

As where they were written, a learner's own files come before what happens to be installed, but never in place of the
standard library, of what is loaded already, or of the libraries that a course is about.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec

LIBRARIES = ("numpy", "pandas", "torch", "matplotlib")
PACKAGE = "handed_in"
"""The package that the answer is of, for relative imports."""
ENGINE = __name__.partition(".")[0]
_MARK = f"<{PACKAGE}>/"

Place = tuple[str, ...]
"""The folders of a file and its stem, or those of a folder."""


class Finder:
    """Finds modules among some files, the nearest to one of them first.

    Args:
        home: the path of that file, with slashes.
        paths: those of all files.
        load: makes a module's spec of its name, its file's place among `paths` (None where a folder has no
            `__init__.py`), and whether it is a package.
        top: the folder that the paths count from, for what is in sys.path.
    """

    def __init__(
        self,
        home: str,
        paths: Sequence[str],
        load: Callable[[str, int | None, bool], ModuleSpec | None],
        top: str = "",
    ) -> None:
        self._here = place_of(home)[:-1]
        self._files = {place_of(path): number for number, path in reversed(list(enumerate(paths)))}
        self._folders = {place[:end] for place in (*self._files, place_of(home)) for end in range(len(place))}
        self._names = {place[-1] for place in (*self._files, *self._folders) if place} - _taken()
        self._load = load
        self._top = top

    @property
    def package(self) -> str:
        """The package of the file that is home."""
        return ".".join((PACKAGE, *self._here))

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: object = None) -> ModuleSpec | None:
        """See importlib.abc.MetaPathFinder."""
        last = name.rpartition(".")[2]
        if path is None:
            place = () if name == PACKAGE else self._nearest(name) if name in self._names else None
        else:
            folder = next((part.removeprefix(_MARK) for part in path if part.startswith(_MARK)), None)
            place = None if folder is None else (*filter(None, folder.split("/")), last)
        if place is None:
            return None
        if place in self._files:
            return self._load(name, self._files[place], False)
        if place not in self._folders:
            return None
        spec = self._load(name, self._files.get((*place, "__init__")), True)
        if spec is not None:
            spec.submodule_search_locations = [_MARK + "/".join(place)]
        return spec

    def file_at(self, path: str) -> int | None:
        """The number of the file that a path leads to from the one that is home, or else of the nearest of its name."""
        place = place_of(os.path.normpath("/".join((*self._here, path))).removesuffix(".ipynb"))
        named = [one for one in self._files if one[-1] == place[-1]]
        if not named:
            return None
        return self._files[place if place in named else min(named, key=self._rank)]

    def _nearest(self, name: str) -> Place:
        return min((place for place in (*self._files, *self._folders) if place[-1:] == (name,)), key=self._rank)

    def _rank(self, place: Place) -> tuple[bool, bool, bool, int, Place]:
        around = place[:-1]
        given = {os.path.abspath(folder) for folder in sys.path if type(folder) is str and "\0" not in folder}
        is_given = os.path.join(self._top, *around) in given
        return around != self._here, not is_given, around != self._here[: len(around)], len(place), place


def place_of(path: str) -> Place:
    """The place of a file in .py."""
    return tuple(path.removesuffix(".py").split("/"))


def is_library(path: str) -> bool:
    """Whether a file is called as a library that comes before it, wherever it is graded."""
    return place_of(path)[-1] in {*sys.stdlib_module_names, *LIBRARIES}


def _taken() -> set[str]:
    """Names that are no learner's file, whatever was handed in."""
    there = {name.partition(".")[0] for name in sys.modules} - {ENGINE}
    return {*sys.stdlib_module_names, *LIBRARIES, *there}
