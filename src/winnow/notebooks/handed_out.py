"""What a source notebook remembers of how it was made, in its metadata, and the instructor's own cells in it."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

KEY = "winnow"
SALT, CELLS = "quiz_salt", "cells"


def about(salt: str, cells: Collection[str]) -> dict[str, Any]:
    """What is to be remembered: how the numbers of the quiz were drawn, and which cells winnow wrote."""
    return ({SALT: salt} if salt else {}) | {CELLS: list(cells)}


def drawn_with(source: Path) -> str:
    """The salt with which the numbers of the quiz in a source notebook were drawn; empty where it does not say.

    Only the instructor's own notebook is asked: a learner could write any other salt into what is handed in.
    """
    salt = _remembered(_read(source)).get(SALT)
    return salt if isinstance(salt, str) else ""


def with_own_cells(made: dict[str, Any], source: Path) -> int:
    """Put the cells that an instructor has added to a source notebook into the one that takes its place.

    Each stands behind the cell it stood behind. What winnow wrote once and writes no more is dropped.

    Returns:
        How many there are.
    """
    before = _read(source)
    fresh = {cell["id"]: [cell] for cell in made["cells"]}
    of_winnow = {*fresh, *_remembered(before).get(CELLS, ())}
    first: list[Any] = []
    behind, number = first, 0
    for cell in before.get("cells", ()):
        if cell.get("id") in fresh:
            behind = fresh[cell["id"]]
        elif "id" in cell and cell["id"] not in of_winnow:
            behind.append(cell)
            number += 1
    made["cells"] = [*first, *(cell for group in fresh.values() for cell in group)]
    return number


def _remembered(notebook: dict[str, Any]) -> dict[str, Any]:
    found: Any = notebook.get("metadata", {}).get(KEY)
    return found if isinstance(found, dict) else {}


def _read(path: Path) -> dict[str, Any]:
    """A notebook as it lies there; nothing where there is none that can be read."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
