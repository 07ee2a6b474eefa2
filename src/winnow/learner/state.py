"""Small files about one learner's work, in the folder `.winnow` of the course. Losing them loses no work."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypedDict

from winnow.atomic_write import atomically
from winnow.course import Exercise

FOLDER = ".winnow"
STUBS = "stubs"
"""In it, the exercises as they were handed out: MODULE/EXERCISE.py."""
BACKUPS = "backups"
WAYS = "compare"
"""In it, where the course hands them out, other ways to write an exercise: MODULE/EXERCISE.json."""


class Way(TypedDict):
    """One other way: a sentence on it, and its text."""

    says: str
    code: str


class Ways(TypedDict):
    """Other ways to write an exercise. `shared`: what more than one of them may need, imports and helpers."""

    shared: str
    ways: list[Way]


def folder(root: Path) -> Path:
    """Where they are."""
    return root / FOLDER


def ways(exercise: Exercise) -> Path:
    """The file with other ways to write an exercise."""
    return folder(exercise.root) / WAYS / exercise.module / f"{exercise.id}.json"


def read(root: Path, name: str) -> dict[str, Any]:
    """The content of a file; nothing where it is missing or is not what `write` wrote."""
    try:
        data = json.loads((folder(root) / name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def write(root: Path, name: str, data: dict[str, Any]) -> None:
    """Replace a file; it is whole at every moment. Raises OSError where nothing may be written."""
    home = folder(root)
    home.mkdir(exist_ok=True)
    with atomically(home / name) as part:
        part.write_text(json.dumps(data, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")


def keep(root: Path, path: Path) -> Path:
    """Copy a file into the backups, under a name that is still free."""
    home = folder(root) / BACKUPS / path.parent.name
    home.mkdir(parents=True, exist_ok=True)
    number = 1
    while (backup := home / f"{path.stem}.{number}{path.suffix}").exists():
        number += 1
    backup.write_bytes(path.read_bytes())
    return backup
