"""Which packages a submission names on its import lines, read as text."""

from __future__ import annotations

import keyword
import re
from functools import lru_cache
from itertools import chain, islice

from .model import Source

NAMES = 1000
"""So many packages of a text are told."""

_IMPORT = re.compile(r"(?:^|[;:])[ \t\f]*import[ \t]+([^\n;#]+)", re.MULTILINE)
_FROM = re.compile(r"(?:^|[;:])[ \t\f]*from[ \t]+(\w[\w.]*)[ \t]+import\b", re.MULTILINE)
_BY_NAME = re.compile(r"(?:__import__|import_module)\([ \t]*[\"'](\w[\w.]*)")


def imports(source: Source) -> frozenset[str]:
    """Top-level names of the packages imported anywhere in `source`, also within functions.

    This chooses a process that has them warm, so a name in a docstring does no harm.
    """
    texts = {cell.source for cell in (*source.cells, *source.others)}
    return frozenset().union(*map(_named, texts))


# One large file may answer every exercise, and lie beside every answer.
@lru_cache(maxsize=256)
def _named(text: str) -> frozenset[str]:
    text = text.replace("\\\n", " ")
    lists = (part for found in _IMPORT.finditer(text) for part in found[1].split(",") if part.strip())
    packages = (found[1] for pattern in (_FROM, _BY_NAME) for found in pattern.finditer(text))
    names = dict.fromkeys(name.partition(".")[0] for name in chain((part.split()[0] for part in lists), packages))
    able = (name for name in names if name.isidentifier() and not keyword.iskeyword(name))
    return frozenset(islice(able, NAMES))
