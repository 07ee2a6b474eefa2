"""A notebook's text without what its cells put out: pictures and tables that nobody grades, and that may be large."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from .model import Unreadable, megabytes

PLAIN_BYTES = 20 << 20
"""What may be left of a notebook."""
TOKENS = 3_000_000
"""Brackets and strings that are looked at in one notebook."""

# {"cells": [{..., and in the formats 2 and 3 {"worksheets": [{"cells": [{...
_WITHIN_CELLS = (3, 5)
# {"metadata": {...
_WITHIN_METADATA = (2,)
OUTPUTS = {b'"outputs"': _WITHIN_CELLS}
"""Keys, in quotes, and how deep their values are to be left out."""
UNREAD = OUTPUTS | {b'"attachments"': _WITHIN_CELLS, b'"widgets"': _WITHIN_METADATA}

# A string that breaks off ends with the text, so that no quote is looked at twice. Written one by one, brackets are
# searched for three times as fast as in a class.
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|\{|\}|\[|\]', re.DOTALL)
_VALUE = re.compile(rb"\s*+:\s*+[\[{]")
_LONGEST = 20
_OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff")


def without_outputs(raw: bytes, name: str, keys: Mapping[bytes, Collection[int]] = OUTPUTS) -> bytes:
    """A notebook with empty lists in place of its cells' outputs, whatever they hold. Lines keep their numbers.

    Only brackets and strings are looked at, one after the other, and no copy is made of what is left out.

    Args:
        keys: which values are left out, and at which depths.

    Raises:
        Unreadable: it is too large without them, too.
    """
    if not raw.startswith(_OTHER_ENCODINGS) and b"\0" not in raw[:8]:
        raw = b"".join(_kept(raw, name, keys))
    if len(raw) > PLAIN_BYTES:
        raise Unreadable(f"{name} is {megabytes(len(raw))} large without its outputs: hand in the code only")
    return raw


def _kept(raw: bytes, name: str, keys: Mapping[bytes, Collection[int]]) -> list[bytes]:
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
        elif not within and end - start < _LONGEST and depth in keys.get(found[0], ()):
            value = _VALUE.match(raw, end)
            if value:
                kept.append(raw[at : value.end()])
                at, within = value.end(), depth
    kept.append(b"\n" * raw.count(b"\n", at) if within else raw[at:])
    return kept
