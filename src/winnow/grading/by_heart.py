"""Public checks of answers that know the examples by heart: the numbers in public checks are there to be read, so an
answer may be a table of them.

What a public check asks is asked again with other numbers. Points hang on it that some of that comes out right, too.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from winnow.checks.calls import Batch, Call
from winnow.checks.compare import close
from winnow.checks.subjects import AskedBatch, Subject
from winnow.errors import LostError
from winnow.worker.observe import Observation, Request

FEWEST = 2
"""A single call may be the one that an honest answer has wrong."""
# What is nearly right is no table.
_RTOL, _ATOL = 1e-2, 1e-6


class ByHeartError(AssertionError):
    """A public check passed with its own numbers and with no others."""

    def __init__(self) -> None:
        super().__init__("the examples come out right, and the same calls with other numbers do not")


class OtherNumbers:
    """The calls of one public check, with other numbers.

    Args:
        asked: what the check asked the reference.
        reference: says which other numbers make sense, and make a difference.
        rng: draws the numbers. It follows from the secret, or a table could have them, too.
    """

    def __init__(self, asked: Sequence[AskedBatch], reference: Subject, rng: np.random.Generator) -> None:
        self._first = [seen for one in asked for seen in one.seen]
        self._places: list[list[int]] = []
        self._right: list[list[Observation]] = []
        self.batches: list[Batch] = []
        by_request: dict[Request, list[tuple[int, Call]]] = {}
        place = 0
        for one in asked:
            for args, kwargs in one.batch.fresh():
                of_this = by_request.setdefault(one.batch.request, [])
                of_this += [(place, other) for other in _others(Call(args, kwargs), rng)]
                place += 1
        for request, others in by_request.items():
            right = reference.ask(Batch(request, [other for _, other in others])) if others else ()
            kept = [
                (at, other, want)
                for (at, other), want in zip(others, right, strict=True)
                if _refused(want, self._first[at]) or not (want.raised or _alike(want, self._first[at]))
            ]
            if kept:
                self._places.append([at for at, _, _ in kept])
                self.batches.append(Batch(request, [other for _, other, _ in kept]))
                self._right.append([want for _, _, want in kept])

    def found_wrong(self, asked: Sequence[AskedBatch], subject: Subject) -> bool:
        """Whether a learner's answers to all other numbers are wrong, where those to the check's own are right. Whoever
        refuses what must be refused, and nothing else, has something right.

        Args:
            asked: what the check asked the learner's code.
        """
        first = [seen for one in asked for seen in one.seen]
        try:
            answers = [subject.ask(batch) for batch in self.batches]
        except LostError:
            return True
        if len(first) != len(self._first):
            return False
        values, accepted, refusals = list[bool](), list[bool](), list[bool]()
        for places, seen, wanted in zip(self._places, answers, self._right, strict=True):
            for at, got, want in zip(places, seen, wanted, strict=True):
                if want.raised is not None:
                    refusals.append(_refused(got, want))
                # Where there are several right answers, another one says nothing here.
                elif _alike(first[at], self._first[at]):
                    values.append(_alike(got, want))
                    accepted.append(got.raised is None)
        refuses = bool(refusals) and all(refusals) and all(accepted)
        return len(values) >= FEWEST and not any(values) and not refuses


def _refused(got: Observation, want: Observation) -> bool:
    """Whether both are refusals, of one kind."""
    return got.raised is not None and want.raised is not None and got.raised.is_a(want.raised.builtin)


def _alike(got: Observation, want: Observation) -> bool:
    if got.raised is not None or want.raised is not None:
        return False
    try:
        return close(got.value, want.value, rtol=_RTOL, atol=_ATOL) is None
    except Exception:
        # What a learner sent may be anything.
        return False


def _others(call: Call, rng: np.random.Generator) -> Iterator[Call]:
    """The call with other numbers that are no integers, and with other integers, where it has any."""
    if any(isinstance(leaf, np.random.Generator) for leaf in _leaves([call.args, call.kwargs])):
        return
    for change in (_moved, _raised):
        other = replace(call, args=_changed(call.args, change, rng), kwargs=_changed(call.kwargs, change, rng))
        if any(
            one is not leaf for one, leaf in zip(*(_leaves([c.args, c.kwargs]) for c in (other, call)), strict=True)
        ):
            yield other


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _leaves(item)
    elif isinstance(value, dict):
        yield from _leaves(list(value.values()))
    else:
        yield value


def _changed(value: Any, change: Any, rng: np.random.Generator) -> Any:
    """The same lists and dictionaries of what is changed."""
    if type(value) in (list, tuple):
        return type(value)(_changed(item, change, rng) for item in value)
    if type(value) is dict:
        return {key: _changed(item, change, rng) for key, item in value.items()}
    return change(value, rng)


def _moved(value: Any, rng: np.random.Generator) -> Any:
    """Numbers that are somewhat smaller, row by row further on; integers in arrays are only moved."""
    torch, pandas = sys.modules.get("torch"), sys.modules.get("pandas")
    share, rows = float(rng.uniform(0.5, 0.9)), int(rng.integers(1, 100))
    if type(value) is float:
        return value * share
    if isinstance(value, np.ndarray) and value.dtype.kind in "fiu":
        moved = np.roll(value, rows, axis=0) if value.ndim else value
        return (moved * share).astype(value.dtype) if value.dtype.kind == "f" else moved
    if torch is not None and isinstance(value, torch.Tensor) and not value.is_meta and value.dtype != torch.bool:
        moved = value.detach().roll(rows, 0) if value.ndim else value.detach()
        return (moved * share if moved.is_floating_point() else moved).requires_grad_(value.requires_grad)
    if pandas is not None and isinstance(value, pandas.DataFrame):
        moved = value.copy()
        for at, dtype in enumerate(value.dtypes):
            if getattr(dtype, "kind", "") == "f":
                moved.isetitem(at, value.iloc[:, at] * share)
        return moved
    if pandas is not None and isinstance(value, pandas.Series) and getattr(value.dtype, "kind", "") == "f":
        return value * share
    return value


def _raised(value: Any, rng: np.random.Generator) -> Any:
    """Integers that are even where they were."""
    return value + 2 * int(rng.integers(1, 3)) if type(value) is int else value
