"""A course of one's own: its first files, with one exercise, one question and one submission, that work at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath
from string import Template

from winnow.errors import UsageError

# What packages leave out of a folder, or take for their own, is kept under another name. A learner's copy of winnow
# holds these files, too, and has no folder that is called after what is hidden.
NAMES = {"gitignore": ".gitignore", "hidden_checks": "graders", "references": "solutions"}


def start(folder: Path, title: str) -> list[Path]:
    """Write the files into `folder`, which is made; return what was written.

    Raises:
        UsageError: something is there already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is there, and not empty; name a folder that is new or empty")
    written = []
    for path, text in _files(resources.files("winnow.scaffold") / "own", PurePosixPath()):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.name == "course.toml":
            text = Template(text).substitute(title=json.dumps(title, ensure_ascii=False))
        target.write_text(text, encoding="utf-8")
        written.append(target)
    return written


def _files(folder: Traversable, at: PurePosixPath) -> Iterator[tuple[PurePosixPath, str]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _files(entry, at / NAMES.get(entry.name, entry.name))
        else:
            name = entry.name.removesuffix(".txt")
            yield at / NAMES.get(name, name), entry.read_text(encoding="utf-8")
