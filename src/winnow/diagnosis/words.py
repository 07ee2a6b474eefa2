"""Exceptions out of a learner's code in words, whoever meets them."""

from __future__ import annotations

from winnow.worker.observe import Raised


def raised(one: Raised) -> str:
    """An exception, and what it means where its name does not say it."""
    if one.is_a("RecursionError"):
        return f"The function calls itself without end (RecursionError{place(one, ', ', '')})."
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
    """With a capital letter and an end."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")
