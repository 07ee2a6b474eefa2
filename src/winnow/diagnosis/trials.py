"""What is wrong, told by asking once more: the call of a wrong answer with one thing about it changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from winnow.checks import compare
from winnow.checks.agree import DisagreementError
from winnow.checks.calls import Batch, Call
from winnow.checks.subjects import NotRunError, Subject
from winnow.diagnosis.model import Failure
from winnow.errors import LostError
from winnow.worker.observe import Observation, Request
from winnow.worker.surroundings import EARLIER
from winnow.worker.wire import type_name

REMEMBERED = (
    "Called again with the same arrays or tensors, in which other numbers stand by then, the function answers for the "
    "old ones: keep nothing from call to call."
)
LAID_OUT = (
    "The answer is right where the same numbers lie in memory row by row: go by the index of a number, not by where it "
    "lies."
)


def remembers(failure: Failure, subject: Subject) -> bool:
    """Whether the first wrong answer is right where no call with the same objects went before, and only there."""
    if (wrong := _first(failure)) is None:
        return False
    request, one, seen, right = wrong
    if not request.alone or request.driver or compare.close(seen.value, right.value) is None:
        return False
    if set(seen.touched) - {EARLIER, *right.touched}:
        # That is what is wrong, and what nobody watches is not seen.
        return False
    return _right(failure, subject, replace(request, alone=False), one, right) and not _right(
        failure, subject, request, one, right
    )


def goes_by_memory(failure: Failure, subject: Subject) -> bool:
    """Whether the first wrong answer is right where the same numbers lie row by row."""
    if (wrong := _first(failure)) is None:
        return False
    request, one, _, right = wrong
    moved = Call(_row_by_row(one.args), _row_by_row(one.kwargs))
    return not _lies_so(one) and _right(failure, subject, request, moved, right)


def _first(failure: Failure) -> tuple[Request, Call, Observation, Observation] | None:
    """The first call that was answered wrongly, with what was returned and what is right."""
    if not isinstance(failure.error, DisagreementError):
        return None
    question, seen = failure.error.question, failure.error.seen
    at = next(at for at, problem in enumerate(failure.error.problems) if problem)
    if seen[at].raised is not None or question.right[at].raised is not None:
        return None
    return question.batch.request, question.batch.calls[at], seen[at], question.right[at]


def _right(failure: Failure, subject: Subject, request: Request, one: Call, right: Observation) -> bool:
    assert isinstance(failure.error, DisagreementError)
    try:
        (answer,) = subject.ask(Batch(request, [one]))
    except (LostError, NotRunError):
        return False
    return failure.error.question.problem(one, answer, right) is None


def _row_by_row(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return type(value)(map(_row_by_row, value))
    if isinstance(value, dict):
        return {key: _row_by_row(item) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return np.array(value, order="C")
    if type_name(value) == "Tensor":
        return value.detach().contiguous().requires_grad_(value.requires_grad)
    return value


def _lies_so(value: Any) -> bool:
    """Whether all arrays and tensors in it lie row by row."""
    if isinstance(value, Call):
        return _lies_so(value.args) and _lies_so(value.kwargs)
    if isinstance(value, list | tuple):
        return all(map(_lies_so, value))
    if isinstance(value, dict):
        return _lies_so(list(value.values()))
    if isinstance(value, np.ndarray):
        return value.flags.c_contiguous
    return bool(value.is_contiguous()) if type_name(value) == "Tensor" else True
