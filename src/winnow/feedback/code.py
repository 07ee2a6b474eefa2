"""A learner's own code, to stand beside what is said of it; as text, of which nothing is run."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from winnow.course import Exercise
from winnow.record import ExerciseResult

if TYPE_CHECKING:
    from winnow.submission import Cell, Source

LINES = 150
"""More lines of one exercise are cut: a page of forty exercises stays one that can be read."""
WIDTH = 200


@dataclass(frozen=True)
class CodeLine:
    """One line, its number where it was handed in, and whether a remark speaks of it."""

    number: int
    text: str
    told: bool = False


@dataclass(frozen=True)
class Listing:
    """A file or a cell, as messages call it; `left` lines at its end are not shown."""

    label: str
    lines: tuple[CodeLine, ...]
    left: int = 0


def listings(result: ExerciseResult, source: Source | None, exercise: Exercise | None) -> tuple[Listing, ...]:
    """The code that was graded, where something of it is to be mended; of a notebook, the cells that belong to it."""
    if source is None or source.status != "found" or exercise is None or result.score >= result.points:
        return ()
    said = (result.message, *result.notes, *(check.why for check in result.checks))
    cells = _worked_on(source, exercise)
    own = [cell for cell in cells if _defines(cell, exercise)] or [cell for cell in cells if _told(cell, said)] or cells
    shown: list[Listing] = []
    room = LINES
    for cell in own:
        if room > 0:
            shown.append(_listing(cell, _told(cell, said), room))
            room -= len(shown[-1].lines)
    return tuple(shown)


def _worked_on(source: Source, exercise: Exercise) -> tuple[Cell, ...]:
    """The cells of the first candidate that is not the stub as it was handed out."""
    try:
        stub = {line.strip() for line in exercise.stub.read_text(encoding="utf-8").split("\n")}
    except OSError:
        return source.cells
    for candidate in (source, *source.fallbacks):
        if any(line.strip() not in stub for cell in candidate.cells for line in cell.source.split("\n")):
            return candidate.cells
    return source.cells


def _defines(cell: Cell, exercise: Exercise) -> bool:
    names = "|".join(map(re.escape, exercise.functions))
    return re.search(rf"^[ \t]*(?:async[ \t]+def|def|class)[ \t]+(?:{names})\b", cell.source, re.MULTILINE) is not None


def _told(cell: Cell, said: Iterable[str]) -> frozenset[int]:
    """The numbers of the lines that are spoken of: `mae.py, line 9: ...`."""
    place = re.compile(rf"(?<!\w){re.escape(cell.label)}, line (\d{{1,6}})\b")
    return frozenset(int(number) for text in said for number in place.findall(text))


def _listing(cell: Cell, told: frozenset[int], room: int) -> Listing:
    lines = cell.source.rstrip("\n").split("\n")
    shown = tuple(
        CodeLine(number, text if len(text) <= WIDTH else f"{text[:WIDTH]} …", number in told)
        for number, text in enumerate(lines[:room], 1)
    )
    return Listing(cell.label, shown, max(len(lines) - room, 0))
