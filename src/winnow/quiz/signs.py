"""Signs as editors and keyboards set them, in their plain form."""

from __future__ import annotations

import unicodedata

_QUOTES = {
    '"': "LEFT DOUBLE QUOTATION MARK|RIGHT DOUBLE QUOTATION MARK|DOUBLE LOW-9 QUOTATION MARK"
    "|LEFT-POINTING DOUBLE ANGLE QUOTATION MARK|RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK",
    "'": "LEFT SINGLE QUOTATION MARK|RIGHT SINGLE QUOTATION MARK|SINGLE LOW-9 QUOTATION MARK|ACUTE ACCENT",
}
_OTHERS = {
    "->": "RIGHTWARDS ARROW|RIGHTWARDS DOUBLE ARROW|LONG RIGHTWARDS ARROW",
    "-": "HYPHEN|NON-BREAKING HYPHEN|EN DASH|EM DASH|MINUS SIGN",
    ",": "IDEOGRAPHIC COMMA",
    ".": "IDEOGRAPHIC FULL STOP",
    "[": "LEFT CORNER BRACKET|LEFT BLACK LENTICULAR BRACKET",
    "]": "RIGHT CORNER BRACKET|RIGHT BLACK LENTICULAR BRACKET",
}


def _table(plain: dict[str, str]) -> dict[int, str]:
    return {ord(unicodedata.lookup(name)): sign for sign, names in plain.items() for name in names.split("|")}


QUOTES = {**_table(_QUOTES), 0x91: "'", 0x92: "'", 0x93: '"', 0x94: '"'}
"""For `str.translate`: curly and angular quotes as straight ones. The last four are Windows-1252, read as Latin-1."""
_ALL = {**QUOTES, **_table(_OTHERS)}


def plain(text: str) -> str:
    """A text with full-width letters, curly quotes, arrows and dashes as a plain keyboard has them."""
    # An acute accent alone is two characters after NFKC.
    return unicodedata.normalize("NFKC", text.translate(QUOTES)).translate(_ALL)
