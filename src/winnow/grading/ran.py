"""A check, what happened when it ran, and its record."""

from __future__ import annotations

import os
import traceback
from dataclasses import dataclass, field
from typing import Any

import pytest

from winnow.checks.calls import GraderFaultError
from winnow.checks.subjects import NotRunError, NotStartedError, Observations, StoppedError, Transcript
from winnow.course import Exercise
from winnow.diagnosis.model import Finding
from winnow.errors import NurseryError
from winnow.record import CheckResult, Outcome

LONGEST = 1000
"""Letters of a sentence: what is sent may make one as long as it likes."""


@dataclass(frozen=True)
class Check:
    """A collected test item with what its marks say."""

    item: pytest.Item
    exercise: Exercise
    visibility: str
    points: float
    title: str

    @property
    def name(self) -> str:
        return self.item.name


@dataclass
class Ran:
    """What happened when a check ran. `lines`: of the check's file, where it failed."""

    check: Check
    outcome: Outcome
    error: BaseException | None = None
    transcript: Transcript = field(default_factory=Transcript)
    compared: tuple[Any, Any] | None = None
    lines: tuple[int, ...] = ()

    @property
    def weight(self) -> int:
        """How many bytes the answers that the check was given take in memory."""
        return sum(asked.seen.weight for asked in self.transcript.asked if isinstance(asked.seen, Observations))


def outcome(error: BaseException | None) -> Outcome:
    """What an exception out of a check means."""
    match error:
        case None:
            return "passed"
        case NotStartedError():
            return "not_started"
        case NotRunError():
            return "not_run"
        case GraderFaultError() | NurseryError() | pytest.skip.Exception():
            return "grader_error"
        case _:
            return "failed"


def result(ran: Ran, finding: Finding | None) -> CheckResult:
    """The record of a check that ran; `finding` says why it failed."""
    check = ran.check
    why = (
        finding.why
        if finding
        else str(ran.error)
        if isinstance(ran.error, NotStartedError | NotRunError | StoppedError)
        else ""
    )
    if len(why) > LONGEST:
        # Whole words, where there are any.
        why = why[: LONGEST - 2].rpartition(" ")[0] or why[: LONGEST - 2]
        why += " …"
    return CheckResult(
        check.name, check.title, "public" if check.visibility == "public" else "hidden", ran.outcome,
        check.points if ran.outcome == "passed" else 0.0, check.points, why,
        finding.counterexample if finding else None, finding.misconceptions if finding else (),
    )  # fmt: skip


def named(error: Exception) -> str:
    """A fault by its type. The message of an error is told only where no right answer can be in it."""
    said = f": {error}" if isinstance(error, NurseryError | OSError) else ""
    return f"{type(error).__name__}{said}"


def fault(error: Exception) -> str:
    """A fault of the grader over one submission, in a sentence for whoever can mend it."""
    if isinstance(error, NurseryError):
        return str(error)
    step = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{os.path.basename(step.filename)}, line {step.lineno}"
    return f"the grader failed over this submission, please report it ({named(error)}; {place})"
