"""The worker's loop: take a frame, run what it asks for on the learner's code, answer, until the line closes."""

from __future__ import annotations

import io
import os
import sys
from dataclasses import asdict
from typing import Any

from . import wire
from .loading import Loaded, load
from .observe import Observation, Request, observe
from .witness import Witness

NONCE = 16
# The first byte a worker sends: whether it is confined as promised. Learner's code runs only after it.
READY, UNCONFINED = b"R", b"U"


class Capped(io.TextIOBase):
    """A text stream that keeps the first characters and lets the rest go."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.kept: list[str] = []

    def write(self, text: str) -> int:
        if isinstance(text, str) and self.limit > 0:
            self.kept.append(text[: self.limit])
            self.limit -= len(self.kept[-1])
        return len(text)

    def writable(self) -> bool:
        return True

    def take(self) -> str:
        """What was written since the last time."""
        text, self.kept = "".join(self.kept), []
        return text


def read_exactly(fd: int, size: int) -> bytes:
    """The next `size` bytes. Raises EOFError when the other side has closed."""
    parts = []
    while size:
        part = os.read(fd, min(size, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def write_all(fd: int, data: bytes) -> None:
    """Write the whole of `data`."""
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


def serve(fd: int, output_limit: int, witness: Witness) -> None:
    """Answer frames on `fd` until it closes. A frame is a nonce, which the answer repeats, and a wire frame."""
    out = Capped(output_limit)
    sys.stdout = sys.stderr = out
    loaded, labels = Loaded(), frozenset[str]()
    while True:
        nonce = read_exactly(fd, NONCE)
        text, tail = wire.lengths(read_exactly(fd, wire.HEADER.size))
        values, extra = wire.unpack(read_exactly(fd, text), read_exactly(fd, tail), trusted=True)
        if extra["op"] == "load":
            cells = [(label, source) for label, source in extra["cells"]]
            loaded = load(cells, extra["module"], extra["functions"], extra["cell_seconds"])
            labels = frozenset(label for label, _ in cells)
            reply = {"defined": list(loaded.functions), "stubs": loaded.stubs, "names": loaded.names,
                     "problems": loaded.problems, "broken": loaded.broken}  # fmt: skip
            answer = wire.pack([], {"loaded": reply, "output": out.take(), "tried": witness.take()})
        else:
            answers, notes = _answers(values, extra["requests"], loaded, labels)
            answer = wire.pack(answers, {"notes": notes, "output": out.take(), "tried": witness.take()})
        write_all(fd, nonce + answer)


def _answers(
    values: list[Any], requests: list[Any], loaded: Loaded, labels: frozenset[str]
) -> tuple[list[Any], list[dict[str, Any]]]:
    answers, notes = [], []
    for (args, kwargs), asked in zip(values, requests, strict=True):
        request = Request(*asked)
        function = loaded.functions.get(request.function, _absent(request.function))
        seen = observe(function, args, kwargs, request, labels)
        answers += [seen.value, seen.gradients]
        notes.append(_notes(seen))
    return answers, notes


def _notes(seen: Observation) -> dict[str, Any]:
    return {
        "raised": None if seen.raised is None else asdict(seen.raised),
        "changed": seen.changed,
        "spied": seen.spied,
    }


def _absent(name: str) -> Any:
    def absent(*args: Any, **kwargs: Any) -> None:
        raise NameError(f"there is no function {name}")

    return absent
