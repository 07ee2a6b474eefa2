"""The worker's loop: take a frame, run what it asks for on the learner's code, answer, until the line closes."""

from __future__ import annotations

import os
import traceback
import warnings
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from . import closed, interactive, strangers, wire
from .clock import Clock
from .loading import Loaded, load
from .marks import Mark
from .observe import Observation, Request, observe
from .running import Running
from .statements import Text
from .streams import Printed, keep_open
from .witness import Witness

NONCE = 16
# The first byte a worker sends: whether it is confined as promised. Learner's code runs only after it.
READY, UNCONFINED = b"R", b"U"

Part = tuple[list[Any], list[Request], bool]
"""Calls that are answered in one frame: their arguments, per call the request, and whether there may be callables
among the arguments."""


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


def serve(
    fd: int, output_limit: int, witness: Witness, clock: Clock, mark: Mark, foreseen: Sequence[Part] = ()
) -> None:
    """Answer frames on `fd` until it closes. A frame is a nonce, which the answer repeats, and a wire frame.

    Args:
        foreseen: what will be asked of every learner, answered part by part as soon as the code is loaded.
    """
    out = Printed(output_limit)
    keep_open(fd)
    interactive.install()
    warnings.formatwarning = _warning
    loaded, labels = Loaded(), frozenset[str]()
    while True:
        nonce = read_exactly(fd, NONCE)
        text, tail = wire.lengths(read_exactly(fd, wire.HEADER.size))
        body = read_exactly(fd, text)
        values, extra = wire.unpack(body, read_exactly(fd, tail), trusted=True)
        if extra["op"] == "load":
            texts = [Text(*parts) for parts in extra["texts"]]
            others = [Text(*parts) for parts in extra["others"]]
            labels = frozenset(text.label for text in (*texts, *others))
            left_out = {(at, number): why for at, number, why in extra["left_out"]}
            strangers.refuse(extra["needs"])
            running = Running(labels, clock, extra["seconds"], extra["hurried"], left_out, mark.set)
            shut = closed.ready(extra["closed"], [text.source for text in (*texts, *others)])
            loaded = load(
                texts, extra["module"], extra["functions"], running, extra["path"], others, extra["elsewhere"],
            )  # fmt: skip
            shut()
            reply = {"defined": list(loaded.functions), **{name: value for name, value in vars(loaded).items()
                                                           if name != "functions"}}  # fmt: skip
            write_all(fd, nonce + wire.pack([], {"loaded": reply, **_beside(out, witness)}))
            asked = foreseen
        else:
            asked = [(values, _requests(extra), wire.may_name(body))]
        for part in asked:
            answers, notes = _answers(part, loaded, labels)
            write_all(fd, nonce + wire.pack(answers, {"notes": notes, **_beside(out, witness)}))


def _warning(
    message: Warning | str, category: type[Warning], filename: str, lineno: int, line: str | None = None
) -> str:
    """A warning as a learner reads it: with the line of the learner's code, and without paths of this machine."""
    places = [(filename, lineno), *((frame.f_code.co_filename, at) for frame, at in traceback.walk_stack(None))]
    place = next((f"{file}, line {at}: " for file, at in places if not (os.path.isabs(file) or file[:1] == "<")), "")
    return f"{place}{category.__name__}: {message}\n"


def _beside(out: Printed, witness: Witness) -> dict[str, Any]:
    """What was printed and tried. Left out when there was nothing, so that equal answers are equal frames."""
    return {name: taken for name, taken in (("output", out.take()), ("tried", witness.take())) if taken}


def _answers(part: Part, loaded: Loaded, labels: frozenset[str]) -> tuple[list[Any], list[dict[str, Any]]]:
    values, requests, named = part
    answers, notes = [], []
    for (args, kwargs), request in zip(values, requests, strict=True):
        function = loaded.functions.get(request.function, _absent(request.function))
        seen = observe(function, args, kwargs, request, labels, named)
        answers += [seen.value, seen.gradients]
        notes.append(_notes(seen))
    return answers, notes


def parts(frames: bytes) -> list[Part]:
    """The calls of several frames, one behind the other, as the trusted side wrote them."""
    found, start = [], 0
    while start < len(frames):
        text, tail = wire.lengths(frames[start : start + wire.HEADER.size])
        start += wire.HEADER.size
        body = frames[start : start + text]
        values, extra = wire.unpack(body, frames[start + text :][:tail], trusted=True)
        found.append((values, _requests(extra), wire.may_name(body)))
        start += text + tail
    return found


def _requests(extra: dict[str, Any]) -> list[Request]:
    """The requests of a frame, whose calls share a driver."""
    return [replace(Request(*asked), driver=extra.get("driver", "")) for asked in extra["requests"]]


def _notes(seen: Observation) -> dict[str, Any]:
    return {
        "raised": None if seen.raised is None else vars(seen.raised),
        "changed": seen.changed,
        "touched": seen.touched,
        "shared": seen.shared,
    }


def _absent(name: str) -> Any:
    def absent(*args: Any, **kwargs: Any) -> None:
        raise NameError(f"there is no function {name}")

    return absent
