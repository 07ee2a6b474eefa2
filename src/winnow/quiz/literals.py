"""Reads `answer_x = ...` from the text of a notebook cell, without running or compiling any of it.

A submission is text until it runs in a confined worker, and a quiz has nothing to run: so only what is written out
counts, as numbers, strings, lists, tuples, sets and dictionaries of them, or calculated from numbers alone. Python's
own parser is not used for a cell, because hostile text can exhaust it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from winnow.quiz.arithmetic import number

MAX_TEXT = 100_000
MAX_DEPTH = 4
MAX_ENTRIES = 200
PREFIX = "answer_"

# No blank is ever given back: the time stays linear in the text.
_ASSIGNMENT = re.compile(rf"^{PREFIX}([a-z][a-z0-9_]*+)[ \t]*+=(?!=)[ \t]*+", re.MULTILINE)
_NUMBER = re.compile(r"[+-]?(\d[\d_]{0,40}(\.\d{0,40})?|\.\d{1,40})([eE][+-]?\d{1,3})?")
_STRING = re.compile(r"([rR]?)('''|\"\"\"|'|\")")
_SPACE = re.compile(r"(?:\s|\\\n|#[^\n]*+)*+")
_REST = re.compile(r"[ \t]*+;?[ \t]*+(?:#[^\n]*+)?(?:\n|\Z)")
_LINE = re.compile(r"[^\n#;]+")
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
    if len(source) > MAX_TEXT:
        return found
    position = 0
    while match := _ASSIGNMENT.search(source, position):
        position = match.end()
        try:
            value, end = _value(source, position, 0)
            if not _REST.match(source, end):
                raise LiteralError("the answer must be written out, not computed from names")
            position = end
        except LiteralError as problem:
            # It is kept without the frames, which hold the whole text.
            error = problem.with_traceback(None)
            line = _LINE.match(source, match.end())
            calculated = number(line[0]) if line else None
            value = error if calculated is None else calculated
        found[match[1]] = value
    return found


def _value(text: str, start: int, depth: int) -> tuple[object, int]:
    if depth > MAX_DEPTH:
        raise LiteralError("the answer must not be nested so deeply")
    if text.startswith("None", start):
        return None, start + 4
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
    quote, raw, position = match[2], bool(match[1]), match.end()
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
        return dict(pairs), position
    if opening == "(" and len(items) == 1 and not commas:
        return items[0], position
    return items, position


def _skip(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position
