"""What a learner's code prints to: text streams over bytes, as programs expect them, of which the beginning is kept."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
from typing import Any


def keep_open(line: int) -> None:
    """Have `os.close` and `os.closerange` pass over a descriptor: programs close all but the first three."""
    close, closerange = os.close, os.closerange

    def close_another(fd: int) -> None:
        if fd == line:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        close(fd)

    def close_others(fd_low: int, fd_high: int) -> None:
        closerange(fd_low, min(line, fd_high))
        closerange(max(line + 1, fd_low), fd_high)

    os.close, os.closerange = close_another, close_others


class Printed:
    """Standard output and error of this process. The first `limit` characters are kept, the rest goes nowhere."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._bytes = _Bytes(4 * limit)
        # Two, because learners' code takes one apart (`sys.stdout.detach()`), and warnings go to the other.
        sys.stdout = sys.__stdout__ = _Stream(self._bytes)  # type: ignore[misc]
        sys.stderr = sys.__stderr__ = _Stream(self._bytes)  # type: ignore[misc]

    def take(self) -> str:
        """What was written since the last time."""
        with contextlib.suppress(BaseException):
            # It may be the learner's own by now, which buffers.
            sys.stdout.flush()
        text = self._bytes.take().decode("utf-8", "replace")[: self._limit]
        self._limit -= len(text)
        return text


class _Bytes(io.BufferedIOBase):
    """The bytes below both. Learners' code wraps them anew, and what wrapped them before closes them as it goes."""

    name = "<stdout>"
    mode = "wb"

    def __init__(self, room: int) -> None:
        self.room = room
        self._kept: list[bytes] = []

    def write(self, data: Any) -> int:
        view = memoryview(data).cast("B")
        if self.room > 0:
            self._kept.append(bytes(view[: self.room]))
            self.room -= len(self._kept[-1])
        return len(view)

    def writable(self) -> bool:
        return True

    def close(self) -> None:
        """Stay open."""

    def fileno(self) -> int:
        """That of the process: what is written there directly is not kept."""
        return 1

    @property
    def raw(self) -> _Bytes:
        """Itself: nothing is buffered in between."""
        return self

    def take(self) -> bytes:
        """What was written since the last time."""
        data, self._kept = b"".join(self._kept), []
        return data


class _Stream(io.TextIOWrapper):
    def __init__(self, below: _Bytes) -> None:
        super().__init__(below, encoding="utf-8", errors="backslashreplace", newline="", write_through=True)
        self._below = below

    def write(self, text: str) -> int:
        # A loop that prints a million lines need not encode those that nobody reads.
        return super().write(text) if self._below.room > 0 or not isinstance(text, str) else len(text)
