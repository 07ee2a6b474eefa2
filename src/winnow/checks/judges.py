"""Judges that many exercises share: one idea each, so that one slip fails one check."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from winnow.checks.calls import Call
from winnow.checks.compare import WRONG, beside, same
from winnow.worker.observe import Observation
from winnow.worker.wire import Incomparable, type_name

Judge = Callable[[Call, Observation, Observation], str | None]
Words = Callable[[Call], Sequence[object]]
Problem = Callable[[Call, Any], str | None]
Together = Callable[[list[Call], list[Any]], str | None]


def elsewhere(got: Observation, want: Observation) -> str | None:
    """What differs but for the values: an exception, what the call did beside its answer, gradients.

    Examples:
        >>> elsewhere(Observation(1.0), Observation(2.0))
        >>> elsewhere(Observation(1.0, changed=(0,)), Observation(1.0))
        'the call changed its argument number 1'
    """
    if got.raised is None and want.raised is None and want.gradients is None:
        return beside(got, want)
    return same(replace(got, value=None), replace(want, value=None))


class Holds:
    """A judge of what an answer must be, whichever of many right ones it is; see `holds`."""

    def __init__(self, problem: Problem, together: Together | None, drawn: bool) -> None:
        self._problem = problem
        self._together = together
        self._drawn = drawn

    def __call__(self, call: Call, got: Observation, want: Observation) -> str | None:
        """None when the answer to one call holds, else what is wrong with it."""
        problem = elsewhere(got, want)
        if problem is not None or want.raised is not None:
            return problem
        try:
            return self._problem(call, got.value)
        except Exception:
            # It is written for results of the right kind.
            return "the result is of the wrong kind"

    def of_all(
        self, calls: Sequence[Call], seen: Sequence[Observation], right: Sequence[Observation]
    ) -> list[str | None]:
        """The same for all calls of a question, which must hold together as well."""
        problems = [self(*three) for three in zip(calls, seen, right, strict=True)]
        if self._together is not None and not any(problems):
            said = self._together(list(calls), [one.value for one in seen])
            problems = [said] * len(problems)
        return problems

    def alike(self, call: Call, one: Observation, other: Observation) -> str | None:
        """None when two answers are wrong, or right, in the same way, as far as that can be said without comparing."""
        first, second = (self(call, each, each) for each in (one, other))
        return None if first == second and (self._drawn or first is None) else "they are not alike"


def holds(problem: Problem, together: Together | None = None, *, drawn: bool = False) -> Holds:
    """A judge of what an answer must be, where there is more than one right answer.

        def gap(call, value):
            return None if loss(call, value) <= least(call) + 1e-4 else "another line has a smaller loss"

        agree(outlier_fit, on=lines, judge=holds(gap))

    Args:
        problem: says what is wrong with the value that a call returned, None if nothing is. What it stumbles over is
            of the wrong kind. Exceptions, changed arguments and gradients are compared with the reference's.
        together: says what is wrong with all calls of a question and their values, where each by itself is right. A
            single call is never judged by it, so it needs another check to show it in one.
        drawn: the values are drawn by chance, so two that are wrong in the same words are wrong in the same way.

    Examples:
        >>> root = holds(lambda call, x: None if abs(x * x - call.args[0]) < 1e-9 else "its square is another number")
        >>> root(Call((4.0,)), Observation(-2.0), Observation(2.0))
        >>> root(Call((4.0,)), Observation(3.0), Observation(2.0))
        'its square is another number'
    """
    return Holds(problem, together, drawn)


def as_right(call: Call, got: Observation, want: Observation) -> str | None:
    """The judge where none is given, and no tolerance: `same`."""
    return same(got, want)


def number(rtol: float, atol: float = 0.0, *, python: bool = False) -> Judge:
    """The number is right; `python`: and a Python float, not what merely holds one.

    Examples:
        >>> number(rtol=1e-6)(Call(), Observation(np.array(2.0)), Observation(2.0))
        >>> number(rtol=1e-6, python=True)(Call(), Observation(np.array(2.0)), Observation(2.0))
        'the result is an ndarray and should be a float'
    """

    def judge(call: Call, got: Observation, want: Observation) -> str | None:
        return same(got if python else _plain(got), _plain(want), rtol=rtol, atol=atol)

    return judge


def values(rtol: float | None = None, atol: float | None = None) -> Judge:
    """As `same`, but an array or tensor of rank 0 and a number are one thing.

    Examples:
        >>> values()(Call(), Observation(np.array(2.0)), Observation(2.0))
    """
    return lambda call, got, want: same(_plain(got), _plain(want), rtol=rtol, atol=atol)


def list_or_tuple(call: Call, got: Observation, want: Observation) -> str | None:
    """As `same`, but a list of the same results is the tuple that is asked for.

    Examples:
        >>> list_or_tuple(Call(), Observation([1.0, 2.0]), Observation((1.0, 2.0)))
    """
    return same(replace(got, value=tuple(got.value)) if isinstance(got.value, list) else got, want)


def part(*keys: int | str, judge: Judge | None = None) -> Judge:
    """Only these parts of what a driver returned, so that one slip fails one check.

    Args:
        keys: of a dictionary, or places in a list or tuple.
        judge: of each part; `same` unless given.

    Examples:
        >>> part("loss")(Call(), Observation({"loss": 1.0, "steps": 3}), Observation({"loss": 1.0, "steps": 4}))
        >>> part("steps")(Call(), Observation({"loss": 1.0, "steps": 3}), Observation({"loss": 1.0, "steps": 4}))
        'the value is wrong'
    """
    of_each = judge or as_right

    def judged(call: Call, got: Observation, want: Observation) -> str | None:
        if got.raised is not None or want.raised is not None:
            return of_each(call, got, want)
        for key in keys:
            try:
                ours = got.value[key]
            except (TypeError, LookupError):
                return same(got, want) or "a part of the result is missing"
            problem = of_each(call, replace(got, value=ours), replace(want, value=want.value[key]))
            if problem is not None:
                return problem
        return None

    return judged


def because(why: str, judge: Judge | None = None) -> Judge:
    """As the judge, and where a value is merely wrong the sentence says what to look at.

    Args:
        why: what holds on the inputs of this check, as a teacher would say it.
        judge: `same` unless given.

    Examples:
        >>> because("subtract the largest logit")(Call(), Observation(1.0), Observation(2.0))
        'the value is wrong: subtract the largest logit'
    """
    of_each = judge or as_right

    def judged(call: Call, got: Observation, want: Observation) -> str | None:
        problem = of_each(call, got, want)
        return f"{problem}: {why}" if problem is not None and problem.startswith(WRONG) else problem

    return judged


def bare(problem: str) -> str:
    """A problem without what `because` says to look at, which is not its reason where other inputs show it as well.

    Examples:
        >>> bare("the value is wrong: subtract the largest logit")
        'the value is wrong'
    """
    return problem.partition(": ")[0] if problem.startswith(WRONG) else problem


def roughly(rtol: float = 1e-4, atol: float = 1e-6) -> Judge:
    """The same but for digits, which are a check of their own.

    Examples:
        >>> roughly(rtol=1e-2)(Call(), Observation(1.001), Observation(1.0))
    """
    return lambda call, got, want: same(got, want, rtol=rtol, atol=atol)


def refusal(call: Call, got: Observation, want: Observation) -> str | None:
    """Raises where it must, and returns something, right or wrong, where it must not.

    Examples:
        >>> refusal(Call(), Observation(17.0), Observation(1.0))
        >>> refusal(Call(), Observation(None), Observation(1.0))
        'nothing is returned'
        >>> refusal(Call(), Observation(Incomparable("NoneType", "a driver stumbled over it")), Observation(1.0))
        'nothing is returned'
    """
    if want.raised is None and got.raised is None:
        # A driver stumbles over what is nothing, and tells its type.
        nothing = got.value is None or (isinstance(got.value, Incomparable) and got.value.type == type_name(None))
        return "nothing is returned" if nothing else None
    return same(got, want)


def names(*places: int) -> Judge:
    """As `refusal`, and the message names the shapes of the arguments at these places, in any notation and order.

    Examples:
        >>> from winnow.worker.observe import Raised
        >>> want = Observation(raised=Raised("ValueError", ("ValueError",)))
        >>> got = Observation(raised=Raised("ValueError", ("ValueError",), "3 values, and 4 were expected"))
        >>> names(0, 1)(Call((np.zeros(3), np.zeros(4))), got, want)
        >>> names(0, 1)(Call((np.zeros(3), np.zeros(5))), got, want)
        'the message does not name both shapes'
    """

    def judge(call: Call, got: Observation, want: Observation) -> str | None:
        problem = refusal(call, got, want)
        if problem is None and want.raised is not None and got.raised is not None:
            shapes = [tuple(map(str, np.shape(call.args[place]))) for place in places]
            numbers = re.findall(r"\d+", got.raised.text)
            if not (_in_turn(numbers, shapes) or _in_turn(numbers, shapes[::-1])):
                problem = "the message does not name both shapes"
        return problem

    return judge


def mentions(words: Words, without: Words | None = None) -> Judge:
    """As `refusal`, and the message holds these words, whole and in any case.

        judges.mentions(lambda call: ["1"])     # "layer 1 is too small", not "layer 10 ..."

    Args:
        words: of a call, what must be in the message: numbers, names, texts.
        without: of a call, what must not be in it, for messages that name exactly these.

    Examples:
        >>> from winnow.worker.observe import Raised
        >>> want = Observation(raised=Raised("ValueError", ("ValueError",)))
        >>> got = Observation(raised=Raised("ValueError", ("ValueError",), "layer 10 is too small"))
        >>> mentions(lambda call: ["1"])(Call(), got, want)
        'the message does not name what it should'
    """

    def judge(call: Call, got: Observation, want: Observation) -> str | None:
        problem = refusal(call, got, want)
        if problem is None and want.raised is not None and got.raised is not None:
            text = got.raised.text
            if not all(_holds_word(text, word) for word in words(call)):
                problem = "the message does not name what it should"
            elif without is not None and any(_holds_word(text, word) for word in without(call)):
                problem = "the message names more than it should"
        return problem

    return judge


def exact(call: Call, got: Observation, want: Observation) -> str | None:
    """The same to the last digit.

    Examples:
        >>> exact(Call(), Observation(0.1 + 0.2), Observation(0.3)) is None
        False
    """
    return same(got, want, rtol=0.0, atol=0.0)


def _holds_word(text: str, word: object) -> bool:
    return re.search(rf"(?<!\w){re.escape(str(word))}(?!\w)", text, re.IGNORECASE) is not None


# What these mean in a message: an axis, a rank, "mat1", "counted from 0".
COMMON = frozenset({0, 1, 2})


def naming(text: str, index: int, count: int, beside: Collection[int] = ()) -> str | None:
    """None where a message names the one thing at fault, of `count` things, by its index and names no other, else what
    is wrong with it.

    0, 1 and 2 name nothing where they are not asked for. So that no message passes that names whatever there may be, a
    check needs calls with more things than three, and one of the later at fault.

    Args:
        beside: other numbers that a message may hold, such as the lengths in the call.

    Examples:
        >>> naming("layer 4 takes 8 numbers", 4, count=6)
        >>> naming("layer 3 or 4 is wrong", 4, count=6)
        'the message should name nothing but what does not fit, 4, counted from 0'
    """
    named = {int(number) for number in re.findall(r"\d+", text)}
    if index not in named:
        return f"the message should name what does not fit by its index, {index}, counted from 0"
    if named & set(range(count)) - COMMON - {index, *beside}:
        return f"the message should name nothing but what does not fit, {index}, counted from 0"
    return None


def _in_turn(numbers: list[str], shapes: Sequence[tuple[str, ...]]) -> bool:
    """Whether the lengths of one shape after another are found in the text, each shape in one piece."""
    if not shapes:
        return True
    first, size = list(shapes[0]), len(shapes[0])
    starts = (start for start in range(len(numbers) - size + 1) if numbers[start : start + size] == first)
    return any(_in_turn(numbers[start + size :], shapes[1:]) for start in list(starts)[:1])


def _plain(seen: Observation) -> Observation:
    return replace(seen, value=plain_number(seen.value))


def plain_number(answer: Any) -> Any:
    """The float in a number, or in an array or tensor of rank 0; anything else as it is.

    >>> plain_number(np.array(2)), plain_number([2]), plain_number(True)
    (2.0, [2], True)
    """
    if isinstance(answer, bool | np.bool_) or getattr(answer, "dtype", None) == np.bool_:
        return answer
    if isinstance(answer, int | float):
        return float(answer)
    if getattr(answer, "shape", None) == () and hasattr(answer, "item"):
        item = answer.item()
        return float(item) if isinstance(item, int | float) else answer
    return answer
