"""The commonest slips of an exercise that its learners may know of: recognised by what the public examples return.

`exercises/<module>/<exercise>_slips.toml` has, for each, its sentence and what it returns for a call of the public
checks, both as a learner reads them:

    [[slips]]
    name = "abs_outside"
    why = "Signs cancelled: take absolute values before averaging."
    [slips.returns]
    "mae([3, 5, 2, 7], [2.5, 5, 4, 7])" = "0.375"

`winnow slips` writes it from misconceptions of `graders/`, whose author names those that may be public. Nothing of any
other stands there, and no right answer.
"""

from __future__ import annotations

import base64
import functools
import re
import tomllib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from winnow.diagnosis import show
from winnow.worker.observe import Observation

RTOL, ATOL = 1e-4, 1e-6
"""How near the numbers of two answers must be: learners calculate in another order, and in other precision."""
_NAMED = re.compile(r", names?=(?:'[^']*'|\[[^\]]*\]|\([^)]*\)|None)")
"""What the axes of a table are called: most statements leave that free."""
_INDEX = re.compile(r"pd\.Index\((\[[^\]]*\])\)")
_NUMBER = re.compile(r"(?<![\w.])-?(?:\d+\.?\d*(?:e[+-]?\d+)?)(?![\w])")


@dataclass(frozen=True)
class Slip:
    """A misconception that may be public. `returns`: for a call as it is shown, the answer as it is shown."""

    name: str
    why: str
    returns: Mapping[str, str]


def path(public_checks: Path) -> Path:
    """The file of the slips beside the public checks of the same exercise."""
    return public_checks.with_name(f"{public_checks.stem.removeprefix('test_')}_slips.toml")


@functools.lru_cache(maxsize=64)
def read(file: Path) -> tuple[Slip, ...]:
    """The slips in a file; none where it is missing or is not what it should be: all else is told without it."""
    try:
        entries = tomllib.loads(file.read_text(encoding="utf-8"))["slips"]
        return tuple(Slip(str(one["name"]), str(one["why"]), dict(one["returns"])) for one in entries)
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def packed(file: Path) -> str:
    """The content of a file in one short word, for a notebook that is handed out alone; empty where there is none."""
    return base64.b64encode(zlib.compress(file.read_bytes(), 9)).decode("ascii") if file.is_file() else ""


def unpack(word: str, file: Path) -> None:
    """Write the file of which `packed` made this word. Raises ValueError for any other word."""
    try:
        file.write_bytes(zlib.decompress(base64.b64decode(word)))
    except zlib.error as error:
        raise ValueError(str(error)) from None


def recognised(file: Path, seen: Sequence[tuple[str, Observation]]) -> str:
    """The sentence of the first slip that returns what was returned for every call that it is known by; nothing where
    none does, or where it is known by none of these calls. Tables whose axes are called otherwise come second."""
    answers = [(called, shown(answer)) for called, answer in seen]
    for plain in (str, _unnamed):
        for slip in read(file):
            known = [
                (plain(answer), plain(slip.returns[called])) for called, answer in answers if called in slip.returns
            ]
            if known and all(alike(one, other) for one, other in known):
                return slip.why
    return ""


def shown(answer: Observation) -> str:
    """An answer by which a slip may be known; nothing for what is raised, and where not all of it is shown."""
    if answer.raised is not None or answer.value is None:
        return ""
    text = show.value(answer.value)
    # Of a large array only the shape is shown, and a text may be cut.
    whole = "of shape" not in text and "a value of type" not in text and len(text) < show.MAX_SHOWN
    return text if whole else ""


def _unnamed(text: str) -> str:
    return _INDEX.sub(r"\1", _NAMED.sub("", text))


def telling(text: str) -> bool:
    """Whether an answer is known by this: a single 0, 1 or NaN comes about in many ways."""
    numbers = _NUMBER.findall(text)
    return len(numbers) + text.count("nan") >= 4 or any(abs(float(number)) not in (0.0, 1.0) for number in numbers)


def alike(one: str, other: str) -> bool:
    """Whether two answers, as they are shown, are the same but for the last digits of their numbers."""
    if not one or _NUMBER.sub("#", one) != _NUMBER.sub("#", other):
        return False
    pairs = zip(_NUMBER.findall(one), _NUMBER.findall(other), strict=True)
    return all(abs(float(a) - float(b)) <= ATOL + RTOL * abs(float(b)) for a, b in pairs)


def text(slips: Sequence[Slip]) -> str:
    """The content of a file."""

    def quoted(value: Any) -> str:
        return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'

    lines = ["# Slips that are known by what the public examples return; `winnow slips` wrote them."]
    for slip in slips:
        lines += ["", "[[slips]]", f"name = {quoted(slip.name)}", f"why = {quoted(slip.why)}", "[slips.returns]"]
        lines += [f"{quoted(called)} = {quoted(returned)}" for called, returned in slip.returns.items()]
    return "\n".join(lines) + "\n"
