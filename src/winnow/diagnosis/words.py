"""Exceptions out of a learner's code in words, whoever meets them."""

from __future__ import annotations

import re

from winnow.worker.observe import Raised

_NAME = re.compile(r"(?!a\b)[a-z]\b|[a-z]\w*_\w*\b")


def raised(one: Raised) -> str:
    """An exception, and what it means where its name does not say it."""
    if one.is_a("RecursionError"):
        return f"The function calls itself too often, perhaps without end (RecursionError{place(one, ', ', '')})."
    if one.is_a("SystemExit") or one.is_a("KeyboardInterrupt"):
        how = "sys.exit" if one.is_a("SystemExit") else "KeyboardInterrupt"
        return f"It ended the process ({how}{place(one, ', ', '')})."
    return your_code(one)


def your_code(one: Raised) -> str:
    """`Your code raised ValueError: no rows (line 7 of mae.py).`"""
    text = f": {one.text}" if one.text else ""
    return sentence(" ".join(f"your code raised {one.name}{text}".split()) + place(one))


def place(one: Raised | None, before: str = " (", after: str = ")") -> str:
    """The learner's line that it came from, where it is known."""
    file, _, line = (one.where if one is not None else "").rpartition(":")
    return f"{before}line {line} of {file}{after}" if file else ""


def sentence(text: str) -> str:
    """With an end and, unless it begins with a name such as `x` or `y_true`, a capital letter."""
    first = text if _NAME.match(text) else text[:1].upper() + text[1:]
    return first + ("" if text.endswith((".", "?", "!")) else ".")
