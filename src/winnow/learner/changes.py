"""Which files of a folder were saved, as it happens."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

STEP, DEBOUNCE = 10, 50
"""Milliseconds: how long to wait for more changes to come, and for how long at most. An editor that saves writes
several times; a learner should not notice the wait."""
TIMEOUT = 100
"""Milliseconds after which a look for Ctrl-C is taken."""
PAUSE = 0.05
"""Seconds between two looks, where nothing tells of changes."""


def changes(folder: Path) -> Iterator[set[Path]]:
    """The Python files that were written since the last time, again and again, until Ctrl-C.

    A set may be empty. After the first one no change is missed, however late the next is asked for.
    """
    try:
        from watchfiles import watch
    except ImportError:
        yield from _polled(folder)
        return
    # The first yield is that of a timeout: by then the watching has begun.
    watching = watch(
        folder, debounce=DEBOUNCE, step=STEP, rust_timeout=TIMEOUT, yield_on_timeout=True, raise_interrupt=True
    )
    for found in watching:
        yield {Path(path) for _, path in found if path.endswith(".py")}


def _polled(folder: Path) -> Iterator[set[Path]]:
    before = _times(folder)
    yield set()
    while True:
        time.sleep(PAUSE)
        now = _times(folder)
        changed = {path for path, stamp in now.items() if before.get(path) != stamp}
        before = now
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
