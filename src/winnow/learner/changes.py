"""Which files of a folder were saved, as it happens."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

STEP, DEBOUNCE = 10, 50
"""Milliseconds: how long to wait for more changes to come, and for how long at most. An editor that saves writes
several times; a learner should not notice the wait."""
PAUSE = 0.05
"""Seconds between two looks, where nothing tells of changes."""


def changes(folder: Path) -> Iterator[set[Path]]:
    """The Python files that were written since the last time, again and again, until Ctrl-C.

    The first set is empty: from then on nothing is missed.
    """
    try:
        from watchfiles import watch
    except ImportError:
        yield from _polled(folder)
        return
    yield set()
    for found in watch(folder, debounce=DEBOUNCE, step=STEP, raise_interrupt=True):
        yield {Path(path) for _, path in found if path.endswith(".py")}


def _polled(folder: Path) -> Iterator[set[Path]]:
    before = _times(folder)
    yield set()
    while True:
        time.sleep(PAUSE)
        now = _times(folder)
        changed = {path for path, stamp in now.items() if before.get(path) != stamp}
        before = now
        if changed:
            yield changed


def _times(folder: Path) -> dict[Path, tuple[int, int]]:
    found = {}
    for path in folder.glob("*/*.py"):
        try:
            stat = path.stat()
        except OSError:
            # Between two steps of an editor that saves by renaming.
            continue
        found[path] = stat.st_mtime_ns, stat.st_size
    return found
