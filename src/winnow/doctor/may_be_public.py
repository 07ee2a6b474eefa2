"""Which misconceptions of an exercise can be recognised by what they return for the public examples."""

from __future__ import annotations

import contextlib
import inspect
import io
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from winnow.checks.modules import load_part
from winnow.course import Exercise
from winnow.diagnosis import known, show
from winnow.diagnosis.public_slips import Slip, alike, shown, telling
from winnow.learner.own_code import LocalFunction
from winnow.worker import seeds
from winnow.worker.observe import Observation

MOST = 3
"""Calls by which one slip is known."""
Answers = dict[str, str]
"""For a call as it is shown, the answer as it is shown."""


def candidates(exercise: Exercise) -> list[Slip]:
    """The misconceptions that the public checks see, each with the answers that are no other's and not the right ones.

    Raises:
        CourseError: the public checks cannot be imported.
    """
    public, functions, right = _reference(exercise)
    found = [(one, _wrong(public, functions | one.functions, right)) for one in known.read(exercise)]
    slips = []
    for one, answers in found:
        # Another misconception with another sentence must not look the same.
        others = [other for it, other in found if it.sentence != one.sentence]
        own = {
            called: returned
            for called, returned in answers.items()
            if telling(returned) and not any(alike(other.get(called, ""), returned) for other in others)
        }
        if own:
            slips.append(Slip(one.name, one.sentence, dict(list(own.items())[:MOST])))
    return slips


def _reference(exercise: Exercise) -> tuple[list[Callable[..., None]], dict[str, Any], Answers]:
    """The public checks, the reference's functions, and what these answer to all that the checks ask."""
    public = _checks(exercise)
    reference = load_part(exercise, exercise.solution, "solution")
    functions = {name: getattr(reference, name) for name in exercise.functions}
    right: Answers = {}
    for check in public:
        right |= dict(_answers(check, functions)[0])
    return public, functions, right


def _checks(exercise: Exercise) -> list[Callable[..., None]]:
    module = load_part(exercise, exercise.public_checks, "public_checks")
    return [check for name, check in vars(module).items() if name.startswith("test_") and callable(check)]


def _wrong(public: list[Callable[..., None]], functions: Mapping[str, Any], right: Answers) -> Answers:
    """Of every check that fails, the answers that are not the right ones."""
    found: Answers = {}
    for check in public:
        answers, failed = _answers(check, functions)
        if failed:
            found |= {call: text for call, text in answers if call in right and not alike(right[call], text)}
    return found


def _answers(check: Callable[..., None], functions: Mapping[str, Any]) -> tuple[list[tuple[str, str]], bool]:
    """What is asked during a check and answered, as it is shown, and whether the check fails."""
    calls: list[Any] = []
    seeds.settle()
    own = {name: LocalFunction(name, function, calls) for name, function in functions.items()}
    asked = {name: own[name] for name in inspect.signature(check).parameters if name in own}
    failed = False
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        try:
            check(**asked)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            failed = True
    return list(_shown(calls)), failed


def _shown(calls: list[Any]) -> Iterator[tuple[str, str]]:
    from winnow.checks.calls import Call

    seen = set()
    for one in calls:
        called = show.asked(one.request, Call(one.args, one.kwargs))
        returned = shown(Observation(one.value)) if one.error is None else ""
        # Two calls that look the same are no evidence.
        if returned and called not in seen and "of shape" not in called:
            yield called, returned
        seen.add(called)


def verified(exercise: Exercise, slips: Sequence[Slip]) -> list[str]:
    """What is not true of slips that are public: an answer that is not the misconception's, or that is right.

    Raises:
        CourseError: the public checks cannot be imported.
    """
    public, functions, right = _reference(exercise)
    found = {one.name: one for one in known.read(exercise)}
    untrue = []
    for slip in slips:
        wrong = _wrong(public, functions | found[slip.name].functions, right) if slip.name in found else {}
        for called, returned in slip.returns.items():
            if not alike(wrong.get(called, ""), returned):
                untrue.append(f"{slip.name}: {called} does not return {returned}")
    return untrue
