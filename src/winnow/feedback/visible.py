"""Text that learners' code produced, made harmless to look at: what cannot be seen is spelt out."""

from __future__ import annotations

import re

_UNSEEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, and with ESC every ANSI sequence
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb"  # invisible, or able to reorder what stands next to it
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e0fff"  # no text at all
    "]"
)
_STACKED = re.compile(
    "([\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})[\u0300-\u036f\u1ab0-\u20ff\ufe20-\ufe2f]+"
)


def _spelt(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def visible(text: str) -> str:
    """`text` with line breaks and tabs kept and every other unseen character spelt as Python would (`\\x1b`).

    Joiners stay, because names and emoji need them; towers of combining marks are cut at four.
    """
    if text.isascii() and text.isprintable():
        return text
    return _STACKED.sub(r"\1", _UNSEEN.sub(_spelt, text.replace("\r\n", "\n")))


def one_line(text: str) -> str:
    """`visible` for a place that has one line: breaks and tabs are spelt out too."""
    return visible(text).replace("\n", "\\n").replace("\t", "\\t")


def clipped(text: str, limit: int) -> str:
    """At most `limit` characters of `text`, saying how many were left out."""
    return text if len(text) <= limit else f"{text[:limit]}\n... {len(text) - limit} more characters"
