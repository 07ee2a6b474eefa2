"""Reads `answer_x = ...` from the text of a notebook cell, without running or compiling any of it.

A submission is text until it runs in a confined worker, and a quiz has nothing to run: so only what is written out
counts, as numbers, strings, lists, tuples, sets and dictionaries of them, or calculated from numbers alone. Python's
own parser is not used for a cell, because hostile text can exhaust it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from winnow.quiz.arithmetic import LONGEST, number

MAX_TEXT = 100_000
MAX_DEPTH = 4
MAX_ENTRIES = 200
PREFIX = "answer_"

# No blank is ever given back: the time stays linear in the text.
_NAME = rf"{PREFIX}([a-zA-Z][a-zA-Z0-9_]*+)[ \t]*+(?::[ \t]*+[a-zA-Z_][\w.]*+[ \t]*+)?=(?!=)[ \t]*+"
_ASSIGNMENT = re.compile(rf"^{_NAME}", re.MULTILINE)
_ANOTHER = re.compile(rf"[ \t]*+;[ \t]*+{_NAME}")
_NUMBER = re.compile(r"[+-]?(\d[\d_]{0,40}(\.\d{0,40})?|\.\d{1,40})([eE][+-]?\d{1,3})?")
_STRING = re.compile(r"([rRuU]?)('''|\"\"\"|'|\")")
_SPACE = re.compile(r"(?:\s|\\\n|#[^\n]*+)*+")
_REST = re.compile(r"[ \t]*+;?[ \t]*+(?:#[^\n]*+)?(?:\n|\Z)")
_COMMA = re.compile(r"[ \t]*+,[ \t]*+")
_TRUTH = re.compile(r"(True|False)\b")
# Editors set quotes for print; Python has none such, so that they can only be meant as its own.
_CURLY = re.compile(r"[\u201c\u201e\u2018]([^\u201c-\u201e\u2018\u2019\"'\\\n]*+)[\u201c\u201d\u2018\u2019]")
_PIECE = re.compile(r"[^\n#;()\\]++|#[^\n]*+|\\\n|[\n;()\\]")
_ESCAPES = {"n": "\n", "t": "\t", "\\": "\\", "'": "'", '"': '"', "\n": ""}
_CLOSING = {"[": "]", "(": ")", "{": "}"}


class LiteralError(Exception):
    """The text is no literal; the message is one clause that says what it must be."""


# A cell is read once for each quiz, and once to find out whether it holds answers at all.
@lru_cache(maxsize=2048)
def assignments(source: str) -> Mapping[str, object]:
    """What each `answer_NAME = ...` of a cell assigns; the last one of a name counts.

    None stands for an answer that is still to come. An assignment that is neither a literal nor arithmetic has a
    LiteralError for its value, so that one bad answer loses no other.
    """
    found: dict[str, object] = {}
    source = source.replace("\r\n", "\n")
    match = _ASSIGNMENT.search(source) if len(source) <= MAX_TEXT else None
    while match:
        found[match[1].lower()], position = _answer(source, match.end())
        match = _ANOTHER.match(source, position) or _ASSIGNMENT.search(source, position)
    return found


def _answer(source: str, start: int) -> tuple[object, int]:
    """What is assigned from `start` on, and where it ends."""
    try:
        value, end = _row(source, *_value(source, start, 0))
        if _REST.match(source, end) or _ANOTHER.match(source, end):
            return value, end
        raise LiteralError("the answer must be written out, not computed from names, and nothing may stand behind it")
    except LiteralError as problem:
        # It is kept without the frames, which hold the whole text.
        error = problem.with_traceback(None)
        calculation, end = _calculation(source, start)
        calculated = number(calculation)
        return (error, start) if calculated is None else (calculated, end)


def _row(text: str, first: object, position: int) -> tuple[object, int]:
    """The list that `"a", "b"` makes, or `"a",`; any other value as it is."""
    row = [first]
    comma = None
    while isinstance(row[-1], str) and len(row) <= MAX_ENTRIES and (comma := _COMMA.match(text, position)):
        position = comma.end()
        if _REST.match(text, position):
            return row, position
        item, position = _value(text, position, 1)
        row.append(item)
    return (row if len(row) > 1 else first), position


def _calculation(text: str, start: int) -> tuple[str, int]:
    """The rest of a line that may be arithmetic, with those that its brackets or a backslash add; nothing where it goes
    on in another way."""
    parts: list[str] = []
    depth, position = 0, start
    while position - start <= 2 * LONGEST and (piece := _PIECE.match(text, position)):
        sign = piece[0]
        depth += (sign == "(") - (sign == ")")
        if sign == "\\":
            return "", start
        if sign == ";" or (sign == "\n" and depth <= 0):
            break
        parts.append(" " if sign[0] in "#\n\\" else sign)
        position = piece.end()
    return "".join(parts), position


def _value(text: str, start: int, depth: int) -> tuple[object, int]:
    if depth > MAX_DEPTH:
        raise LiteralError("the answer must not be nested so deeply")
    for later in ("None", "..."):
        if text.startswith(later, start):
            return None, start + len(later)
    if depth and (truth := _TRUTH.match(text, start)):
        return truth[1] == "True", truth.end()
    if curly := _CURLY.match(text, start):
        return curly[1], curly.end()
    if match := _STRING.match(text, start):
        return _string(text, match)
    if match := _NUMBER.match(text, start):
        digits = match[0].replace("_", "")
        return (int(digits) if digits.lstrip("+-").isdecimal() else float(digits)), match.end()
    opening = text[start : start + 1]
    if opening in _CLOSING:
        return _collection(text, start + 1, opening, depth)
    raise LiteralError("the answer must be written out: a number, or a text in quotes")


def _string(text: str, match: re.Match[str]) -> tuple[str, int]:
    quote, raw, position = match[2], match[1] in ("r", "R"), match.end()
    parts = []
    while not text.startswith(quote, position):
        character = text[position : position + 1]
        if not character or (character == "\n" and len(quote) == 1):
            raise LiteralError("the answer lacks its closing quote")
        if character == "\\" and text[position + 1 : position + 2]:
            follower = text[position + 1]
            parts.append(character + follower if raw else _ESCAPES.get(follower, character + follower))
            position += 2
        else:
            parts.append(character)
            position += 1
    return "".join(parts), position + len(quote)


def _collection(text: str, start: int, opening: str, depth: int) -> tuple[object, int]:
    closing = _CLOSING[opening]
    items: list[object] = []
    pairs: list[tuple[object, object]] = []
    commas = 0
    position = _skip(text, start)
    while not text.startswith(closing, position):
        item, position = _value(text, position, depth + 1)
        position = _skip(text, position)
        if opening == "{" and text.startswith(":", position):
            value, position = _value(text, _skip(text, position + 1), depth + 1)
            pairs.append((item, value))
            if len(pairs) > MAX_ENTRIES:
                # Numbers can be chosen so that a dictionary takes quadratic time to tell them apart.
                raise LiteralError(f"the answer has more than {MAX_ENTRIES} entries")
            position = _skip(text, position)
        else:
            items.append(item)
        if text.startswith(",", position):
            commas += 1
            position = _skip(text, position + 1)
        elif not text.startswith(closing, position):
            raise LiteralError(f"the answer lacks a comma or its closing {closing}")
    position += 1
    if pairs and items:
        raise LiteralError("the answer mixes a dictionary with a set")
    if opening == "{" and not items:
        if not all(isinstance(key, str | int | float) for key, _ in pairs):
            raise LiteralError("the answer's keys must be numbers or texts")
        if len(dict(pairs)) < len(pairs):
            raise LiteralError("the answer has one key twice")
        return dict(pairs), position
    if opening == "(" and len(items) == 1 and not commas:
        return items[0], position
    return items, position


def _skip(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position
