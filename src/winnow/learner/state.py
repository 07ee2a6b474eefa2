"""Small files about one learner's work, in the folder `.winnow` of the course. Losing them loses no work."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any, TypedDict

from winnow.atomic_write import atomically
from winnow.course import CourseError, Exercise

FOLDER = ".winnow"
STUBS = "stubs"
"""In it, the exercises as they were handed out: MODULE/EXERCISE.py."""
BACKUPS = "backups"
WAYS = "compare"
"""In it, where the course hands them out, other ways to write an exercise: MODULE/EXERCISE.json."""


CATALOGUE = "course.toml"
RESET = f"winnow reset {CATALOGUE} brings it back"


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


def copy_at(start: Path) -> Path | None:
    """The learner's copy at or above a folder, known by what it was handed out with; none where there is none."""
    named = os.environ.get("WINNOW_COURSE")
    start = Path(named) if named else start
    found = (one for one in (start, *start.resolve().parents) if (folder(one) / STUBS / CATALOGUE).is_file())
    return next((one.resolve() for one in found), None)


def told(error: CourseError, start: Path) -> str:
    """The error, with what to do where course.toml of a learner's copy is gone or changed."""
    root = copy_at(start)
    if root is None or CATALOGUE not in str(error):
        return str(error)
    path = root / "exercises" / CATALOGUE
    if not path.is_file():
        return f"{path.relative_to(root).as_posix()} is missing: {RESET}"
    changed = path.read_bytes() != (folder(root) / STUBS / CATALOGUE).read_bytes()
    return f"{error}; {RESET}" if changed else str(error)


def ways(exercise: Exercise) -> Path:
    """The file with other ways to write an exercise."""
    return folder(exercise.root) / WAYS / exercise.module / f"{exercise.id}.json"


def read(root: Path, name: str) -> dict[str, Any]:
    """The content of a file; nothing where it is missing or is not what `write` wrote."""
    try:
        data = json.loads((folder(root) / name).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def write(root: Path, name: str, data: dict[str, Any]) -> None:
    """Replace a file; it is whole at every moment. Raises OSError where nothing may be written."""
    home = folder(root)
    home.mkdir(exist_ok=True)
    with atomically(home / name) as part:
        part.write_text(json.dumps(data, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")


def content(path: Path) -> bytes:
    """What a file holds. Raises OSError, also for a pipe: whoever opens one waits until somebody writes into it."""
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "no ordinary file", str(path))
    return path.read_bytes()


def keep(root: Path, path: Path) -> Path:
    """Copy a file into the backups, under a name that is still free; a folder in its place is moved there."""
    home = folder(root) / BACKUPS / path.parent.name
    home.mkdir(parents=True, exist_ok=True)
    number = 1
    while (backup := home / f"{path.stem}.{number}{path.suffix}").exists():
        number += 1
    if path.is_dir():
        return path.rename(backup)
    backup.write_bytes(path.read_bytes())
    return backup
