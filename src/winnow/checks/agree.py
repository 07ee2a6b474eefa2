"""The fixture `agree`: put many calls to the learner's function and compare with the reference."""

from __future__ import annotations

import hashlib
import hmac
import operator
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from winnow.bounded_memory import Recent, weight
from winnow.checks import compare
from winnow.checks.calls import Batch, Call, GraderFaultError
from winnow.checks.drivers import Driver, driver
from winnow.checks.judges import as_right
from winnow.checks.subjects import TOO_LARGE, Askable, Observations, Subject
from winnow.elements import elements
from winnow.worker import wire
from winnow.worker.observe import Observation, Request
from winnow.worker.wire import Incomparable, type_name

Judge = Callable[[Call, Observation, Observation], str | None]
Draw = Callable[[np.random.Generator], Iterable[Call]]
# Bytes for what is remembered to be wrong with answers to one question.
ROOM = 1 << 18
UNREADABLE = "it cannot be compared with what is right"
# An answer with more elements than so many times those of the right one, and as many beside, is not looked at: a judge
# may go through all of them one by one, or sort them, or keep them in a set.
LARGER, SMALL = 100, 10_000


@dataclass(frozen=True)
class HiddenQuestion:
    """A batch of a hidden check with the right answers and how to judge; the same for every learner of a run."""

    batch: Batch
    right: tuple[Observation, ...]
    judge: Judge
    small: Callable[[], Any] | None
    name: str = ""
    _judged: Recent[bytes, list[str | None]] = field(default_factory=lambda: Recent(ROOM, weight), compare=False)

    @cached_property
    def _rooms(self) -> list[int]:
        return [_room(want) for want in self.right]

    def of_a_size(self, seen: Sequence[Observation]) -> Sequence[Observation]:
        """The same answers, where none is so much larger than the right one that reading it would take long."""
        cut = [_of_a_size(got, room) for got, room in zip(seen, self._rooms, strict=True)]
        return seen if all(map(operator.is_, cut, seen)) else Observations(cut, getattr(seen, "digest", b""))

    def problem(self, call: Call, got: Observation, want: Observation) -> str | None:
        """None, or what is wrong with an answer. A judge reads right answers: what it cannot read is not one."""
        return self._problem(call, _of_a_size(got, _room(want)), want)

    def _problem(self, call: Call, got: Observation, want: Observation) -> str | None:
        try:
            return self.judge(call, got, want)
        except Exception:
            return UNREADABLE

    def problems(self, seen: Sequence[Observation]) -> list[str | None]:
        """Per call, None or what is wrong. Equal answers are judged once."""
        digest = getattr(seen, "digest", b"")
        if digest in self._judged:
            return self._judged[digest]
        problems = self._found(seen)
        if digest:
            self._judged[digest] = problems
        return problems

    def _found(self, seen: Sequence[Observation]) -> list[str | None]:
        of_all, seen = getattr(self.judge, "of_all", None), self.of_a_size(seen)
        if of_all is None:
            triples = zip(self.batch.calls, seen, self.right, strict=True)
            return [self._problem(call, got, want) for call, got, want in triples]
        try:
            found: list[str | None] = of_all(self.batch.calls, seen, self.right)
        except Exception:
            return [UNREADABLE for _ in self.right]
        return found


def _room(want: Observation) -> int:
    return LARGER * elements((want.value, want.gradients)) + SMALL


def _of_a_size(got: Observation, room: int) -> Observation:
    if got.raised is not None or elements((got.value, got.gradients)) <= room:
        return got
    gradients = None if got.gradients is None else [None for _ in got.gradients]
    return replace(got, value=Incomparable(type_name(got.value), TOO_LARGE), gradients=gradients)


class DisagreementError(AssertionError):
    """The learner's answers differ from the reference's. The text gives nothing away; the rest is for diagnosis."""

    def __init__(self, question: HiddenQuestion, seen: tuple[Observation, ...], problems: list[str | None]) -> None:
        self.question = question
        self.seen = seen
        self.problems = problems
        super().__init__(next(problem for problem in problems if problem))


class Questions:
    """Draws each question once per run.

    Args:
        secret: the course secret; inputs follow from it and from the check's name alone.
        reference: the reference implementation.
    """

    def __init__(self, secret: bytes, reference: Subject) -> None:
        self.secret = secret
        self.reference = reference
        self._drawn: dict[tuple[str, str, Request], HiddenQuestion] = {}
        self._answered: dict[tuple[Draw, Request], tuple[Batch, tuple[Observation, ...]]] = {}

    @property
    def drawn(self) -> Iterable[HiddenQuestion]:
        """Those that were drawn so far."""
        return self._drawn.values()

    def question(
        self, place: str, name: str, on: Draw, judge: Judge, small: Callable[[], Any] | None, request: Request
    ) -> HiddenQuestion:
        """The question called `name`, asked with `on`. Raises GraderFaultError when it cannot be made.

        Checks that ask with the same function, and watch the same, share the calls, drawn for the first of them: they
        judge the same answers.

        Args:
            place: of the check that asks. Another check may have its name, and must not be given its question.
        """
        if (place, name, request) not in self._drawn:
            if (on, request) not in self._answered:
                self._answered[on, request] = self._answer(name, on, request)
            self._drawn[place, name, request] = HiddenQuestion(*self._answered[on, request], judge, small, name)
        return self._drawn[place, name, request]

    def _answer(self, name: str, on: Draw, request: Request) -> tuple[Batch, tuple[Observation, ...]]:
        seed = hmac.new(self.secret, name.encode(), hashlib.sha256)
        rng = np.random.Generator(np.random.PCG64(int.from_bytes(seed.digest(), "big")))
        try:
            batch = Batch(request, list(on(rng)))
            right = tuple(self.reference.ask(batch))
            if any(one.raised for one in right):
                # Whoever knows which calls of a batch are refused shall not know them by their places.
                order = rng.permutation(len(right))
                batch, right = Batch(request, [batch.calls[at] for at in order]), tuple(right[at] for at in order)
        except GraderFaultError as error:
            raise GraderFaultError(f"{name}: {error}") from None
        except Exception as error:
            raise GraderFaultError(f"{name} cannot draw its inputs: {error!r}") from error
        fault = _fault(request, right)
        if fault:
            raise GraderFaultError(f"{name} {fault}")
        return batch, right


def _fault(request: Request, right: Sequence[Observation]) -> str:
    """What is wrong with a question by the right answers to it."""
    if not right:
        return "draws no inputs"
    for number, one in enumerate(right, 1):
        if isinstance(one.value, Incomparable):
            said = one.value
            return f"drives the reference to nothing: of call {number} it has a {said.type}, and then {said.why}"
        try:
            wire.pack([one.value, one.gradients], strict=True)
        except wire.StrangeError as error:
            kind = error.value
            return f"gets from the reference, of call {number}, a {kind}, which does not travel: use a driver"
    if request.gradients and all(gradient is None for one in right for gradient in one.gradients or ()):
        return "asks for gradients, and the reference gives none"
    return ""


class Agree:
    """What the fixture gives to a check."""

    def __init__(self, check: str, questions: Questions, place: str = "") -> None:
        self._check = check
        self._place = place
        self._questions = questions
        self._asked = 0

    def __call__(
        self,
        function: Askable,
        *,
        on: Draw,
        small: Callable[[], Any] | None = None,
        judge: Judge | None = None,
        rtol: float | None = None,
        atol: float | None = None,
        unchanged: bool = False,
        gradients: bool = False,
        alone: bool = False,
        new: bool = False,
        through: Driver | Callable[..., Any] | None = None,
    ) -> None:
        """Fail unless `function` answers every call of `on` as the reference does.

        Args:
            on: draws the calls from a random generator.
            small: makes the Hypothesis strategy that the counterexample shown to a learner comes from.
            judge: says what is wrong with an answer, None if nothing is; `compare.same` unless given. One that has a
                method `of_all(calls, seen, right)` is given all answers at once, and says the same for each.
            rtol: relative tolerance of the default judge.
            atol: absolute tolerance of the default judge.
            unchanged: no argument may be changed by the call.
            gradients: also compare the gradients with respect to the arguments, of a tensor, or of all in a list, tuple
                or dictionary together.
            alone: what is global stays as it is: numpy's and Python's generators, settings of numpy and torch, pyplot's
                figures.
            new: the value shares no memory with an argument, unless the reference's does.
            through: a driver, `through(function, *args)`, that is called instead of `function(*args)`, beside either
                function's code.

        Raises:
            DisagreementError: an answer is wrong.
            StoppedError: the learner's process is gone.

        Examples:
            In `graders/m05_losses/test_mae.py`, where pytest gives `mae` and `agree`:

            >>> def test_any_pairs(mae, agree):
            ...     agree(mae, on=lambda rng: (call(rng.normal(size=n), rng.normal(size=n)) for n in (1, 7)))
        """

        def within(call: Call, got: Observation, want: Observation) -> str | None:
            return compare.same(got, want, rtol=rtol, atol=atol)

        by_default = as_right if rtol is None and atol is None else within
        request = Request(function.name) if through is None else driver(through).request(function.name)
        request = replace(request, unchanged=unchanged, gradients=gradients, alone=alone, new=new)
        self._asked += 1
        name = f"{self._check}/{self._asked}"
        question = self._questions.question(self._place, name, on, judge or by_default, small, request)
        seen = function.ask(question.batch, question)
        problems = question.problems(seen)
        if any(problems):
            raise DisagreementError(question, seen, problems)
