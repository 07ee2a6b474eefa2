"""Why a public check failed: the call, what it returned, what was expected, and a sentence.

A public check hides nothing, so all is read from the check itself: the assertion that failed, or the exception
it waits for.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from winnow.checks.calls import Call
from winnow.checks.compare import close
from winnow.course import Exercise
from winnow.diagnosis import asserted, cures, public_slips, relations, rows, show, words
from winnow.diagnosis.asserted import Expectation
from winnow.diagnosis.cures import cure
from winnow.diagnosis.model import Failure, Finding
from winnow.record import Counterexample
from winnow.worker.observe import Observation, Raised, Request, describe
from winnow.worker.wire import Incomparable


@dataclass(frozen=True)
class Seen:
    """One call as a learner would type it, its arguments by name or place, and what came back."""

    called: str
    function: str
    answer: Observation
    arguments: Mapping[str, Any] = field(default_factory=dict)


def seen(request: Request, call: Call, answer: Observation) -> Seen:
    """One call, to be shown."""
    arguments = {f"argument {at}": value for at, value in enumerate(call.args, 1)} | call.kwargs
    return Seen(show.asked(request, call), request.function, answer, {} if request.shows else arguments)


@dataclass(frozen=True)
class Explained:
    """What a learner is told. `counterexample` is None where no call was made."""

    why: str
    counterexample: Counterexample | None = None

    @property
    def headline(self) -> str:
        """All of it in one line."""
        shown = self.counterexample
        if shown is None:
            return self.why.split("\n", 1)[0]
        came = f"{shown.called} {shown.came.lower()} {shown.returned}"
        return f"{came}, expected {shown.expected}" if shown.expected else came


def explain(
    error: BaseException,
    calls: Sequence[Seen],
    compared: tuple[Any, Any] | None,
    check: Path,
    own: Path,
    lines: Sequence[int],
    beside: Path | None = None,
    unbound: Mapping[str, str] = {},
) -> Explained:
    """Explain the failure `error` of a check in the file `check`.

    What is shown is what the learner's function returned or raised, never what the check made of it; a sentence says
    only what is not shown already.

    Args:
        own: the learner's file.
        calls: the calls of the learner's functions during the check, in order.
        compared: both sides of the `==` that failed, where one did.
        lines: where in the check's file it failed: `asserted.failed_lines`, asked while the error has its traceback.
        beside: the course's file of the checks, where `check` is a copy of it elsewhere.
        unbound: by name why it is not there, where a statement that was to bind it failed.
    """
    expected = asserted.expectation(check, lines, frozenset(call.function for call in calls))
    last = _relevant(calls, compared)
    if last is None:
        return Explained(_of_exception(error, own))
    raised = last.answer.raised

    slip = public_slips.recognised(public_slips.path(beside or check), [(call.called, call.answer) for call in calls])

    def told(why: str, wanted: str, rows: str = "") -> Explained:
        if last.answer.raised is None and last.answer.value is not None:
            why = slip or why
        shown = Counterexample(last.called, show.answer(last.answer), wanted, show.came(last.answer), rows)
        return Explained(why, shown)

    if raised is not None and show.was_stopped(raised):
        return told("", expected.wanted or expected.shown)
    if expected.exception:
        why = cures.unbound(raised, unbound) if raised else ""
        return told(why or _why_not_raised(last, expected), expected.wanted)
    if raised is not None:
        return told(cures.unbound(raised, unbound) or cure(raised), expected.shown)
    value = last.answer.value
    author = _nothing_to_compare(value) or (words.sentence(expected.said) if expected.said else "")
    if compared is not None:
        other = _compared_with(calls, compared) if value is compared[0] else None
        if expected.again:
            other = other or _equal_call(calls, last)
        if other is not None:
            which = "an equal call" if other.called == last.called else other.called
            return told(author, f"the same as {which}, which returned {show.answer(other.answer)}")
        right = _expected(compared[1])
        if value is not compared[0] and expected.part:
            # The check looks at a part of the result, or at something made of it.
            return told(author, *_of_a_part(expected.part, compared[0], right))
        why = author or _why_different(compared[0], right, value)
        return told(why, show.value(right), rows.table(last.arguments, value, right))
    if not isinstance(error, AssertionError | pytest.fail.Exception):
        # The check stumbled over what came back.
        return told(_nothing_to_compare(value) or _stumbled(error), expected.shown)
    said = f"`{expected.statement}` does not hold." if expected.statement else _of_exception(error, own)
    return told(author or said, expected.shown)


def from_the_check(failure: Failure, exercise: Exercise, unbound: Mapping[str, str] = {}) -> Finding:
    """What a learner's own pytest says of a public check: all is read from the check, and nothing is compared."""
    calls = [seen(asked.batch.request, asked.batch.calls[0], asked.seen[0]) for asked in failure.transcript.asked]
    told = explain(failure.error, calls, failure.compared, exercise.public_checks, exercise.stub, failure.lines,
                   unbound=unbound)  # fmt: skip
    return Finding(told.why, told.counterexample)


def _relevant(calls: Sequence[Seen], compared: tuple[Any, Any] | None) -> Seen | None:
    """The call that the failing statement is about: whose value, or a part of it, was compared, else the last."""
    if compared is not None:
        returned = [call for call in reversed(calls) if call.answer.raised is None]
        for call in returned:
            if call.answer.value is compared[0]:
                return call
        for call in returned:
            value = call.answer.value
            if isinstance(value, list | tuple) and any(part is compared[0] for part in value):
                return call
    return calls[-1] if calls else None


def _compared_with(calls: Sequence[Seen], compared: tuple[Any, Any]) -> Seen | None:
    """The call whose value is the right side of the `==`: then both sides are the learner's own."""
    if isinstance(compared[1], int | float | complex | str | bytes | tuple | None):
        # Equal ones may be the same object, wherever they come from.
        return None
    found = [call for call in calls if call.answer.value is compared[1]]
    return found[-1] if found and compared[0] is not compared[1] else None


def _equal_call(calls: Sequence[Seen], last: Seen) -> Seen | None:
    """An earlier call with the same arguments: of what both gave, the check compares a part."""
    return next((call for call in reversed(calls) if call is not last and call.called == last.called), None)


def _of_a_part(part: str, got: Any, want: Any) -> tuple[str, str]:
    """What is expected of a part of the result, or of something made of it, in a line or as a table."""
    if table := rows.table({}, got, want):
        return f"{part}, line by line:", table
    return f"{part} is {show.value(want)}; here it is {show.value(got)}", ""


def _stumbled(error: BaseException) -> str:
    """Why a check cannot go on with a result."""
    text = " ".join(str(error).split())
    if lacks := re.fullmatch(
        r"'(list|tuple|int|float)' object has no attribute '(tolist|shape|dtype|ndim|item)'", text
    ):
        return f"The result is a {lacks[1]}, and is to be an array or a tensor: the check asks it for `.{lacks[2]}`."
    if parts := re.match(r"(?:not enough|too many) values to unpack \(expected (\d+)(?:, got (\d+))?\)", text):
        return f"The result is to have {parts[1]} parts, and has {parts[2] or 'more'}."
    if whole := re.fullmatch(r"cannot unpack non-iterable (\S+) object", text):
        return f"The result is to have several parts, and is one {whole[1]}."
    if several := re.fullmatch(r"a Tensor with (\d+) elements cannot be converted to Scalar", text):
        return f"The check asks for one number, and the result has {several[1]} there: is a mean or a sum missing?"
    if lacks := re.fullmatch(r"'(\w+)' object has no attribute '(\w+)'", text):
        return f"The check asks the result for `.{lacks[2]}`, which a {lacks[1]} has not: is it of the type asked for?"
    return f"The check cannot go on with this result: {type(error).__name__}: {text}"


def _nothing_to_compare(value: Any) -> str:
    if isinstance(value, Incomparable):
        return words.sentence(close(value, None) or "")
    return "It returned None: is a `return` missing?" if value is None else ""


def _expected(right: Any) -> Any:
    """The value itself of what `pytest.approx` made."""
    return right.expected if type(right).__name__.startswith("Approx") else right


def _why_not_raised(last: Seen, expected: Expectation) -> str:
    """What is neither in the line of what came nor in that of what is expected."""
    raised = last.answer.raised
    return cures.in_place_of(expected.exception, raised) if raised is not None else ""


def _why_different(got: Any, want: Any, value: Any) -> str:
    """Why what a check compares differs from what it waits for; `value` is what the learner's function returned."""
    related = relations.describe([(Observation(got), Observation(want))])
    if related == relations.WRONG_SHAPE:
        # What a check makes a list of has lost axes where it has no element.
        shape = tuple(getattr(value, "shape", np.shape(got)))
        return f"The shape of the result is {shape} and should be {np.shape(want)}."
    if related or isinstance(got, str | bool) or isinstance(want, str | bool):
        return related or ""
    numbers = isinstance(got, int | float) and isinstance(want, int | float)
    if numbers and 0 < abs(want) <= 1 and math.isclose(got, 100 * want):
        return "That is 100 times what it should be: a percentage, where a share is asked for?"
    if type(got) is not type(want) and not _numbers(got, want) and not isinstance(want, list | tuple):
        return f"The result is of type {type(got).__name__} and should be of type {type(want).__name__}."
    return ""


def _numbers(*values: Any) -> bool:
    return all(isinstance(value, int | float) or hasattr(value, "__float__") for value in values)


def _of_exception(error: BaseException, own: Path) -> str:
    """An exception that no call explains: the learner's file could not be imported, or the check itself failed."""
    text = str(error).split("\n", 1)[0]
    if isinstance(error, pytest.fail.Exception | AssertionError):
        return words.sentence(text or "the check does not hold")
    if type(error).__name__ in ("AbsentError", "StoppedError", "NotRunError"):
        return words.sentence(text)
    if isinstance(error, SyntaxError) and error.filename:
        return unreadable(error)
    raised = described(error, own)
    if show.was_stopped(raised):
        return f"Loading {own.name} was {text}{words.place(raised)}."
    return " ".join(part for part in (words.your_code(raised), cure(raised)) if part)


def unreadable(error: SyntaxError) -> str:
    """What Python cannot read, with its line and a caret below the place."""
    said = f"{Path(error.filename or '').name}, line {error.lineno}: {type(error).__name__}: {error.msg}"
    if not error.text or not error.text.strip():
        return said
    line = error.text.rstrip("\n")
    bare = line.lstrip()
    at = max((error.offset or 1) - 1 - (len(line) - len(bare)), 0)
    long = max((error.end_offset or 0) - (error.offset or 0), 1) if error.end_lineno == error.lineno else 1
    return f"{said}\n  {bare}\n  {' ' * at}{'^' * min(long, max(len(bare) - at, 1))}"


def described(error: BaseException, own: Path) -> Raised:
    """An exception with the learner's line, the file called by its name alone."""
    raised = describe(error, frozenset({str(own)}))
    return replace(raised, where=raised.where.replace(str(own), own.name))
