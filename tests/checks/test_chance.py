"""Judges of what is drawn by chance, and of many calls at once."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from winnow.checks import call
from winnow.checks.calls import Call
from winnow.checks.chance import ALARM, Mean, Share, Variance, agreement, chance
from winnow.worker.observe import Observation, Raised

LIMIT = math.log(2 / ALARM)
RNG = np.random.default_rng(11)


@pytest.mark.parametrize(
    "fact",
    [
        Share("heads", 5_100, 10_000, 0.5),
        Share("sixes", 1_750, 10_000, 1 / 6),
        Share("nothing", 0, 0, 0.5),
        Share("certain", 20, 20, 1.0),
        Mean("the mean", 0.02, 10_000, 1.0),
        Variance("the variance", 1.05, 10_000),
    ],
)
def test_what_chance_does_is_no_surprise(fact: Any) -> None:
    assert fact.surprise(fact.expected) < LIMIT


@pytest.mark.parametrize(
    "fact",
    [
        Share("heads", 5_500, 10_000, 0.5),
        Share("heads", 0, 60, 0.5),
        Share("never", 1, 20, 0.0),
        Share("always", 19, 20, 1.0),
        Mean("the mean", 0.1, 10_000, 1.0),
        Variance("the variance", 1.2, 10_000),
        Variance("the variance", 0.8, 10_000),
        Variance("the variance", 0.0, 10_000),
        Variance("the variance", math.nan, 10_000),
        Mean("the mean", math.nan, 10_000, 1.0),
        Share("heads", math.nan, 10_000, 0.5),
    ],
)
def test_what_chance_does_not_do_is_a_surprise(fact: Any) -> None:
    assert not fact.surprise(fact.expected) <= LIMIT


@pytest.mark.parametrize("p", [0.02, 0.3, 0.5, 0.97])
def test_the_bound_holds_for_small_samples(p: float) -> None:
    # Summed exactly: the probability of all counts that are a surprise is below the alarm that is promised.
    for n in (1, 7, 40, 150):
        missed = sum(
            math.comb(n, k) * p**k * (1 - p) ** (n - k)
            for k in range(n + 1)
            if not Share("s", k, n, p).surprise(p) <= LIMIT
        )
        assert missed <= ALARM


def facts(one: Call, value: Any) -> Any:
    yield None if value.shape == (2000,) else "the shape of the result is wrong"
    yield Share("the share above 0", int((value > 0).sum()), value.size, 0.5)
    yield Mean("the mean", value.mean(), value.size, 1.0)
    yield Variance("the variance", np.mean(value**2), value.size)
    yield agreement("the share of neighbours of one sign", value > 0, 0)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (RNG.normal(size=2000), None),
        (RNG.normal(size=2000) + 0.5, "the share above 0 is too large to be chance"),
        (2 * RNG.normal(size=2000), "the variance is too large to be chance"),
        (np.abs(RNG.normal(size=2000)) * np.tile([1, -1], 1000), "the share of neighbours of one sign is too small"),
        (np.zeros(3), "the shape of the result is wrong"),
        (None, "the result is of the wrong kind"),
    ],
)
def test_a_judge_by_facts_says_the_first_that_is_no_chance(value: Any, said: str | None) -> None:
    judged = chance(facts)(call(), Observation(value), Observation(np.zeros(2000)))
    assert judged == said or (said is not None and judged is not None and judged.startswith(said))


def test_two_samples_are_alike_when_one_distribution_may_have_given_both() -> None:
    judge = chance(facts)
    first, second, wide = (Observation(scale * RNG.normal(size=2000)) for scale in (2, 2, 3))
    assert judge(call(), first, first) is not None
    assert judge.alike(call(), first, second) is None
    assert judge.alike(call(), first, wide) == "the variance differs"


def test_a_sample_of_which_there_is_more_to_say_is_not_alike() -> None:
    judge = chance(lambda one, value: [Share("heads", 5, 10, 0.5), *(["the same twice"] if value else [])])
    twice, once = Observation(True), Observation(False)
    assert judge.alike(call(), twice, twice) is None
    assert judge.alike(call(), once, once) is None
    assert judge.alike(call(), twice, once) == judge.alike(call(), once, twice) == "one of them is no such sample"


def test_the_facts_of_an_array_are_found_once_and_forgotten_with_it() -> None:
    asked = []

    def counted(one: Call, value: Any) -> Any:
        asked.append(one)
        yield from facts(one, value)

    judge, one, other = chance(counted), call(1), call(2)
    first, second = Observation(RNG.normal(size=2000)), Observation(RNG.normal(size=2000))
    for _ in range(3):
        assert judge(one, first, first) is judge.alike(one, first, second) is None
    assert asked == [one, one]
    # With another call the facts may be others.
    judge(other, first, first)
    assert asked[2:] == [other]
    for scale in (3, 2, 1):
        # A new array may lie where the last one lay.
        assert (judge(one, Observation(scale * RNG.normal(size=2000)), first) is None) is (scale == 1)
    assert judge(one, Observation([0.0]), first) == judge(one, Observation(None), first)
    assert len(judge._known) == 2


def test_an_exception_is_no_sample() -> None:
    refused = Observation(raised=Raised("ValueError", ("ValueError", "Exception")))
    assert chance(facts)(call(), refused, Observation(np.zeros(2000))) is not None
    assert chance(facts)(call(), Observation(np.zeros(2000)), refused) is not None
    assert chance(facts)(call(), refused, refused) is None
