"""The mapping file: what the institution calls each learner."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from winnow.csv_table import TableError, read_table
from winnow.errors import UsageError


class ExportError(UsageError):
    """An export that cannot be right; the message is one sentence that names the file and the learner."""


@dataclass(frozen=True)
class Ids:
    """Columns other than `student`, and each learner's values in their order. `lines`: where they stand."""

    source: str
    columns: tuple[str, ...]
    rows: dict[str, tuple[str, ...]]
    lines: dict[str, int]

    def values(self, student: str) -> tuple[str, ...]:
        """The learner's values; they are there, because `known` was asked first."""
        return self.rows[_composed(student)]

    def named(self, student: str) -> dict[str, str]:
        """The same by column."""
        return dict(zip(self.columns, self.values(student), strict=True))

    def name(self, student: str) -> str:
        """The learner's value in the first column: the name used where a format has room for one."""
        return self.values(student)[0]

    def distinct(self, identifying: Sequence[str]) -> None:
        """Raise ExportError where two learners could be taken for one.

        Args:
            identifying: the columns by which a learner is found, whichever of them the file has; a learner needs a
                value in one of them. Where it has none of them, it is the first column.
        """
        chosen = [name for name in self.columns if name in identifying] or [self.columns[0]]
        taken: dict[tuple[str, str], str] = {}
        for student, values in self.rows.items():
            where = f"{self.source}, line {self.lines[student]},"
            given = [
                (name, value) for name, value in zip(self.columns, values, strict=True) if name in chosen and value
            ]
            if not given:
                raise ExportError(f"{where} gives {student!r} no {' or '.join(chosen)}: learners are found by it")
            for pair in given:
                if pair in taken:
                    said = f"gives {student!r} the {pair[0]} {pair[1]!r}"
                    other = f"which line {self.lines[taken[pair]]} gives {taken[pair]!r}"
                    raise ExportError(f"{where} {said}, {other}: learners are found by it, so it must differ")
                taken[pair] = student

    def known(self, students: Iterable[str]) -> None:
        """Raise ExportError unless every learner of the run has a row."""
        unknown = [student for student in students if _composed(student) not in self.rows]
        if unknown:
            others = f" and {len(unknown) - 1} more" if len(unknown) > 1 else ""
            raise ExportError(f"{self.source} has no row for {unknown[0]!r}{others}: add it, or leave out --ids")


def read_ids(path: Path) -> Ids:
    """Read a CSV file with the column `student` and at least one more.

    Raises:
        ExportError: the file cannot be read, lacks a column, or has a row that is short or doubled.
    """
    try:
        table = read_table(path)
    except TableError as error:
        raise ExportError(str(error)) from None
    header = table.header
    if "student" not in header or len(header) < 2 or len(set(header)) < len(header):
        raise ExportError(f"{path} must begin with a line that names `student` and another column, once each")
    at = header.index("student")
    columns = tuple(name for name in header if name != "student")
    rows: dict[str, tuple[str, ...]] = {}
    numbers: dict[str, int] = {}
    for number, row in table.rows:
        where = f"{path}, line {number},"
        if len(row) != len(header):
            raise ExportError(f"{where} has {len(row)} values where the first line names {len(header)}: give each one")
        student, values = row[at], row[:at] + row[at + 1 :]
        if _composed(student) in rows:
            raise ExportError(f"{where} lists {student!r} again: keep one line for each learner")
        rows[_composed(student)], numbers[_composed(student)] = values, number
    return Ids(str(path), columns, rows, numbers)


def _composed(student: str) -> str:
    """A name in the one form that names of learners have: some systems hand them out in pieces."""
    return unicodedata.normalize("NFC", student)
