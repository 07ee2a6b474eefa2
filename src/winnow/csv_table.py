"""Tables as spreadsheets and institutions write them: CSV with commas, semicolons or tabs, in UTF-8 or not."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

DELIMITERS = ",;\t"
# What spreadsheets mean by CSV in Korea, in the west of Europe, in China and in Japan.
_ENCODINGS = ("cp949", "cp1252", "gb18030", "cp932")
# Excel writes and reads this line, which says what lies between cells.
_TOLD = re.compile(r"\s*\"?sep=([^\r\n])\"?[ \t]*(?:\r?\n|\Z)", re.IGNORECASE)
# An ="007" keeps a spreadsheet from taking the zeros away.
_FORMULA = re.compile(r'\A="([^"]*)"\Z')
_FOREIGN_WORD = re.compile(r"(?<![A-Za-z])[^\0-\x7f]+(?![A-Za-z])")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class TableError(Exception):
    """A table that cannot be read; the message is one sentence that names the file, and the line where there is one."""


@dataclass(frozen=True)
class Table:
    """The first line that is not empty, and every other with its number in the file; cells have no blanks around."""

    source: str
    header: tuple[str, ...]
    rows: Sequence[tuple[int, tuple[str, ...]]]


def read_table(path: Path, known: Callable[[tuple[str, ...]], bool] = bool) -> Table:
    """Read a CSV file.

    Args:
        known: whether a first line is one that may be expected: it decides where several encodings are possible.

    Raises:
        TableError: the file cannot be read.
    """
    tables = (_table(path, text) for text in _texts(path))
    first = next(tables)
    return first if known(first.header) else next((table for table in tables if known(table.header)), first)


def _table(path: Path, text: str) -> Table:
    first = next((line.strip() for line in text.split("\n") if line.strip()), "")
    if told := _TOLD.match(text):
        delimiter, skipped, text = told[1], 1, text[told.end() :]
    else:
        delimiter, skipped = max(DELIMITERS, key=_outside_quotes(first).count), 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = []
    try:
        for row in reader:
            cells = tuple(_FORMULA.sub(r"\1", cell.strip()) for cell in row)
            if any(cells):
                rows.append((reader.line_num + skipped, cells))
    except csv.Error as error:
        line = reader.line_num + skipped
        raise TableError(f"{path}, line {line}, is no line of a CSV file: {error}") from None
    return Table(str(path), rows[0][1] if rows else (), rows[1:])


def _texts(path: Path) -> Iterator[str]:
    """The text of a file, in each encoding that it may be in: one at least."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise TableError(f"{path} cannot be read: {error.strerror}") from None
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise TableError(f"{path} is a spreadsheet, not a CSV file: open it and save it as CSV in UTF-8")
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            yield raw[len(mark) :].decode(encoding, "replace")
            return
    try:
        yield raw.decode("utf-8")
        return
    except UnicodeDecodeError as error:
        wrong = error
    found = False
    for encoding in _ENCODINGS:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_of(encoding, text):
            found = True
            yield text
    if not found:
        raise TableError(f"{path} is not in UTF-8 ({wrong}): save it as CSV in UTF-8") from None


def _is_of(encoding: str, text: str) -> bool:
    """Whether a text may have been meant by this encoding: nearly all bytes can be read in several."""
    if encoding == "cp1252":
        return all(letter.isalpha() or letter in "\u2019°" for letter in text if letter > "\x7f")
    # An accent read together with the letter behind it makes no word of its own.
    return _FOREIGN_WORD.search(text) is not None


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])
