"""Is the reference right? It is held against other definitions, on the calls that checks draw and on small ones.

Right answers are graded as well, so that on the calls that checks draw they are held against the reference there.
"""

from __future__ import annotations

import inspect
import operator
import random
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase

from winnow.checks.agree import HiddenQuestion, Judge
from winnow.checks.calls import Batch, Call, GraderFaultError
from winnow.checks.modules import load_part
from winnow.checks.subjects import AskedBatch, Trusted
from winnow.course import CourseError, Exercise
from winnow.diagnosis import show
from winnow.doctor import right
from winnow.doctor.missing import Missing
from winnow.worker.observe import Observation

SMALL_CALLS = 60
# Each small call is put to as many of the definitions, in turn: with a dozen of them all would cost more than grading.
ENOUGH = 3

SETTINGS = hypothesis.settings(
    max_examples=SMALL_CALLS,
    database=None,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


@dataclass(frozen=True)
class Definition:
    """Another definition of a function of an exercise. `graded`: it is a right answer, which is graded as well."""

    name: str
    function: str
    answer: Callable[..., Any]
    graded: bool = False


@dataclass(frozen=True)
class Comparison:
    """How one definition compares: the calls on which both gave a value, and the first few that differ.

    `graded`: the definition is graded as well, and there need be no such calls here.
    """

    definition: str
    function: str
    compared: int
    differences: tuple[str, ...] = ()
    graded: bool = False


def definitions(exercise: Exercise) -> list[Definition]:
    """The functions FUNCTION_by_STYLE of `<exercise>_independent.py`, and all of `<exercise>_right.py`."""
    found = []
    if exercise.independent.is_file():
        for name, thing in vars(load_part(exercise, exercise.independent, "independent")).items():
            function = next((each for each in exercise.functions if name.startswith(f"{each}_by_")), None)
            if function is not None and inspect.isfunction(thing):
                found.append(Definition(name, function, thing))
    if exercise.right_answers.is_file():
        module = load_part(exercise, exercise.right_answers, "right_answers")
        for answer in right.read(exercise):
            for function, place in answer.places.items():
                found.append(Definition(place, function, operator.attrgetter(place)(module), graded=True))
    return found


@dataclass(frozen=True)
class Held:
    """Calls that the reference is held against other definitions on, its answers, and how to judge others."""

    batch: Batch
    right: Sequence[Observation]
    judge: Judge

    def every(self, stride: int, first: int) -> Held:
        """Every so many of the calls, from one of the first on."""
        batch = Batch(self.batch.request, self.batch.calls[first::stride])
        return Held(batch, self.right[first::stride], self.judge)


def compare_all(exercise: Exercise, reference: Trusted, asked: Iterable[AskedBatch]) -> list[Comparison]:
    """Hold the reference against every definition, as `agree` judges, on all that it asks and on small calls; against
    those that are graded as well, on small calls.

    What checks ask directly is left out: they know what the statement leaves free, and a comparison would not.
    """
    found = definitions(exercise)
    of = {one: [each for each in found if each.function == one] for one in exercise.functions}
    held: list[Held] = []
    small: list[Held] = []
    drawn: dict[Any, Held] = {}
    for question in (one.question for one in asked if one.question is not None):
        request = question.batch.request
        held.append(Held(question.batch, question.right, question.judge))
        if question.small is not None:
            # Many questions share what makes their small calls.
            if (question.small, request) not in drawn:
                batch = _small_batch(exercise, question)
                drawn[question.small, request] = Held(batch, reference.ask(batch), question.judge)
            small.append(replace(drawn[question.small, request], judge=question.judge))
    comparisons = []
    for definition in found:
        beside = of[definition.function]
        stride = max(1, len(beside) // ENOUGH)
        few = [one.every(stride, beside.index(definition) % stride) for one in small]
        comparisons.append(_compare(definition, few if definition.graded else [*held, *few]))
    return comparisons


def _small_batch(exercise: Exercise, question: HiddenQuestion) -> Batch:
    """The small calls of a question. Raises CourseError where none can be drawn, or one does not travel."""
    assert question.small is not None
    about = f"{exercise.hidden_checks.relative_to(exercise.root)}: the small calls of {question.name}"
    try:
        batch = Batch(question.batch.request, small_calls(question.small()))
        _ = batch.body
    except GraderFaultError as error:
        raise CourseError(f"{about} cannot be asked: {error}") from None
    except Exception as error:
        raise CourseError(f"{about} cannot be drawn: {error!r}") from error
    return batch


def small_calls(strategy: Any) -> list[Call]:
    """Calls that a strategy draws, always the same ones."""
    drawn: list[Call] = []

    def take(call: Call) -> bool:
        drawn.append(call)
        return False

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            hypothesis.find(strategy, take, settings=SETTINGS, random=random.Random(0))
        except hypothesis.errors.NoSuchExample:
            return drawn
    raise AssertionError("unreachable")


def _compare(definition: Definition, held: Iterable[Held]) -> Comparison:
    subject = Trusted({definition.function: definition.answer})
    answers: dict[int, list[Observation]] = {}
    compared, differences = 0, []
    for one in (one for one in held if one.batch.request.function == definition.function):
        if id(one.batch) not in answers:
            request = one.batch.request
            if not definition.graded:
                # What happens beside the answer is not for a definition to say.
                request = replace(request, unchanged=False, gradients=False, alone=False, new=False)
            answers[id(one.batch)] = subject.ask(Batch(request, one.batch.calls)) if one.batch.calls else []
        for call, got, want in zip(one.batch.calls, answers[id(one.batch)], one.right, strict=True):
            if got.value is NotImplemented:
                continue
            compared += got.raised is None and want.raised is None
            seen = got if definition.graded else replace(want, value=got.value, raised=got.raised)
            problem = one.judge(call, seen, want)
            if problem is not None:
                called = show.asked(one.batch.request, call)
                differences.append(_difference(definition, called, got, want, problem))
    return Comparison(definition.name, definition.function, compared, tuple(differences[:3]), graded=definition.graded)


def _difference(definition: Definition, called: str, got: Observation, want: Observation, problem: str) -> str:
    return f"{called} is {show.answer(want)} by the reference, {show.answer(got)} by {definition.name} ({problem})"


def unheld(exercise: Exercise, comparisons: Iterable[Comparison]) -> Iterator[str]:
    """Sentences about definitions that could not be compared, that disagree, and functions without any."""
    known = list(comparisons)
    for one in known:
        if not one.compared and not one.graded:
            yield Missing(f"{one.definition} gives a value on none of the calls, so nothing is held against it")
        yield from one.differences
    for function in exercise.functions:
        if all(one.function != function for one in known):
            where = exercise.right_answers.name
            yield Missing(f"{function} has no independent definition: write {function}_by_STYLE in {where}")
