"""The mapping file: what the institution calls each learner."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


class ExportError(Exception):
    """An export that cannot be right; the message is one sentence that names the file and the learner."""


@dataclass(frozen=True)
class Ids:
    """Columns other than `student`, and each learner's values in their order."""

    source: str
    columns: tuple[str, ...]
    rows: dict[str, tuple[str, ...]]

    def values(self, student: str) -> tuple[str, ...]:
        """The learner's values; they are there, because `known` was asked first."""
        return self.rows[_composed(student)]

    def named(self, student: str) -> dict[str, str]:
        """The same by column."""
        return dict(zip(self.columns, self.values(student), strict=True))

    def name(self, student: str) -> str:
        """The learner's value in the first column: the name used where a format has room for one."""
        return self.values(student)[0]

    def known(self, students: Iterable[str]) -> None:
        """Raise ExportError unless every learner of the run has a row."""
        unknown = [student for student in students if _composed(student) not in self.rows]
        if unknown:
            others = f" and {len(unknown) - 1} more" if len(unknown) > 1 else ""
            raise ExportError(f"{self.source} has no row for {unknown[0]!r}{others}: add it, or leave out --ids")


def read_ids(path: Path) -> Ids:
    """Read a CSV file with the column `student` and at least one more.

    Raises:
        ExportError: the file cannot be read, lacks a column, or has a row that is short, doubled or without
        value.
    """
    lines = _lines(path)
    _, header = next(lines, (1, []))
    if "student" not in header or len(header) < 2 or len(set(header)) < len(header):
        raise ExportError(f"{path} must begin with a line that names `student` and another column, once each")
    at = header.index("student")
    columns = tuple(name for name in header if name != "student")
    rows: dict[str, tuple[str, ...]] = {}
    taken: dict[str, tuple[int, str]] = {}
    for number, row in lines:
        where = f"{path}, line {number},"
        if len(row) != len(header):
            raise ExportError(f"{where} has {len(row)} values where the first line names {len(header)}: give each one")
        student, values = row[at], tuple(row[:at] + row[at + 1 :])
        if _composed(student) in rows:
            raise ExportError(f"{where} lists {student!r} again: keep one line for each learner")
        if not values[0]:
            raise ExportError(f"{where} gives {student!r} no {columns[0]}: names must not be empty")
        if values[0] in taken:
            before, other = taken[values[0]]
            said = f"gives {student!r} the name {values[0]!r}, which line {before} gives {other!r}"
            raise ExportError(f"{where} {said}: names must differ")
        rows[_composed(student)], taken[values[0]] = values, (number, student)
    return Ids(str(path), columns, rows)


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Every line that is not empty, with its number."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            for row in reader:
                if any(row):
                    yield reader.line_num, [cell.strip() for cell in row]
    except OSError as error:
        raise ExportError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise ExportError(f"{path} is not in UTF-8 ({error}): save it as CSV in UTF-8") from None
    except csv.Error as error:
        raise ExportError(f"{path}, line {reader.line_num}, is no line of a CSV file: {error}") from None


def _composed(student: str) -> str:
    """A name in the one form that names of learners have: some systems hand them out in pieces."""
    return unicodedata.normalize("NFC", student)
