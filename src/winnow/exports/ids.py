"""The mapping file: what the institution calls each learner."""

from __future__ import annotations

import csv
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

    def values(self, student: str) -> dict[str, str]:
        """The learner's values by column; complete, because `known` was asked first."""
        return dict(zip(self.columns, self.rows[student], strict=True))

    def name(self, student: str) -> str:
        """The learner's value in the first column: the name used where a format has room for one."""
        return self.rows[student][0]

    def known(self, students: list[str]) -> None:
        """Raise ExportError unless every learner of the run has a row."""
        unknown = [student for student in students if student not in self.rows]
        if unknown:
            others = f" and {len(unknown) - 1} more" if len(unknown) > 1 else ""
            raise ExportError(f"{self.source} has no row for {unknown[0]!r}{others}: add it, or leave out --ids")


def read_ids(path: Path) -> Ids:
    """Read a CSV file with the column `student` and at least one more.

    Raises:
        ExportError: the file cannot be read, lacks a column, or has a row that is short, doubled or without
        value.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = [[cell.strip() for cell in row] for row in csv.reader(file, strict=True) if any(row)]
    except OSError as error:
        raise ExportError(f"{path} cannot be read: {error.strerror}") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise ExportError(f"{path} is not a CSV file in UTF-8: {error}") from None
    header = lines[0] if lines else []
    if "student" not in header or len(header) < 2 or len(set(header)) < len(header):
        raise ExportError(f"{path} must begin with a line that names `student` and another column, once each")
    at = header.index("student")
    rows: dict[str, tuple[str, ...]] = {}
    taken: dict[str, str] = {}
    for row in lines[1:]:
        if len(row) != len(header):
            raise ExportError(f"{path} has {len(row)} values for {row[0]!r} where its first line names {len(header)}")
        student, values = row[at], tuple(row[:at] + row[at + 1 :])
        if student in rows:
            raise ExportError(f"{path} lists {student!r} twice")
        if not values[0] or values[0] in taken:
            other = f"as it does for {taken[values[0]]!r}" if values[0] else "which is empty"
            raise ExportError(f"{path} gives {student!r} the name {values[0]!r}, {other}: names must differ")
        rows[student], taken[values[0]] = values, student
    return Ids(str(path), tuple(name for name in header if name != "student"), rows)
