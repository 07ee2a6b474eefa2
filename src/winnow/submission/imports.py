"""Which packages a submission names on its import lines, read as text."""

from __future__ import annotations

import keyword
import re

from .model import Source

_IMPORT = re.compile(r"(?:^|[;:])[ \t\f]*import[ \t]+([^\n;#]+)", re.MULTILINE)
_FROM = re.compile(r"(?:^|[;:])[ \t\f]*from[ \t]+(\w[\w.]*)[ \t]+import\b", re.MULTILINE)
_BY_NAME = re.compile(r"(?:__import__|import_module)\([ \t]*[\"'](\w[\w.]*)")


def imports(source: Source) -> frozenset[str]:
    """Top-level names of the packages imported anywhere in `source`, also within functions.

    This chooses a process that has them warm, so a name in a docstring does no harm.
    """
    names: set[str] = set()
    for cell in (*source.cells, *source.others):
        text = cell.source.replace("\\\n", " ")
        for found in _IMPORT.finditer(text):
            names.update(part.split()[0].partition(".")[0] for part in found[1].split(",") if part.strip())
        names.update(found[1].partition(".")[0] for pattern in (_FROM, _BY_NAME) for found in pattern.finditer(text))
    return frozenset(name for name in names if name.isidentifier() and not keyword.iskeyword(name))
