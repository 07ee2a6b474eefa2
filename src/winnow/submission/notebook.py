"""From a notebook file to its code cells, for every format that Jupyter still opens."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .magics import neutralise
from .model import Cell, Unreadable, shown
from .outputs import UNREAD, without_outputs
from .room import DATA, Room, of_decoding, tokens_in
from .text import decode, unix_lines, without_surrogates

CODE_CELLS = 2_000
CELL_CHARACTERS = 1 << 18
NOTEBOOK_CHARACTERS = 1 << 20
# JSON that is all commas takes thirty times its size in memory; real notebooks are mostly text.
COMMAS = 1_000_000
DIGITS = 4300
"""No whole number in a notebook has more: Python refuses longer ones."""
LANGUAGE = 100
"""So many characters of a language's name are looked at."""
_CONFLICT = re.compile(r"^<{7} ", re.MULTILINE)
_TEXTS = {"markdown": "Markdown", "raw": "raw text"}


@dataclass(frozen=True)
class Notebook:
    """The code cells of a notebook in file order, blank ones left out, and remarks about it. `aside`: the cells of
    Markdown or raw text, each with what it is."""

    cells: tuple[Cell, ...]
    notes: tuple[str, ...] = ()
    aside: tuple[tuple[Cell, str], ...] = ()


def read_notebook(raw: bytes, name: str, room: Room | None = None) -> Notebook:
    """The code cells of a notebook. A cell is called by its place among all cells, as Jupyter shows them.

    Args:
        room: what may still be read; without it, as much as of one submission.

    Raises:
        Unreadable: it is no notebook, it breaks off, or it is larger than any notebook written by hand.
    """
    if not raw.strip():
        raise Unreadable(f"{name} is empty: did the upload fail?")
    room = room or Room()
    plain = without_outputs(raw, name, UNREAD)
    room.take(of_decoding(plain) + tokens_in(plain), name, DATA)
    decoded = decode(plain, name, coding_line=False)
    notes = [decoded.note] if decoded.note else []
    document = _parse(decoded.text, name)
    cells: list[Cell] = []
    aside: list[tuple[Cell, str]] = []
    dropped: list[str] = []
    total = 0
    for number, cell in enumerate(_all_cells(document), start=1):
        kind, source = _read(cell)
        if kind in _TEXTS and "def " in source:
            aside.append((Cell(f"cell {number}", _clean(source[:CELL_CHARACTERS])), _TEXTS[kind]))
        if kind != "code":
            continue
        if len(source) > CELL_CHARACTERS and not source.isspace():
            notes.append(f"{name}, cell {number} was left out: {len(source)} characters are data, not code")
            continue
        source = _clean(source)
        if not source.strip() or _is_given(cell, source):
            continue
        total += len(source)
        if len(cells) >= CODE_CELLS:
            raise Unreadable(f"{name} has more than {CODE_CELLS} code cells: hand in only those of the exercises")
        if total > NOTEBOOK_CHARACTERS:
            raise Unreadable(f"{name} has more than {NOTEBOOK_CHARACTERS} characters of code: leave the data out")
        room.take_code(source, name)
        neutral = neutralise(source)
        if neutral.source.strip():
            cells.append(Cell(f"cell {number}", neutral.source))
        dropped += [f"cell {number}, line {line}: {shown(text, 60)}" for line, text in neutral.dropped[:4]]
    if language := _other_language(document):
        notes.append(f"{name} is a notebook for {shown(language, 40)}; it was read as Python")
    if dropped:
        notes.append(f"{name}: {not_run(dropped)}")
    return Notebook(tuple(cells), tuple(notes), tuple(aside[:CODE_CELLS]))


def not_run(dropped: Iterable[str]) -> str:
    """A remark on lines that would have done something, each told with its place."""
    told = list(dropped)
    more = f" and {len(told) - 3} more" if len(told) > 3 else ""
    return f"shell lines and other languages are not run when grading ({'; '.join(told[:3])}{more})"


def _parse(text: str, name: str) -> dict[str, Any]:
    if text.count(",") > COMMAS:
        raise Unreadable(f"{name} {DATA}")
    try:
        # No number is used, and Python takes long over one of many digits.
        document = json.loads(text, parse_int=_whole, parse_float=str)
    except json.JSONDecodeError as error:
        if conflict := _CONFLICT.search(text):
            where = text.count("\n", 0, conflict.start()) + 1
            raise Unreadable(
                f"{name}, line {where}, is the mark of a merge conflict: keep one of the two versions, open it in "
                "Jupyter, save it and hand it in again"
            ) from None
        if not text.lstrip().startswith("{"):
            raise Unreadable(
                f"{name} is not a notebook (it does not start with a brace): save it from Jupyter"
            ) from None
        end = text.rstrip()
        # A comma too many is found at the brace behind it, which may be the last character of a whole notebook.
        at_end = error.pos >= len(end) - (end[-1] not in "]}")
        cut = at_end or error.msg.startswith("Unterminated string")
        what = "breaks off" if cut else f"is damaged ({error.msg})"
        ask = "was the upload cut short? " if cut else ""
        raise Unreadable(
            f"{name} {what} at line {error.lineno}: {ask}Open it in Jupyter, save it and hand it in again"
        ) from None
    except (RecursionError, ValueError, MemoryError):
        # Lists in lists a thousand deep, and whole numbers of more digits than Python converts.
        raise Unreadable(
            f"{name} is no notebook that Jupyter wrote: save it from Jupyter and hand it in again"
        ) from None
    if not isinstance(document, dict) or not (isinstance(document.get("cells"), list) or "worksheets" in document):
        raise Unreadable(f"{name} is JSON without a list of cells, so no notebook: save it from Jupyter")
    return document


def _whole(digits: str) -> None:
    if len(digits) > DIGITS:
        raise ValueError("no program writes such a number into a notebook")


def _all_cells(document: dict[str, Any]) -> list[Any]:
    cells = document.get("cells")
    if isinstance(cells, list):
        return cells
    # Formats 2 and 3 kept the cells in worksheets.
    sheets = document.get("worksheets")
    found: list[Any] = []
    for sheet in sheets if isinstance(sheets, list) else []:
        if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list):
            found += sheet["cells"]
    return found


def _read(cell: Any) -> tuple[str, str]:
    """The kind of a cell and its source, `input` in format 3."""
    if not isinstance(cell, dict):
        return "", ""
    kind = "code" if _was_code(cell) else str(cell.get("cell_type"))
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        lines = [line for line in source if isinstance(line, str)]
        # Jupyter ends every line but the last; a program that splits a text at its line ends leaves them out in all.
        ends = "" if any(line.endswith("\n") for line in lines) else "\n"
        source = ends.join(lines)
    if not isinstance(source, str):
        return "", ""
    return kind, source


def _clean(source: str) -> str:
    # A zero byte would fail one cell in Jupyter; so does the replacement character.
    return unix_lines(without_surrogates(source)).removeprefix("\ufeff").replace("\0", "\ufffd")


def _was_code(cell: dict[str, Any]) -> bool:
    """Whether it was handed out as code, to be answered; turned into Markdown it is code again, as nbgrader has it."""
    metadata = cell.get("metadata")
    if not isinstance(metadata, dict):
        return False
    by_nbgrader, by_winnow = metadata.get("nbgrader"), metadata.get("winnow")
    was_answer = isinstance(by_winnow, dict) and "answer" in by_winnow
    return was_answer or (isinstance(by_nbgrader, dict) and by_nbgrader.get("cell_type") == "code")


def _is_given(cell: dict[str, Any], source: str) -> bool:
    """Whether the cell is as winnow handed it out: public checks, pictures. One that was changed is the learner's."""
    metadata = cell.get("metadata")
    about = metadata.get("winnow") if isinstance(metadata, dict) else None
    given = about.get("given") if isinstance(about, dict) else None
    return isinstance(given, str) and given == hashlib.sha256(source.encode("utf-8", "replace")).hexdigest()


def _other_language(document: dict[str, Any]) -> str:
    metadata = document.get("metadata")
    if not isinstance(metadata, dict):
        return ""
    for section, key in (("language_info", "name"), ("kernelspec", "language")):
        part = metadata.get(section)
        value = part.get(key) if isinstance(part, dict) else None
        if isinstance(value, str) and value:
            return "" if "python" in value[:LANGUAGE].lower() else value
    return ""
