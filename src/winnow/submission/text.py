"""From bytes to text, as Python and editors do it: byte order marks, coding lines, and files in neither."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from .model import Unreadable, shown

# PEP 263: the declaration stands on the first line, or on the second below a comment or an empty line.
_CODING = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]{1,40})")
_BLANK_OR_COMMENT = re.compile(rb"^[ \t\f]*(?:#.*)?$")
# Only encodings of text files: `punycode` takes quadratic time, and `unicode_escape` hides line breaks.
_ENCODINGS = re.compile(
    r"utf-8(?:-sig)?|ascii|iso8859-\d+|cp\d+|koi8-\w+|mac-\w+|tis-620"
    r"|euc_\w+|johab|shift_jis\w*|gb\w+|big5\w*|iso2022_\w+"
)
_FOREIGN = re.compile("[^\0-\x7f\udc80-\udcff]")
_ESCAPED = re.compile("[\udc80-\udcff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_FORMATS = (
    (b"PK\x03\x04", "a zip archive"),
    (b"Rar!", "a rar archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a word processor's document"),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"\x00\x05\x16\x07", "a macOS resource file"),
    (b"\x7fELF", "a program"),
    (b"version https://git-lfs.", "a pointer of Git LFS"),
)  # fmt: skip

_PAGE = re.compile(
    rb"<(?:!doctype|!--|\?xml|/?(?:html|head|body|meta|title|script|style|link|div|table|pre|span|p|h\d)\b)",
    re.IGNORECASE,
)
_LOGIN = re.compile(rb"<title>[^<]{0,200}?(?:log|sign)[ -]?(?:in|on)\b|type=[\"']?password\b", re.IGNORECASE)
_REFUSAL = re.compile(
    rb"[45]\d\d:? [A-Z][A-Za-z ]{2,30}"
    rb"|\{\s*\"(?:(?:errors?|message|detail)\"\s*:|(?:status|statusCode|code)\"\s*:\s*\"?[45]\d\d\b)(?s:.*)\}"
)
"""What servers answer instead of a file: `404: Not Found`, `{"error": "not_authorized"}`."""
_LOOKED_AT = 1 << 14
"""In so many bytes a form to log in is looked for."""


@dataclass(frozen=True)
class Decoded:
    """Text with \\n line ends, and a remark about how the file was saved (empty when as Python wants it)."""

    text: str
    note: str = ""


def unix_lines(text: str) -> str:
    """Line ends as Python's tokenizer counts them: CRLF and CR become \\n, form feeds and the like stay."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def without_surrogates(text: str) -> str:
    """Halves of surrogate pairs, which JSON can hold but UTF-8 cannot, become U+FFFD."""
    try:
        # Ten times as fast as the search, and nearly always enough.
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def decode(raw: bytes, name: str, coding_line: bool = True) -> Decoded:
    """The text of a file a learner wrote.

    Args:
        raw: the bytes of the file.
        name: what messages call it.
        coding_line: whether a PEP 263 declaration counts (in Python files).

    Raises:
        Unreadable: it is not a text file.
    """
    for start, what in _FORMATS:
        if raw.startswith(start):
            raise Unreadable(f"{name} is {what}, not text: hand in the code itself")
    _refuse_pages(raw.removeprefix(codecs.BOM_UTF8).strip(), name)
    decoded = _marked(raw, name)
    if decoded is None:
        # Some programs fill a file up to a whole block.
        raw = raw.rstrip(b"\0") or raw
        if b"\0" in raw:
            _refuse_zeros(raw, name)
        decoded = _unmarked(raw, name, coding_line)
    # Programs of DOS, and some that copy from a console, end a text with this character.
    text = unix_lines(decoded.text).removesuffix("\x1a")
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise Unreadable(f"{name}, line {line}: a zero byte (the file is damaged): save it again as UTF-8 text")
    return Decoded(without_surrogates(text), decoded.note)


def _marked(raw: bytes, name: str) -> Decoded | None:
    for mark, encoding, title in _MARKS:
        if raw.startswith(mark):
            text = raw[len(mark) :].decode(encoding, "replace")
            return Decoded(text, f"{name} is saved as {title}, not UTF-8; re-save it as UTF-8")
    if b"\0" not in raw:
        return None
    # UTF-16 without a mark: code is mostly ASCII, so every other byte is zero.
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros, others = raw[offset::2].count(0), raw[1 - offset :: 2].count(0)
        if len(raw) >= 8 and zeros > 0.3 * len(raw) / 2 and others < zeros / 8:
            text = raw.decode(encoding, "replace")
            return Decoded(text, f"{name} is saved as UTF-16, not UTF-8; re-save it as UTF-8")
    return None


def _refuse_pages(content: bytes, name: str) -> None:
    if _PAGE.match(content):
        if _LOGIN.search(content, 0, _LOOKED_AT):
            raise Unreadable(
                f"{name} is the web page of a login, not code: log in, download the file itself and hand that in"
            )
        raise Unreadable(f"{name} is a web page, not code: download the file itself and hand that in")
    if len(content) < _LOOKED_AT and _REFUSAL.fullmatch(content) and b'"cells"' not in content:
        said = shown(content.decode("utf-8", "replace"), 60)
        raise Unreadable(f"{name} is a server's refusal ({said}), not code: download the file itself and hand that in")


def _refuse_zeros(raw: bytes, name: str) -> None:
    if not raw.strip(b"\0"):
        raise Unreadable(f"{name} holds nothing but zero bytes: did the upload fail? Hand it in again")
    line = _line_at(raw, raw.index(b"\0"))
    raise Unreadable(f"{name}, line {line}: a zero byte (the file is damaged): save it again as UTF-8 text")


def _line_at(raw: bytes, position: int) -> int:
    return raw[:position].replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1


def _declared(raw: bytes) -> tuple[str, int]:
    head = re.split(rb"\r\n|\r|\n", raw[:1000], maxsplit=2)[:2]
    for number, line in enumerate(head, start=1):
        found = _CODING.match(line)
        if found:
            return found[1].decode("ascii", "replace"), number
        if not _BLANK_OR_COMMENT.match(line):
            break
    return "", 0


def _unmarked(raw: bytes, name: str, coding_line: bool) -> Decoded:
    if raw.startswith(codecs.BOM_UTF8):
        raw, coding_line = raw[len(codecs.BOM_UTF8) :], False
    note = ""
    declared, line = _declared(raw) if coding_line else ("", 0)
    if declared:
        try:
            encoding = codecs.lookup(declared).name
            if not _ENCODINGS.fullmatch(encoding):
                raise LookupError(declared)
            return Decoded(raw.decode(encoding))
        except LookupError:
            note = f"{name}, line {line}: Python cannot read a file in {shown(declared)}; delete that line"
        except UnicodeDecodeError as error:
            where = _line_at(raw, error.start)
            note = f"{name}, line {where} is not {shown(declared)}, as line {line} says: re-save it as UTF-8"
    try:
        return Decoded(raw.decode("utf-8"), note)
    except UnicodeDecodeError as error:
        where = _line_at(raw, error.start)
    text = raw.decode("utf-8", "surrogateescape")
    stray = len(_ESCAPED.findall(text))
    if len(_FOREIGN.findall(text)) > 2 * stray:
        # A comment that was pasted from elsewhere.
        note = note or f"{name} is not UTF-8 in line {where}: re-save it as UTF-8"
        return Decoded(_ESCAPED.sub(lambda found: chr(ord(found[0]) - 0xDC00), text), note)
    try:
        text = raw.decode("cp949")
        note = note or f"{name} is saved as cp949, not UTF-8: line {where}; re-save it as UTF-8"
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
        note = note or f"{name} is not saved as UTF-8: line {where} (read as Latin-1); re-save it as UTF-8"
    return Decoded(text, note)
