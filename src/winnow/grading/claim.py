"""One run at a time in a results folder."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from winnow.errors import UsageError

FILE = ".winnow.lock"


@contextlib.contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Make `folder`, and hold it for this run. The kernel lets go of it however the process ends.

    Raises:
        UsageError: another run holds it, or it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        line = os.open(folder / FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise UsageError(f"{folder} cannot be used as the results folder: {error.strerror}") from None
    try:
        try:
            fcntl.flock(line, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(line, 20, 0).decode(errors="replace").strip()
            named = f" (process {holder})" if holder.isdigit() else ""
            said = f"another run{named} is grading into {folder}: wait for it to end, or grade into another folder"
            raise UsageError(said) from None
        # A full disk must not keep a run from saying so in the store's own sentence.
        with contextlib.suppress(OSError):
            os.ftruncate(line, 0)
            os.pwrite(line, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(line)
