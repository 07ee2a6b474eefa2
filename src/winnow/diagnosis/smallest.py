"""The smallest call on which a subject's answer is wrong, by Hypothesis' shrinking."""

from __future__ import annotations

import os
import random
import warnings
from collections.abc import Callable

# Whatever else is installed has no say in what learners are told, and is not imported for it.
os.environ.setdefault("HYPOTHESIS_NO_PLUGINS", "1")

import hypothesis
from hypothesis import HealthCheck, Phase

from winnow.checks.agree import Question
from winnow.checks.calls import Batch, Call
from winnow.checks.subjects import AbsentError, NotRunError, NotStartedError, Subject
from winnow.nurse import LostError
from winnow.worker.observe import Observation

# The budget is a number of calls, so that the same code gets the same counterexample on any machine; on two cores it
# comes to about 250 ms.
MAX_EXAMPLES = 40
MAX_CALLS = 60

SETTINGS = hypothesis.settings(
    max_examples=MAX_EXAMPLES,
    database=None,
    deadline=None,
    derandomize=False,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)


class _EnoughError(BaseException):
    """Ends a search. Hypothesis takes an Exception for a finding of its own, and lets this one pass."""


def search(question: Question, subject: Subject, right: Callable[[Batch], Observation]) -> Call | None:
    """The smallest call that was found within the budget, None when no call of the strategy shows the mistake.

    The order in which calls are tried is fixed, and their number is capped, so that the same code gets the same
    counterexample.

    Args:
        right: the right answer to a batch of one call.
    """
    assert question.small is not None
    best: list[Call] = []
    tried = 0

    def shows(call: Call) -> bool:
        nonlocal tried
        tried += 1
        if tried > MAX_CALLS:
            raise _EnoughError
        batch = Batch(question.batch.request, [call])
        try:
            (seen,) = subject.ask(batch)
        except LostError:
            best[:] = [call]
            raise _EnoughError from None
        except (NotRunError, AbsentError, NotStartedError):
            raise _EnoughError from None
        if question.judge(call, seen, right(batch)) is None:
            return False
        best[:] = [call]
        return True

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found: Call = hypothesis.find(question.small(), shows, settings=SETTINGS, random=random.Random(0))
            return found
    except hypothesis.errors.NoSuchExample:
        return None
    except _EnoughError:
        return best[0] if best else None
