"""Plain data over a socket, between a side that is trusted and one that is not.

A frame is a JSON text and a tail of raw bytes, behind their two lengths. JSON because its standard decoder
allocates no more than the text warrants; arrays travel as raw bytes in the tail. Nothing here can run code:
no pickle, no `eval`, no object arrays but of plain scalars. Every size is capped, and whatever does not fit
the format is a `WireError`, never another exception.

Values: None, bool, int, float, complex, str, bytes, list, tuple, dict, numpy scalars and arrays, tensors,
pandas Index, Series and DataFrame, pd.NA, pd.NaT, Timestamp, Timedelta; towards the worker also callables
known by their import path. A value that is none of these arrives as `Incomparable`, which carries its type's
name. Subclasses arrive as the plain type they extend. torch and pandas are imported only when a value needs them.
"""

from __future__ import annotations

import json
import struct
from typing import Any

from .decode import Decoder
from .encode import Encoder, StrangeError, TooDeepError, TooLargeError
from .plain import MAX_ELEMENTS, MAX_TAIL, MAX_TEXT, Incomparable, Named, WireError, clean, type_name

__all__ = ["HEADER", "Incomparable", "Named", "StrangeError", "WireError", "clean", "lengths", "may_name", "pack",
           "type_name", "unpack", "unpack_frame"]  # fmt: skip

MAX_PARTS = 4 * MAX_ELEMENTS
HEADER = struct.Struct(">II")
_WHY_NOT: dict[type[BaseException], str] = {
    TooLargeError: "it is too large to compare",
    MemoryError: "it is too large to compare",
    TooDeepError: "it is nested too deeply",
    RecursionError: "it is nested too deeply",
}


def pack(values: list[Any], extra: dict[str, Any] | None = None, strict: bool = False) -> bytes:
    """One frame: the `values`, encoded one by one, and `extra`, which is JSON as it is.

    A value that is too large or too deep is replaced by an `Incomparable`; the others are sent.

    Args:
        strict: nothing is replaced.

    Raises:
        StrangeError: with `strict`, a value does not travel as it is.
    """
    encoder = Encoder(strict)
    done = []
    for value in values:
        mark = len(encoder.tail), encoder.size, encoder.elements, encoder.pairs
        try:
            done.append(encoder.encode(value))
        except BaseException as error:
            # The value's own methods may have raised anything at all; the value is then not comparable.
            if strict:
                why = _WHY_NOT.get(type(error), "it could not be read")
                raise (
                    error if isinstance(error, StrangeError) else StrangeError(Incomparable(type_name(value), why))
                ) from None
            del encoder.tail[mark[0] :]
            _, encoder.size, encoder.elements, encoder.pairs = mark
            done.append(["?", type_name(value), _WHY_NOT.get(type(error), "it could not be read")])
    text = json.dumps({"values": done, **(extra or {})}, separators=(",", ":")).encode()
    if len(text) > MAX_TEXT or _parts(text) > MAX_PARTS:
        if strict:
            raise StrangeError(Incomparable("frame", "it is too large"))
        done = [["?", type_name(value), "it is too large to compare"] for value in values]
        encoder.tail = []
        text = json.dumps({"values": done, **(extra or {})}, separators=(",", ":")).encode()
    tail = b"".join(encoder.tail)
    return HEADER.pack(len(text), len(tail)) + text + tail


def lengths(header: bytes) -> tuple[int, int]:
    """The two lengths of a frame. Raises WireError when either is over its cap."""
    text, tail = HEADER.unpack(header)
    if text > MAX_TEXT or tail > MAX_TAIL:
        raise WireError("the frame is larger than allowed")
    return text, tail


def unpack(text: bytes, tail: bytes, trusted: bool = False) -> tuple[list[Any], dict[str, Any]]:
    """The values and the extra entries of a frame's body.

    Args:
        trusted: the sender is the grader, so named callables are resolved.

    Raises:
        WireError: the body does not fit the format.
    """
    if _parts(text) > MAX_PARTS:
        raise WireError("the frame has too many elements")
    try:
        data = json.loads(text)
        values = data.pop("values")
        if not isinstance(values, list):
            raise WireError("the frame has no list of values")
        decoder = Decoder(tail, trusted)
        return [decoder.decode(value) for value in values], data
    except WireError:
        raise
    except Exception as error:
        # Whatever a hostile frame provokes in json, numpy, torch or pandas is the frame's fault.
        raise WireError(f"the frame does not fit the format ({type(error).__name__})") from None


def _parts(text: bytes) -> int:
    """At least how many values json makes of a text."""
    return text.count(b",") + text.count(b"[") + text.count(b"{")


def may_name(text: bytes) -> bool:
    """Whether there can be a callable among the values of a frame that `pack` made; a text like its tag counts too."""
    return b'["fn",' in text


def unpack_frame(frame: bytes, trusted: bool = False) -> tuple[list[Any], dict[str, Any]]:
    """The values and the extra entries of a whole frame, header and all. Raises WireError as `unpack` does."""
    text, tail = lengths(frame[: HEADER.size])
    body = frame[HEADER.size :]
    return unpack(body[:text], body[text : text + tail], trusted)
