"""What there is to be explained, and what is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from winnow.checks.subjects import Transcript
from winnow.record import Counterexample


@dataclass(frozen=True)
class Failure:
    """A failed check: the exception it ended with, what was asked, what a failed assertion compared, and the
    lines of the check's file at which it failed."""

    name: str
    visibility: str
    error: BaseException
    transcript: Transcript
    compared: tuple[Any, Any] | None = None
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class Finding:
    """What a learner is told about one failed check. `trouble`: what went wrong while it was found, as type names."""

    why: str
    counterexample: Counterexample | None = None
    misconceptions: tuple[str, ...] = ()
    trouble: str = ""
