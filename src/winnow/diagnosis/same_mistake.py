"""Whether two answers, wrong or right, are the same: the learner's and a misconception's."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from winnow.checks import judges
from winnow.checks.calls import Call
from winnow.diagnosis import relations, show
from winnow.worker import wire
from winnow.worker.observe import Observation
from winnow.worker.wire import Incomparable


def alike(
    judge: Callable[..., str | None], call: Call, seen: Observation, theirs: Observation, asked_for: frozenset[str]
) -> bool:
    """Whether two observations are equal, exceptions and side effects included.

    An exception that is not `asked_for` is a library's complaint: both must complain of the same.
    """
    if (seen.raised is None) != (theirs.raised is None) or _beside(seen) != _beside(theirs):
        return False
    if seen.raised is not None and theirs.raised is not None:
        if seen.raised.bases[:1] != theirs.raised.bases[:1]:
            return False
        return asked_for.issuperset(seen.raised.bases[:1]) or _same_complaint(seen.raised.text, theirs.raised.text)
    if isinstance(seen.value, Incomparable):
        # A driver stumbles over both, or both are of a kind that nothing is compared with.
        return isinstance(theirs.value, Incomparable) and seen.value == theirs.value
    plain = Observation(seen.value, gradients=seen.gradients)
    other = Observation(theirs.value, gradients=theirs.gradients)
    if judged(by_differing, call, plain, other) is None:
        return True
    if judge in (by_differing, judges.as_right, judges.list_or_tuple):
        # What these call the same, `differ` does.
        return False
    # Of what is drawn by chance, two answers are alike that no judge would take for one another's right answer.
    return judged(getattr(judge, "alike", judge), call, plain, other) is None


def _same_complaint(one: str, other: str) -> bool:
    """Whether two messages have most of their words in common, whatever numbers and operators they name."""
    words, others = (set(re.findall(r"[^\W\d]+", text)) for text in (one, other))
    return 2 * len(words & others) >= len(words | others)


def by_differing(call: Call, got: Observation, want: Observation) -> str | None:
    """The judge where a check has no question: `relations.differ`."""
    return relations.differ(got, want)


def judged(judge: Callable[..., str | None], call: Call, got: Observation, want: Observation) -> str | None:
    """What a judge says. It is written for a right answer on one side; what it cannot read is not the same."""
    try:
        return judge(call, got, want)
    except Exception:
        return "it cannot be compared"


def _beside(seen: Observation) -> tuple[Any, ...]:
    return seen.changed, seen.touched, bool(seen.shared)


def is_number(seen: Observation) -> bool:
    """Whether something was returned in which there is no NaN and no infinity: these come about in many ways."""
    return seen.raised is None and _is_finite(seen.value)


def _is_finite(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return all(map(_is_finite, value))
    if isinstance(value, dict):
        return all(map(_is_finite, value.values()))
    if isinstance(value, np.ndarray) and value.dtype.kind in "fiub":
        return bool(np.isfinite(value).all())
    if wire.type_name(value) == "Tensor" and not value.is_meta:
        return bool(value.isfinite().all())
    return not any(word in show.value(value) for word in ("nan", "inf"))
