"""Which statement a worker runs, in a page that its nursery still reads when the worker has ended."""

from __future__ import annotations

import mmap
import struct

Place = tuple[int, int]
"""A statement: of the answer (0) or of a module beside it (1, 2, ...), and the how manieth of it."""

_FORM = struct.Struct("=ii")


class Mark:
    """A page of one worker, made by the nursery before it forks that worker."""

    def __init__(self) -> None:
        self._page = mmap.mmap(-1, _FORM.size)

    def set(self, place: Place | None) -> None:
        """Write down what runs; None between statements."""
        at, number = place if place is not None else (0, -1)
        _FORM.pack_into(self._page, 0, at, number + 1)

    def get(self) -> Place | None:
        """What was written down last, by whomever: the worker's code can write anything."""
        at, number = _FORM.unpack_from(self._page)
        return (at, number - 1) if number > 0 else None

    def close(self) -> None:
        """Let go of the page."""
        self._page.close()
