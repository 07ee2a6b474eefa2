"""A file that is there whole or not at all: a full disk or a killed process leaves what was there before."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def atomically(path: Path) -> Iterator[Path]:
    """Where to write what shall be at `path` only once all of it is written.

    Raises:
        OSError: it cannot be written; its `filename` is `path`, and nothing of it is left behind.
    """
    if path.exists() and not path.is_file():
        # A pipe or a device is written to as it is; of a folder the system says what is wrong.
        yield path
        return
    # Of this process alone: a watcher and a check may write at once.
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(path)
    except BaseException as error:
        with contextlib.suppress(OSError):
            part.unlink()
        if isinstance(error, OSError):
            error.filename = os.fspath(path)
        raise
