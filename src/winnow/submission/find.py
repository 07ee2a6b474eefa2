"""A folder of submissions: which learners there are."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

from .files import OTHER_ARCHIVES, ignored
from .model import SubmissionsError, shown
from .names import CODE_SUFFIXES

_SUFFIXES = (*CODE_SUFFIXES, ".zip", *OTHER_ARCHIVES)
_WANTED = "one folder, .zip, .ipynb or .py per learner"


def find_submissions(folder: Path) -> list[tuple[str, Path]]:
    """One entry per learner, sorted by name: a folder, a .zip, an .ipynb or a .py.

    A file of that kind in place of `folder` is the only submission. Other archives are listed too, so that
    their learners are not lost without a word.

    Raises:
        SubmissionsError: there is no such folder, nobody in it, or two entries of one name.
    """
    if not folder.exists():
        raise SubmissionsError(f"there is no folder {folder}: name the folder that holds {_WANTED}")
    if folder.is_file():
        name = _learner(folder)
        if name is None:
            raise SubmissionsError(f"{folder} is not a submission: name a folder that holds {_WANTED}")
        return [(name, folder)]
    found: dict[str, Path] = {}
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise SubmissionsError(f"{folder} cannot be read: {error.strerror}") from None
    for entry in entries:
        path = Path(entry.path)
        name = None if ignored(entry.name) else _learner(path)
        if name is None:
            continue
        if name in found:
            both = f"{shown(found[name].name)} and {shown(path.name)}"
            raise SubmissionsError(f"{folder} has two submissions of {name}: {both}; keep one")
        found[name] = path
    if not found:
        raise SubmissionsError(f"{folder} holds no submissions: put into it {_WANTED}")
    return sorted(found.items())


def _learner(path: Path) -> str | None:
    """The learner an entry belongs to, in one Unicode form: macOS decomposes the names it hands out."""
    name = path.name
    if not path.is_dir():
        suffix = next((suffix for suffix in _SUFFIXES if name.lower().endswith(suffix)), None)
        if suffix is None or not path.is_file():
            return None
        name = name[: -len(suffix)].removesuffix(".tar") or name
    # Bytes that are not text in the file system's encoding become visible, and stay distinct.
    return shown(unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "backslashreplace")), 255)
