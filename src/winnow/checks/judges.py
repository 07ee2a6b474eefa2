"""Judges that many exercises share: one idea each, so that one slip fails one check."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from winnow.checks.calls import Call
from winnow.checks.compare import same
from winnow.worker.observe import Observation

Judge = Callable[[Call, Observation, Observation], str | None]


def number(rtol: float, atol: float = 0.0, *, python: bool = False) -> Judge:
    """The number is right; `python`: and a Python float, not what merely holds one."""

    def judge(call: Call, got: Observation, want: Observation) -> str | None:
        return same(got if python else _plain(got), _plain(want), rtol=rtol, atol=atol)

    return judge


def roughly(rtol: float = 1e-4, atol: float = 1e-6) -> Judge:
    """The same but for digits, which are a check of their own."""
    return lambda call, got, want: same(got, want, rtol=rtol, atol=atol)


def refusal(call: Call, got: Observation, want: Observation) -> str | None:
    """Raises where it must, and returns something, right or wrong, where it must not."""
    if want.raised is None and got.raised is None:
        return None if got.value is not None else "nothing is returned"
    return same(got, want)


def names(*places: int) -> Judge:
    """As `refusal`, and the message names the shapes of the arguments at these places, in any notation and order."""

    def judge(call: Call, got: Observation, want: Observation) -> str | None:
        problem = refusal(call, got, want)
        if problem is None and want.raised is not None and got.raised is not None:
            shapes = [tuple(map(str, np.shape(call.args[place]))) for place in places]
            numbers = re.findall(r"\d+", got.raised.text)
            if not (_in_turn(numbers, shapes) or _in_turn(numbers, shapes[::-1])):
                problem = "the message does not name both shapes"
        return problem

    return judge


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
    """The float in a number or in an array or tensor of rank 0; anything else as it is."""
    if isinstance(answer, bool | np.bool_) or getattr(answer, "dtype", None) == np.bool_:
        return answer
    if isinstance(answer, int | float):
        return float(answer)
    if getattr(answer, "shape", None) == () and hasattr(answer, "item"):
        item = answer.item()
        return float(item) if isinstance(item, int | float) else answer
    return answer
