"""Writes a bundle into a folder, where a learner may have worked already: what was edited is kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from winnow.learner import state
from winnow.release.bundle import Bundle

MANIFEST = "release.json"


@dataclass
class Unpacked:
    """What was done. `kept`: files that were edited since they were handed out, and differ from this release;
    `backups`: where the text of those lies that were replaced all the same."""

    written: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    backups: list[str] = field(default_factory=list)


def unpack(bundle: Bundle, folder: Path, *, force: bool = False) -> Unpacked:
    """Write the files of `bundle` that are missing or unedited, and remove unedited ones that are no longer in it.

    Args:
        force: also replace what was edited; its text goes into the backups.

    Raises:
        OSError: something cannot be written.
    """
    done = Unpacked()
    before = state.read(folder, MANIFEST)
    for path, content in bundle.files.items():
        target = folder / path
        current = target.read_bytes() if target.is_file() else None
        if current == content:
            continue
        if current is not None and _digest(current) != before.get(path):
            if not force:
                done.kept.append(path)
                continue
            done.backups.append(state.keep(folder, target).relative_to(folder).as_posix())
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        done.written.append(path)
    for path in sorted(set(before) - set(bundle.files)):
        target = folder / path
        if (
            target.is_file()
            and target.resolve().is_relative_to(folder.resolve())
            and _digest(target.read_bytes()) == before[path]
        ):
            target.unlink()
            done.removed.append(path)
    state.write(folder, MANIFEST, {path: _digest(content) for path, content in bundle.files.items()})
    return done


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
