"""Matching names: which file is meant for which exercise, and which functions a text defines."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

NOTEBOOK_SUFFIXES = (".ipynb", ".ipynb.txt", ".ipynb.json")
# Notepad appends .txt to what it saves, browsers append .txt or .json to the notebooks they download.
CODE_SUFFIXES = (".py", ".pyw", ".py.txt", *NOTEBOOK_SUFFIXES)

# "mae (1).py", "mae-1.py", "mae 2.py", "mae - Copy.py": what browsers and file managers make of mae.py.
_COPY = re.compile(r"[ _-]*(?:\(\d{1,3}\)|(?<=[ _-])\d{1,3}|\(?(?:copy|kopie|복사본)\d{0,3}\)?(?: ?\(?\d{1,3}\)?)?)")
# Only blanks may precede, not line breaks, and lengths are bounded: the time stays linear in the text.
_MODULE = re.compile(rf"([^\W\d]\w{{0,79}}?)(?:{_COPY.pattern})?")
_DEFINED = re.compile(r"^([ \t\f]*)(?:async[ \t]+)?(?:def|class)[ \t]+(\w{1,80})", re.MULTILINE)
_TYPED = re.compile(r"^[ \t]{0,40}+(\w{1,80}+)[ \t]*+:[^=\n]{1,200}+=(?!=)", re.MULTILINE)
_WORD = re.compile(r"\w+")
_PARTS = re.compile(r"[^\W\d_](?:[^\W_A-Z])*+")
_BLANKS = r"[ \t]{0,4}+"
_NAME = rf"\w{{1,80}}+{_BLANKS}"
# `mae =`, `MAE = mae =`, `mse, mae =`
_TARGETS = rf"[(\[]?{_BLANKS}{_NAME}(?:,{_BLANKS}{_NAME}){{0,20}}+[)\]]?{_BLANKS}=(?!=){_BLANKS}"
_ASSIGNED = re.compile(rf"^[ \t]{{0,40}}+((?:{_TARGETS}){{1,10}}+)", re.MULTILINE)
_TABLE = rf"\b(?:globals|vars|locals){_BLANKS}\({_BLANKS}\)"
_QUOTED = r"[\"'](\w{1,80}+)[\"']"
# `globals()["mae"] = loss`, `setattr(sys.modules[__name__], "mae", loss)`
_SET = re.compile(
    rf"{_TABLE}\[{_BLANKS}{_QUOTED}{_BLANKS}\]{_BLANKS}=(?!=)"
    rf"|(?:{_TABLE}\.(?:setdefault|__setitem__)|\bsetattr)\((?:[^\n,(]{{1,80}}+,{_BLANKS})?+{_QUOTED}{_BLANKS},"
)
# `globals().update(mae=loss)`, `globals().update({"mae": loss})`
_UPDATED = re.compile(rf"{_TABLE}\.update\(([^\n]{{1,300}}+)")
_GIVEN = re.compile(rf"(?<!\w)(\w{{1,80}}+){_BLANKS}=(?!=)|{_QUOTED}{_BLANKS}:")
# A function or a class, whose own names are no others'.
_BODY = re.compile(r"^(?:async[ \t]+def|def|class)\b.*(?:\n(?:[ \t].*)?+)*+", re.MULTILINE)
_COMPARED = 100


@dataclass(frozen=True)
class Names:
    """What a text defines by `def` or `class` anywhere, and at its margin in order; what it assigns there, or in blocks
    there that are no functions."""

    defined: frozenset[str] = frozenset()
    outer: tuple[str, ...] = ()
    assigned: frozenset[str] = frozenset()


def names_in(text: str) -> Names:
    """The names that a text defines, found without parsing it."""
    defined, outer = set(), []
    for found in _DEFINED.finditer(text):
        defined.add(found[2])
        if not found[1]:
            outer.append(found[2])
    assigned = frozenset(_assigned(_BODY.sub("\n", text)))
    return Names(frozenset(defined), tuple(dict.fromkeys(outer)), assigned)


def _assigned(text: str) -> Iterator[str]:
    for found in _TYPED.finditer(text):
        yield found[1]
    for found in _ASSIGNED.finditer(text):
        yield from _WORD.findall(found[1])
    for found in _SET.finditer(text):
        yield found[1] or found[2]
    for found in _UPDATED.finditer(text):
        yield from (given[1] or given[2] for given in _GIVEN.finditer(found[1]))


def stem_of(name: str) -> str | None:
    """The stem of a file with code in it, None for any other."""
    for suffix in CODE_SUFFIXES:
        if name.lower().endswith(suffix) and len(name) > len(suffix):
            return unicodedata.normalize("NFC", name[: -len(suffix)])
    return None


@lru_cache(maxsize=1024)
def module_name(name: str) -> str:
    """The name by which a file was imported where it was written; empty where that is not possible."""
    stem = stem_of(name) or ""
    found = _MODULE.fullmatch(stem)
    return stem if stem.isidentifier() else found[1] if found else ""


def closeness(name: str, exercise: str) -> int | None:
    """How a file's name fits: 0 exactly, 1 but for case or .txt, 2 but for a copy's suffix, else None."""
    wanted = _folded(exercise)
    stem = _stem_folded(name)
    if wanted not in stem:
        return None
    if stem_of(name) == exercise and name.endswith((".py", ".ipynb")):
        return 0
    if stem == wanted:
        return 1
    folded = stem.removeprefix("copy of ")
    if folded.startswith(wanted):
        rest = folded[len(wanted) :]
        if len(rest) < 40 and (not rest or _COPY.fullmatch(rest)):
            return 2
    return None


# Asked again and again: of each file for each exercise.
@lru_cache(maxsize=1 << 13)
def _stem_folded(name: str) -> str:
    return _folded(stem_of(name) or "")


@lru_cache(maxsize=1 << 10)
def _folded(name: str) -> str:
    return name.casefold()


def has_near_name(names: Iterable[str], functions: Sequence[str], taken: Container[str]) -> bool:
    """Whether a name looks like one of `functions`, misspelt, decorated or in full: `mae_loss`, `mlp_foward`,
    `mean_absolute_error`.

    Names of the course's other functions (`taken`) are nobody's misspelling.
    """
    return any(name not in taken and _is_near(name, functions) for name in islice(names, _COMPARED))


def stands_for(short: str, name: str) -> bool:
    """Whether a name of three letters or more is made of the first letters of another's words.

    Examples:
        >>> stands_for("mae", "mean_absolute_error"), stands_for("mae", "meanAbsoluteError"), stands_for("mae", "mean")
        (True, True, False)
    """
    words = _PARTS.findall(name)
    return len(short) > 2 and "".join(word[0] for word in words).casefold() == short.casefold()


def _is_near(name: str, functions: Sequence[str]) -> bool:
    if name.startswith("test"):
        return False
    plain = name.casefold().replace("_", "")
    for function in functions:
        wanted = function.casefold().replace("_", "")
        if plain == wanted or f"_{function}_".casefold() in f"_{name}_".casefold():
            return True
        if stands_for(function, name):
            return True
        # Three letters are near to everything: mse is not a misspelt mae.
        close = len(wanted) >= 5 and abs(len(plain) - len(wanted)) <= 3
        if close and difflib.SequenceMatcher(None, plain, wanted).ratio() >= 0.85:
            return True
    return False
