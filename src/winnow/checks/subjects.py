"""Whose code a check is put to: the learner's in a worker, the learner's in this process, or the reference."""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from winnow.bounded_memory import weight
from winnow.checks.calls import Batch, Call
from winnow.elements import elements
from winnow.errors import ENDED, LostError
from winnow.worker import seeds
from winnow.worker.observe import Observation, Raised, Request, observe
from winnow.worker.wire import Incomparable, type_name

if TYPE_CHECKING:
    from winnow.checks.drivers import Driver


# So many elements has a value at most that a check reads by itself.
MOST = 100_000
TOO_LARGE = "it is far larger than what is asked for"


class StoppedError(Exception):
    """The learner's process is gone; the message says in words what happened."""


class NotStartedError(Exception):
    """The function is still the untouched stub."""


class AbsentError(Exception):
    """There is no such function in what was handed in."""


class NotRunError(Exception):
    """The check could not run because of what happened in earlier ones."""


class Observations(tuple[Observation, ...]):
    """The observations of one batch. `digest`: of the bytes they came in; equal digests are equal answers."""

    digest: bytes

    def __new__(cls, observations: Iterable[Observation], digest: bytes) -> Observations:
        made = super().__new__(cls, observations)
        made.digest = digest
        return made

    @cached_property
    def weight(self) -> int:
        """Bytes that they take in memory."""
        return weight(list(self))


class Subject(Protocol):
    """Code that calls can be put to."""

    def ask(self, batch: Batch) -> Sequence[Observation]:
        """One observation per call of the batch."""


class Askable(Protocol):
    """A learner's function, wherever it is, that a whole batch can be put to."""

    @property
    def name(self) -> str: ...

    def ask(self, batch: Batch, question: Any = None) -> tuple[Observation, ...]:
        """One observation per call of the batch."""


@dataclass(frozen=True)
class AskedBatch:
    """A batch that was put to the learner's code during a check, and what was seen."""

    batch: Batch
    seen: tuple[Observation, ...]
    question: Any = None


class Trusted:
    """Functions of the course itself (the reference, a misconception), run in this process on fresh copies."""

    def __init__(self, functions: Mapping[str, Any], labels: frozenset[str] = frozenset()) -> None:
        self.functions = functions
        self.labels = labels

    def ask(self, batch: Batch) -> list[Observation]:
        # An answer is remembered for all learners: it must not follow from what was asked before.
        seeds.settle()
        function = self.functions[batch.request.function]
        return [observe(function, args, kwargs, batch.request, self.labels) for args, kwargs in batch.fresh()]


class LearnersOwnError(Exception):
    """Mixed into every exception that a check gets from the learner's function."""

    raised: Raised


@dataclass
class Transcript:
    """All that was asked during one check, in order."""

    asked: list[AskedBatch] = field(default_factory=list)


class Function:
    """The learner's function as a check sees it: calling it asks the subject and writes down what was seen."""

    def __init__(self, name: str, subject: Subject, transcript: Transcript) -> None:
        self.name = self.__name__ = name
        self._subject = subject
        self._transcript = transcript

    def ask(self, batch: Batch, question: Any = None) -> tuple[Observation, ...]:
        """Put a whole batch to it. Raises StoppedError when the process is lost."""
        try:
            answers = self._subject.ask(batch)
        except LostError as error:
            lost = Observation(raised=Raised("Stopped", (), str(error)))
            self._transcript.asked.append(AskedBatch(batch, (lost,) * len(batch.calls), question))
            raise StoppedError(str(error)) from None
        if question is not None:
            answers = question.of_a_size(answers)
        seen = answers if isinstance(answers, tuple) else tuple(answers)
        self._transcript.asked.append(AskedBatch(batch, seen, question))
        return seen

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._asked(Request(self.name), Call(args, kwargs))

    def through(self, driver: Driver, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """What a driver returns that calls it."""
        return self._asked(driver.request(self.name), Call(args, kwargs))

    def _asked(self, request: Request, call: Call) -> Any:
        (seen,) = self.ask(Batch(request, [call]))
        if seen.raised is not None:
            raise revive(seen.raised)
        # What a check would do with it, pytest's own comparison included, may take any time.
        return seen.value if elements(seen.value) <= MOST else Incomparable(type_name(seen.value), TOO_LARGE)


def revive(raised: Raised) -> Exception:
    """The learner's exception as the same builtin exception, for `pytest.raises` and tracebacks.

    What ends a process (SystemExit, KeyboardInterrupt) comes back as StoppedError, which ends nothing.
    """
    if raised.bases and not raised.is_a("Exception"):
        return StoppedError(ENDED)
    base: type[Exception] = Exception
    for name in raised.bases:
        kind = getattr(builtins, name, None)
        # A group of exceptions also extends what is no Exception, and cannot be made of a text alone.
        if not isinstance(kind, type) or issubclass(kind, UnicodeError | ExceptionGroup):
            continue
        if issubclass(kind, Exception):
            base = kind
            break
    revived = type(raised.name, (LearnersOwnError, base), {"__str__": lambda self: raised.text})
    error: Exception = revived(raised.text)
    error.raised = raised  # type: ignore[attr-defined]
    return error
