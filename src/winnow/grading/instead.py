"""What there is in place of a function that is asked for: another name, or its text where it is not run."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence

from winnow.submission import Cell
from winnow.submission.names import stands_for

_ALIKE = str.maketrans("авеіјкмнорѕсԁтухһԛԝαικνορτυ", "abeijkmhopscdtyxhqwaiknoptu")
"""Small letters of other alphabets that look like these."""
_MOST = 20
"""So many definitions are looked at."""


def other_name(function: str, names: Sequence[str]) -> str:
    """A clause on the function that may be meant, of those that are there; empty where none is near."""
    for name in names:
        if name != function and name.translate(_ALIKE) == function:
            strange = next(letter for letter in name if not letter.isascii())
            return f"found {name}, in which {strange} is {unicodedata.name(strange).lower()}: type the name anew"
    near = [name for name in names if function.casefold() in name.casefold() or stands_for(function, name)]
    near += difflib.get_close_matches(function, names, 1, 0.75)
    return f"found {near[0]}: rename it" if near else ""


def only_name(names: Sequence[str]) -> str:
    """A clause on the only function there is; empty where there are several."""
    public = [name for name in names if not name.startswith(("_", "test"))]
    return f"found {public[0]}: if that is it, rename it" if len(public) == 1 else ""


def not_run(function: str, cells: Iterable[Cell], is_absent: bool = False) -> str:
    """A clause on where a function stands in a text that is not run; empty where it does not.

    Args:
        is_absent: running the text left no function of this name, so what is around its definition is told, too.
    """
    form = re.compile(rf"^([ \t]*+)(#[# \t]*+)?(?:async[ \t]+)?def[ \t]+{function}\b", re.MULTILINE)
    for cell in cells:
        for found, _ in zip(form.finditer(cell.source), range(_MOST), strict=False):
            place = f"{cell.label}, line {cell.source.count(chr(10), 0, found.start()) + 1}"
            if found[2]:
                return f"{place}, has {function} in a comment, which is not run: take the signs away"
            if any(cell.source.count(quotes, 0, found.start()) % 2 for quotes in ('"""', "'''")):
                return f"{place}, has {function} in a string, which is not run: take the quotes away"
            if is_absent and found[1]:
                return f"{place}, has {function} inside something else: define it at the top"
            above = cell.source[: found.start()].rstrip().rpartition("\n")[2]
            if is_absent and above.startswith("@"):
                return f"{place}: what the decorator above it gives is no function"
    return ""
