"""A notebook's text without what its cells put out: pictures and tables that nobody grades, and that may be large."""

from __future__ import annotations

import re
from collections.abc import Collection

from .model import Unreadable, megabytes

PLAIN_BYTES = 20 << 20
"""What may be left of a notebook."""
TOKENS = 3_000_000
"""Brackets and strings, of all notebooks together: a second of reading has about a million."""

OUTPUTS = frozenset((b'"outputs"',))
DATA = OUTPUTS | {b'"attachments"'}

# A string that breaks off ends with the text, so that no quote is looked at twice.
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[{}\[\]]', re.DOTALL)
_VALUE = re.compile(rb"\s*+:\s*+[\[{]")
# {"cells": [{..., and in the formats 2 and 3 {"worksheets": [{"cells": [{...
_WITHIN_CELLS = (3, 5)
_OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff")


def tokens_in(raw: bytes) -> int:
    """How many brackets and strings there are in a notebook, about."""
    return raw.count(b'"') // 2 + 2 * (raw.count(b"{") + raw.count(b"["))


def without_outputs(raw: bytes, name: str, keys: Collection[bytes] = OUTPUTS) -> bytes:
    """A notebook with empty lists in place of its cells' outputs, whatever they hold. Lines keep their numbers.

    Only brackets and strings are looked at, one after the other, and no copy is made of what is left out.

    Args:
        keys: which values of a cell are left out, in quotes.

    Raises:
        Unreadable: it is too large without them, too.
    """
    if not raw.startswith(_OTHER_ENCODINGS) and b"\0" not in raw[:8]:
        raw = b"".join(_kept(raw, name, keys))
    if len(raw) > PLAIN_BYTES:
        raise Unreadable(f"{name} is {megabytes(len(raw))} large without its outputs: hand in the code only")
    return raw


def _kept(raw: bytes, name: str, keys: Collection[bytes]) -> list[bytes]:
    kept: list[bytes] = []
    at = depth = within = 0
    for number, found in enumerate(_TOKEN.finditer(raw)):
        if number > TOKENS:
            raise Unreadable(f"{name} holds too much data: clear all outputs, save it and hand it in again")
        start, end = found.span()
        what = raw[start]
        if what in b"{[":
            depth += 1
        elif what in b"}]":
            depth -= 1
            if within and depth == within:
                kept.append(b"\n" * raw.count(b"\n", at, start))
                at, within = start, 0
        elif not within and depth in _WITHIN_CELLS and end - start < 20 and found[0] in keys:
            value = _VALUE.match(raw, end)
            if value:
                kept.append(raw[at : value.end()])
                at, within = value.end(), depth
    kept.append(b"\n" * raw.count(b"\n", at) if within else raw[at:])
    return kept
