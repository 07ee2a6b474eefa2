"""Which names a statement was to bind, read as text: an exception for want of one of them has its cause there."""

from __future__ import annotations

import re

_LONGEST = 2000
_IMPORT = re.compile(r"\s*(?:from\s+[\w.]+\s+)?import\s+(?:\(([^)]*)\)|((?:[^\n;#\\]|\\\n)+))")
_ASSIGNMENT = re.compile(r"\s*(\w+)\s*(?::[^=\n]*)?=(?!=)")


def names(text: str, line: int) -> frozenset[str]:
    """The names that the statement at this line of `text` binds: an import, or an assignment to one name."""
    lines = text.split("\n")
    statement = "\n".join(lines[line - 1 : line + 50])[:_LONGEST] if 0 < line <= len(lines) else ""
    if found := _IMPORT.match(statement):
        listed = re.sub(r"#[^\n]*|\\", " ", found[1] or found[2])
        return frozenset(name for part in listed.split(",") if (name := _bound(part)).isidentifier())
    found = _ASSIGNMENT.match(statement)
    return frozenset((found[1],)) if found else frozenset()


def _bound(part: str) -> str:
    """`np` for `numpy as np`, `os` for `os.path`."""
    words = part.split()
    return words[-1].partition(".")[0] if words else ""
