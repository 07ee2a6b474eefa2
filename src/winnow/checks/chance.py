"""Judges of what is drawn by chance: facts that follow from the distribution, with bounds that hold for any sample.

    def facts(call, value):
        zeros = value == 0
        yield Share("the share of zeros", zeros.sum(), zeros.size, call.args[1])

    agree(dropout, on=many, small=few, through=drawn, judge=chance(facts))

Every bound is Chernoff's, so none rests on a sample being large. A right answer misses one fact less than once in 10^12
secrets, and a check of up to a thousand facts less than once in 10^9. What a check is given follows from the course's
secret, so the same answers are judged the same again.
"""

from __future__ import annotations

import math
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import numpy as np

from winnow.checks.calls import Call
from winnow.checks.judges import elsewhere
from winnow.worker.observe import Observation

ALARM = 1e-12
_LIMIT = math.log(2 / ALARM)


@dataclass(frozen=True)
class Share:
    """`count` of `n` things are so, each with probability `p` and independently of the others. `of`: in words.

    Examples:
        >>> heads = Share("the share of heads", count=480, n=1000, p=0.5)
        >>> heads.found, round(heads.surprise(heads.expected), 1)
        (0.48, 0.8)
    """

    of: str
    count: float
    n: int
    p: float

    @property
    def found(self) -> float:
        return float(self.count) / self.n if self.n else self.p

    @property
    def expected(self) -> float:
        return self.p

    def surprise(self, expected: float) -> float:
        """Minus the logarithm of Chernoff's bound on the probability of a share as far off as this."""
        return self.n * _relative_entropy(self.found, expected)


@dataclass(frozen=True)
class Mean:
    """The mean of `n` independent normal numbers of this standard deviation, whose true mean is 0.

    Examples:
        >>> Mean("the mean", mean=0.25, n=16, deviation=1.0).surprise(0.0)
        0.5
    """

    of: str
    mean: float
    n: int
    deviation: float

    @property
    def found(self) -> float:
        return float(self.mean)

    @property
    def expected(self) -> float:
        return 0.0

    def surprise(self, expected: float) -> float:
        """Minus the logarithm of the bound exp(-z²/2)."""
        return self.n * (self.found - expected) ** 2 / (2 * self.deviation**2)


@dataclass(frozen=True)
class Variance:
    """The mean square of `n` independent normal numbers of mean 0, in units of their true variance.

    Examples:
        >>> round(Variance("the variance", ratio=2.0, n=100).surprise(1.0), 1)
        15.3
    """

    of: str
    ratio: float
    n: int

    @property
    def found(self) -> float:
        return float(self.ratio)

    @property
    def expected(self) -> float:
        return 1.0

    def surprise(self, expected: float) -> float:
        """Minus the logarithm of Chernoff's bound for a chi-square."""
        if not (self.found > 0 and expected > 0 and math.isfinite(self.found)):
            return 0.0 if self.found == expected else math.inf
        ratio = self.found / expected
        return self.n / 2 * (ratio - 1 - math.log(ratio))


Fact = Share | Mean | Variance
Facts = Callable[[Call, Any], Iterable[Fact | str | None]]


def agreement(of: str, signs: np.ndarray[Any, Any], axis: int) -> Share:
    """Whether neighbours along an axis are independent: of fair coins (booleans), half of all pairs agree.

    Examples:
        >>> agreement("neighbours", np.array([True, True, False, False]), axis=0).found
        0.6666666666666666
    """
    along = np.moveaxis(signs, axis, 0)
    alike = along[:-1] == along[1:]
    return Share(of, int(alike.sum()), alike.size, 0.5)


def coins(of: str, tosses: np.ndarray[Any, Any]) -> Iterator[Share]:
    """Whether fair coins (booleans), tossed all together in each row, are fair, and independent two by two.

    Args:
        of: what True says of an element, in words.

    Examples:
        >>> [(share.of, share.found) for share in coins("dropped", np.array([[True, True], [True, False]]))][1:]
        [('how often element 1 is dropped', 0.5), ('how often elements 0 and 1 agree in being dropped or not', 0.5)]
    """
    for at, one in enumerate(tosses.T):
        yield Share(f"how often element {at} is {of}", int(one.sum()), len(one), 0.5)
        for before, other in enumerate(tosses.T[:at]):
            both = f"how often elements {before} and {at} agree in being {of} or not"
            yield Share(both, int((one == other).sum()), len(one), 0.5)


class Chance:
    """A judge by facts; see `chance`."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        # By the id of a value, which stands for it only as long as it lives.
        self._known: dict[int, tuple[weakref.ref[Any], Call, list[Fact | str]]] = {}

    def __call__(self, call: Call, got: Observation, want: Observation) -> str | None:
        """None when no fact is a surprise, else the first that is."""
        problem = elsewhere(got, want)
        if problem is not None or want.raised is not None:
            return problem
        for fact in self._told(call, got):
            if isinstance(fact, str):
                return fact
            if not fact.surprise(fact.expected) <= _LIMIT:
                return f"{fact.of} is too {'large' if fact.found > fact.expected else 'small'} to be chance"
        return None

    def alike(self, call: Call, one: Observation, other: Observation) -> str | None:
        """None when two answers, right or wrong, may well have been drawn from the same distribution."""
        for fact, another in zip_longest(self._told(call, one), self._told(call, other)):
            if not (isinstance(fact, Fact) and isinstance(another, Fact)):
                return None if fact == another else "one of them is no such sample"
            between = (fact.found + another.found) / 2
            if not fact.surprise(between) + another.surprise(between) <= _LIMIT:
                return f"{fact.of} differs"
        return None

    def _told(self, call: Call, seen: Observation) -> list[Fact | str]:
        """The facts of a value, found once for as long as it lives: an answer is held against many."""
        at = id(seen.value)
        if at in self._known and self._known[at][1] is call:
            return self._known[at][2]
        try:
            told = [fact for fact in self._facts(call, seen.value) if fact is not None]
        except Exception:
            # Facts are written for samples of the right kind.
            told = ["the result is of the wrong kind"]
        if isinstance(seen.value, np.ndarray):
            self._known[at] = weakref.ref(seen.value, lambda gone: self._known.pop(at, None)), call, told
        return told


def chance(facts: Facts) -> Chance:
    """A judge of what is drawn by chance.

    Args:
        facts: says, of a call and the value it returned, what follows from the distribution: `Share`, `Mean` and
            `Variance`, or a sentence where something is wrong whatever was drawn. What it stumbles over is wrong.

    Examples:
        >>> def zeros(call, value):
        ...     yield Share("the share of zeros", int((value == 0).sum()), value.size, 0.5)
        >>> judge = chance(zeros)
        >>> judge(Call(), Observation(np.ones(1000)), Observation(np.ones(1000)))
        'the share of zeros is too small to be chance'
    """
    return Chance(facts)


def equal_and_other(rng: np.random.Generator | None = None) -> tuple[list[np.random.Generator], ...]:
    """Generators, some of them equal, for `follow`: those that are drawn from, and as many that a driver sets to where
    those have come to.

    Args:
        rng: decides which are equal, so that nobody who counts calls knows; without it they are few, for a small call.

    Examples:
        >>> rngs, _ = equal_and_other()
        >>> [int(rng.integers(100)) for rng in rngs]
        [85, 47, 85]
    """
    seeds = [0, 1, 0] if rng is None else rng.permutation(np.repeat(rng.choice(10**6, 3, replace=False), (2, 2, 1)))
    return [np.random.default_rng(int(seed)) for seed in seeds], [np.random.default_rng(9) for _ in seeds]


def follow(rngs: Sequence[np.random.Generator], first: Any, others: Any, again: Any) -> str | None:
    """What is wrong where results do not follow from their generator alone.

    Args:
        rngs: as a call has them, before anything was drawn.
        first: a result for each.
        others: for each, the result with another generator that begins where it had come to.
        again: a second result for each.
    """
    states = [str(rng.bit_generator.state) for rng in rngs]
    made = [
        [one.tolist() if isinstance(one, np.ndarray) else one for one in results] for results in (first, others, again)
    ]
    for results in made:
        if any(result != results[states.index(state)] for state, result in zip(states, results, strict=True)):
            return "equal generators give results that are not equal"
    if made[1] != made[2]:
        return "equal generators give results that are not equal"
    for result, later in zip(made[0], made[2], strict=True):
        if result == later:
            return "a second call with the same generator gives the same result"
    firsts = [made[0][states.index(state)] for state in dict.fromkeys(states)]
    if any(one in firsts[:number] for number, one in enumerate(firsts)):
        return "generators that are not equal give the same result"
    return None


def _relative_entropy(found: float, expected: float) -> float:
    """KL of two coins, in nats; infinite for what cannot be."""
    total = 0.0
    for one, other in ((found, expected), (1 - found, 1 - expected)):
        if one > 0:
            if other <= 0:
                return math.inf
            total += one * math.log(one / other)
    return max(total, 0.0) if math.isfinite(found) else math.inf
