"""The smallest call on which a subject's answer is wrong, by Hypothesis' shrinking."""

from __future__ import annotations

import contextlib
import os
import random
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

# Whatever else is installed has no say in what learners are told, and is not imported for it.
os.environ.setdefault("HYPOTHESIS_NO_PLUGINS", "1")

import hypothesis
from hypothesis import HealthCheck, Phase

from winnow.checks.agree import HiddenQuestion
from winnow.checks.calls import Batch, Call
from winnow.checks.recipes import InTurn
from winnow.checks.subjects import AbsentError, NotRunError, NotStartedError, Subject
from winnow.errors import LostError
from winnow.worker.observe import Observation

# The budget is a number of calls, so that the same code gets the same counterexample on any machine; on two cores it
# comes to about 250 ms.
MAX_EXAMPLES = 40
MAX_CALLS = 60
# How many calls are remembered for a question: a dozen searches that have nothing in common.
ROOM = 12 * MAX_CALLS

SETTINGS = hypothesis.settings(
    max_examples=MAX_EXAMPLES,
    database=None,
    deadline=None,
    derandomize=False,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)

Seen = Literal["right", "wrong", "lost", "over"]
"""What came of a call: the process may be lost over it, or nothing more may be asked."""


class _EnoughError(BaseException):
    """Ends a search. Hypothesis takes an Exception for a finding of its own, and lets this one pass."""


@dataclass
class _Step:
    """A call that is tried, and by what comes of it the next one, or what the search then ends with."""

    batch: Batch
    then: dict[Seen, _Step | _End] = field(default_factory=dict)


@dataclass(frozen=True)
class _End:
    call: Call | None


class Search:
    """The search for the smallest call on which an answer to a question is wrong, for one subject after another.

    Which call is tried next follows from what came of those before, and from nothing else. So the calls are remembered
    with the ways between them: whoever answers as somebody did before is asked the same, without Hypothesis.

    Args:
        right: the right answer to a batch of one call.
    """

    def __init__(self, question: HiddenQuestion, right: Callable[[Batch], Observation]) -> None:
        assert question.small is not None
        self._question = question
        self._small = question.small
        self._right = right
        self._first: _Step | _End | None = None
        self._steps = 0

    def smallest(self, subject: Subject) -> Call | None:
        """The smallest call that was found within the budget, None when no call of the strategy shows the mistake."""
        if isinstance(self._small, InTurn) and self._small.calls:
            return self._first_of(self._small.calls, subject)
        way: list[tuple[_Step, Seen]] = []
        place = self._first
        while isinstance(place, _Step):
            (seen,) = self._ask(subject, place.batch)
            way.append((place, seen))
            place = place.then.get(seen)
        return place.call if place is not None else self._searched(subject, way)

    def _first_of(self, calls: Sequence[Call], subject: Subject) -> Call | None:
        """The first of calls in turn that shows the mistake, which needs no search.

        Twice as many are asked each time: to ask costs more than most answers do, and the first calls show most.
        """
        begin = 0
        while begin < len(calls):
            some = calls[begin : 2 * begin + 1]
            begin = 2 * begin + 1
            for call, seen in zip(some, self._ask(subject, Batch(self._question.batch.request, some)), strict=False):
                if seen != "right":
                    return None if seen == "over" else call
        return None

    def _ask(self, subject: Subject, batch: Batch) -> Iterator[Seen]:
        """What comes of each call, up to one with which the asking ends."""
        try:
            answers = subject.ask(batch)
        except LostError:
            if len(batch.calls) == 1:
                yield "lost"
            else:  # over which of them?
                for call in batch.calls:
                    yield from self._ask(subject, self._of_one(call))
            return
        except (NotRunError, AbsentError, NotStartedError):
            yield "over"
            return
        for call, seen in zip(batch.calls, answers, strict=True):
            right = self._right(self._of_one(call))
            yield "right" if self._question.problem(call, seen, right) is None else "wrong"

    def _of_one(self, call: Call) -> Batch:
        return Batch(self._question.batch.request, [call])

    def _searched(self, subject: Subject, way: list[tuple[_Step, Seen]]) -> Call | None:
        """What is found where nobody answered so before. What came of the first calls is known."""
        known = list(way)
        best: list[Call] = []
        tried: list[tuple[_Step, Seen]] = []

        def shows(call: Call) -> bool:
            if len(tried) == MAX_CALLS:
                raise _EnoughError
            batch = self._of_one(call)
            step = _Step(batch)
            if len(tried) < len(known) and known[len(tried)][0].batch.digest == batch.digest:
                step, seen = known[len(tried)]
            else:
                # Beyond what is known, or where a strategy is not the same each time it is made.
                known.clear()
                (seen,) = self._ask(subject, batch)
            tried.append((step, seen))
            if seen in ("wrong", "lost"):
                best[:] = [call]
            if seen in ("lost", "over"):
                raise _EnoughError
            return seen == "wrong"

        found: Call | None
        try:
            with warnings.catch_warnings(), without_constants():
                warnings.simplefilter("ignore")
                found = hypothesis.find(self._small(), shows, settings=SETTINGS, random=random.Random(0))
        except (hypothesis.errors.HypothesisException, _EnoughError):
            # There is none, or enough was tried, or the same call was answered differently the second time.
            found = best[0] if best else None
        self._remember(tried, _End(found))
        return found

    def _remember(self, tried: list[tuple[_Step, Seen]], end: _End) -> None:
        if self._steps + len(tried) > ROOM:
            self._first, self._steps = None, 0
            tried = [(_Step(step.batch), seen) for step, seen in tried]
        if not tried:
            self._first = end
            return
        if self._first is None:
            self._first = tried[0][0]
        following: list[_Step | _End] = [*(step for step, _ in tried[1:]), end]
        for (step, seen), after in zip(tried, following, strict=True):
            step.then[seen] = after
        self._steps += len(tried)


_no_constants: list[Any] = []


@contextlib.contextmanager
def without_constants() -> Iterator[None]:
    """Keep Hypothesis from drawing numbers that stand in the source of a module outside site-packages.

    Which modules those are depends on where the course and winnow lie and on what was graded before. What a learner is
    shown must not. A release of Hypothesis that draws no such numbers is left as it is.
    """
    found: Any = sys.modules.get("hypothesis.internal.conjecture.providers")
    if not all(hasattr(found, name) for name in ("_get_local_constants", "Constants", "CONSTANTS_CACHE")):
        yield
        return
    if not _no_constants:
        _no_constants.append(type(found.CONSTANTS_CACHE)(1024))
    none = found.Constants()
    before = found._get_local_constants, found.CONSTANTS_CACHE
    found._get_local_constants, found.CONSTANTS_CACHE = lambda: none, _no_constants[0]
    try:
        yield
    finally:
        found._get_local_constants, found.CONSTANTS_CACHE = before
