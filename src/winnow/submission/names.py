"""Matching names: which file is meant for which exercise, and which functions a text defines."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence

from ..course import Exercise

# "mae (1).py", "mae-1.py", "mae 2.py", "mae - Copy.py": what browsers and file managers make of mae.py.
_COPY = re.compile(
    r"[ _-]*(?:\(\d{1,3}\)|(?<=[ _-])\d{1,3}|\(?(?:copy|kopie|복사본)\d{0,3}\)?(?: ?\(?\d{1,3}\)?)?)"
)
_DEFINED = re.compile(r"^(?:async[ \t]+)?def[ \t]+(\w{1,80})[ \t]*[(\[]", re.MULTILINE)
NAMES = 1_000


def stem_of(name: str) -> str | None:
    """The stem of a file with code in it, None for any other. Notepad appends .txt to what it saves."""
    for suffix in (".py", ".ipynb", ".py.txt"):
        if name.lower().endswith(suffix) and len(name) > len(suffix):
            return unicodedata.normalize("NFC", name[: -len(suffix)])
    return None


def closeness(name: str, exercise: str) -> int | None:
    """How a file's name fits: 0 exactly, 1 but for case or .txt, 2 but for a copy's suffix, else None."""
    stem = stem_of(name)
    if stem is None:
        return None
    if stem == exercise and name.endswith((".py", ".ipynb")):
        return 0
    if stem.casefold() == exercise.casefold():
        return 1
    folded = stem.casefold().removeprefix("copy of ")
    if folded.startswith(exercise.casefold()):
        rest = folded[len(exercise) :]
        if len(rest) < 40 and (not rest or _COPY.fullmatch(rest)):
            return 2
    return None


def definitions(text: str, functions: Sequence[str]) -> tuple[set[str], set[str]]:
    """Which of `functions` a text defines with `def` or `class`, and which it only assigns or imports."""
    either = "|".join(map(re.escape, functions))
    defined = re.findall(rf"^[ \t\f]*(?:async[ \t]+)?(?:def|class)[ \t]+({either})\b", text, re.MULTILINE)
    assigned = re.findall(rf"^({either})[ \t]*(?::[^=\n]{{1,200}})?=(?!=)", text, re.MULTILINE)
    imported = re.findall(rf"\bimport\b[^\n]{{0,500}}\b({either})\b(?![ \t]+as\b)", text)
    return set(defined), (set(assigned) | set(imported)) - set(defined)


def near_names(text: str, exercise: Exercise, taken: Iterable[str]) -> list[str]:
    """Functions of `text` that look like misspelt or decorated names of the exercise's functions: `mae_loss`,
    `mlp_foward`, `logcosh`. Names of the course's other functions (`taken`) are nobody's misspelling."""
    avoid = set(taken) | set(exercise.functions)
    names = [found[1] for found, _ in zip(_DEFINED.finditer(text), range(NAMES), strict=False)]
    return [name for name in dict.fromkeys(names) if name not in avoid and _is_near(name, exercise.functions)]


def _is_near(name: str, functions: Sequence[str]) -> bool:
    plain = name.casefold().replace("_", "")
    for function in functions:
        wanted = function.casefold().replace("_", "")
        if plain == wanted or (
            f"_{function}_".casefold() in f"_{name}_".casefold() and not name.startswith("test_")
        ):
            return True
        # Three letters are near to everything: mse is not a misspelt mae.
        if len(wanted) >= 5 and difflib.SequenceMatcher(None, plain, wanted).ratio() >= 0.85:
            return True
    return False
