"""The files that an answer may import or run: those that its lines about that name, and what these name in turn.

Found in the text; which of them an `import` really means is for `winnow.worker.finder`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from .files import File
from .model import Cell
from .names import module_name, stem_of

# How many lines a list of imported names may go on in brackets.
LINES = 100

FILES = 50
"""So many files an answer may import."""

_COMPUTED = re.compile(
    r"\b(?:import_module|__import__|run_path|run_module)\([ \t]*+(?:[^\"'\s]|[\"'][^\"'\n]{0,99}+[\"'][ \t]*+[^),\s])"
    r"|(?:%run|magic\([\"']run)\b[^\n{$]{0,200}+[{$]"
)
_WORD = re.compile(r"[\w-]{1,99}+")
_IDENTIFIER = re.compile(r"[^\W\d]\w*+")


def beside(
    answer: Sequence[Cell],
    files: Iterable[File],
    read: Callable[[File], Cell | None],
    words: Callable[[str], frozenset[str] | None],
) -> tuple[Cell, ...]:
    """Those of `files` that `answer` may import, labelled with the paths that it knows them by.

    Args:
        read: gives the text of a file; None where it has none.
        words: `imported`, which may remember what it said of a text.
    """
    modules: dict[str, File] = {}
    called: dict[str, list[str]] = defaultdict(list)
    for file in files:
        # What no `import` can name may be run: `%run 01-helpers.py`.
        stem = module_name(file.name) or stem_of(file.name)
        path = "/".join((*file.parts[:-1], f"{stem}.py"))
        # One that is called so comes before a copy that is taken for it.
        if stem and (path not in modules or path == "/".join(file.parts)):
            modules[path] = file
    for path in modules:
        called[_called(path)].append(path)
    found: dict[str, Cell] = {}
    unread = list(answer)
    while unread:
        named = words(unread.pop().source)
        for path in [path for name in called if named is None or name in named for path in called[name]]:
            cell = read(modules.pop(path)) if path in modules and len(found) < FILES else None
            if cell is not None:
                found[path] = replace(cell, label=path)
                unread.append(cell)
    return tuple(found[path] for path in sorted(found))


def _called(path: str) -> str:
    """The name by which a file is imported: of the first file of a package, that of its folder."""
    *folders, name = path.removesuffix(".py").split("/")
    return folders[-1] if name == "__init__" and folders else name


def imported(source: str) -> frozenset[str] | None:
    """All words of the lines of a text that import, run or open something; None where it computes what it imports."""
    return None if _COMPUTED.search(source) else frozenset(_imported(source))


def _imported(source: str) -> Iterator[str]:
    lines = iter(source.replace("\\\n", " ").split("\n"))
    for line in lines:
        if "import" in line or "run" in line or ".py" in line:
            yield from _words(line)
            if "import" in line and "(" in line and ")" not in line:
                for _, more in zip(range(LINES), lines, strict=False):
                    yield from _words(more)
                    if ")" in more:
                        break


def _words(line: str) -> Iterator[str]:
    for word in _WORD.findall(line):
        yield word
        if not word.isidentifier():
            yield from _IDENTIFIER.findall(word)
