"""Tables as spreadsheets and institutions write them: CSV with commas, semicolons or tabs, in UTF-8 or not."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

DELIMITERS = ",;\t"
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class TableError(Exception):
    """A table that cannot be read; the message is one sentence that names the file, and the line where there is one."""


@dataclass(frozen=True)
class Table:
    """The first line that is not empty, and every other with its number in the file; cells have no blanks around."""

    source: str
    header: tuple[str, ...]
    rows: Sequence[tuple[int, tuple[str, ...]]]


def read_table(path: Path) -> Table:
    """Read a CSV file. Raises TableError when it cannot be read."""
    text = _text(path)
    first = next((line.strip() for line in text.split("\n") if line.strip()), "")
    if first.casefold().startswith("sep=") and len(first) == 5:
        # Excel writes and reads this line, which says what lies between cells.
        delimiter, skipped, text = first[4], 1, text.lstrip().partition("\n")[2]
    else:
        delimiter, skipped = max(DELIMITERS, key=_outside_quotes(first).count), 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = []
    try:
        for row in reader:
            cells = tuple(cell.strip() for cell in row)
            if any(cells):
                rows.append((reader.line_num + skipped, cells))
    except csv.Error as error:
        line = reader.line_num + skipped
        raise TableError(f"{path}, line {line}, is no line of a CSV file: {error}") from None
    return Table(str(path), rows[0][1] if rows else (), rows[1:])


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise TableError(f"{path} cannot be read: {error.strerror}") from None
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise TableError(f"{path} is a spreadsheet, not a CSV file: open it and save it as CSV in UTF-8")
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        wrong = error
    try:
        # What a Korean Excel means by CSV.
        return raw.decode("cp949")
    except UnicodeDecodeError:
        raise TableError(f"{path} is not in UTF-8 ({wrong}): save it as CSV in UTF-8") from None


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])
