"""How much of one submission is read, by the process that grades the class and has others waiting.

All that is read takes steps from one room: about as many as it takes microseconds. What does not fit is refused in a
sentence, before the work is done. Steps are counted in what was handed in, never on a clock, so that what is read
follows from the submission alone. Forty right answers with a notebook of them take an eighth of the room.
"""

from __future__ import annotations

from dataclasses import dataclass

from .magics import may_hold_magics
from .model import Unreadable

STEPS = 1_000_000
TOO_MUCH = "was not read: there is too much; hand in only your code"
DATA = "holds too much data: clear all outputs, save it and hand it in again"

# Whatever a scanner of code stops at: line ends, strings, brackets, and what begins a statement or a magic.
_MARKS = "\n\"'#()[]{}\\=%!?;,"


@dataclass
class Room:
    """How many steps are left for one submission."""

    left: float = STEPS

    def take(self, steps: float, name: str, why: str = TOO_MUCH) -> None:
        """Take so many steps from the room for a file that messages call `name`.

        Raises:
            Unreadable: there are fewer left; then none are taken, because a smaller file may still fit.
        """
        if steps > self.left:
            raise Unreadable(f"{name} {why}")
        self.left -= steps

    def take_code(self, text: str, name: str) -> None:
        """Take the steps to look through code for names, imports, and what Jupyter adds to Python."""
        self.take(len(text) / 4 + 2 * text.count("import"), name)
        if may_hold_magics(text):
            self.take(3.0 * sum(map(text.count, _MARKS)), name)


def of_bytes(size: int) -> float:
    """Steps to read so many bytes of a file, or to unpack them."""
    return size / 400


def of_entries(count: int) -> float:
    """Steps for so many names: each is compared with that of every exercise."""
    return 40.0 * count


def of_notebook(raw: bytes) -> float:
    """Steps to pass over what is not wanted of a notebook: brackets and strings are looked at one by one."""
    return len(raw) / 150 + tokens_in(raw)


def of_decoding(raw: bytes) -> float:
    """Steps to make text of bytes."""
    return len(raw) / (100 if raw.isascii() else 30)


def of_page(raw: bytes) -> float:
    """Steps to find the code in a web page."""
    return len(raw) / 4 + 2.0 * (raw.count(b"<") + raw.count(b"&"))


def of_answers(text: str) -> float:
    """Steps to read the answers to a quiz in a cell."""
    return 3.0 * len(text)


def of_sheet(raw: bytes) -> float:
    """Steps to read a file of answers, which may be read again with quotes put where they lack."""
    return 6.0 * len(raw)


def tokens_in(raw: bytes) -> int:
    """How many brackets and strings there are in a notebook, about. Quotes within strings are none of them."""
    escaped = raw.count(b'\\"') - raw.count(b'\\\\"') if b"\\" in raw else 0
    quotes = raw.count(b'"') - escaped
    return quotes // 2 + 2 * (raw.count(b"{") + raw.count(b"["))
