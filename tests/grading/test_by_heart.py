"""Examples that are known by heart earn nothing, and whoever has them right by a rule keeps the points."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from winnow.checks.calls import Batch, call
from winnow.checks.subjects import AskedBatch, Trusted
from winnow.course import Course
from winnow.grading.by_heart import OtherNumbers
from winnow.record import CheckResult
from winnow.worker.observe import Request

from ..support.small_course import RIGHT, grade, make, submission

HALF = "def half(x):\n    return x / 2\n"
TABLE = "def double(x):\n    return {2: 4, -1.5: -3.0}.get(x, 0)\n" + HALF
ENDS = "def double(x):\n    while x not in (2, -1.5):\n        pass\n    return {2: 4, -1.5: -3.0}[x]\n" + HALF
INTEGERS_ONLY = "def double(x):\n    return 2 * x if isinstance(x, int) else {-1.5: -3.0}.get(x, 0)\n" + HALF


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return make(tmp_path_factory.mktemp("course"))


def public(course: Course, *texts: str) -> list[CheckResult]:
    return [result.checks[0] for result in grade(course, *map(submission, texts))]


@pytest.mark.parametrize("text", [TABLE, ENDS])
def test_a_table_of_the_examples_earns_nothing(course: Course, text: str) -> None:
    (check,) = public(course, text)
    assert (check.visibility, check.outcome, check.score) == ("public", "failed", 0.0)
    assert check.why == "the examples come out right, and the same calls with other numbers do not"


def test_a_rule_that_holds_for_some_numbers_keeps_the_points(course: Course) -> None:
    assert [(check.outcome, check.score) for check in public(course, INTEGERS_ONLY, RIGHT)] == [("passed", 3.0)] * 2


def others(reference: Any, *calls: Any) -> tuple[OtherNumbers, list[AskedBatch]]:
    subject = Trusted({"f": reference})
    batch = Batch(Request("f"), calls)
    asked = [AskedBatch(batch, tuple(subject.ask(batch)))]
    return OtherNumbers(asked, subject, np.random.default_rng(0)), asked


def found(reference: Any, answer: Any, *calls: Any) -> bool:
    numbers, asked = others(reference, *calls)
    subject = Trusted({"f": answer})
    return numbers.found_wrong([AskedBatch(one.batch, tuple(subject.ask(one.batch))) for one in asked], subject)


def test_another_right_answer_says_nothing() -> None:
    two = call(4.0), call(9.0)
    assert not found(lambda x: x**0.5, lambda x: -(x**0.5), *two)
    assert found(lambda x: x**0.5, lambda x: {4.0: 2.0, 9.0: 3.0}.get(x), *two)


def test_whoever_refuses_what_must_be_refused_and_nothing_else_keeps_the_points() -> None:
    def checked(x: float, wrong: bool = False) -> float:
        if x < 0:
            raise ValueError(x)
        return 3 * x if wrong else x * x

    def by_heart(x: float) -> float:
        return {2.0: 4.0, 3.0: 9.0}[x]

    calls = call(2.0), call(3.0), call(-1.0)
    slip = lambda x: checked(x, wrong=x not in (2.0, 3.0))  # noqa: E731
    assert not found(checked, slip, *calls)
    assert found(checked, slip, *calls[:2])
    assert found(checked, by_heart, *calls)


def test_what_is_refused_or_makes_no_difference_is_not_asked() -> None:
    def refusing(n: int, word: str) -> int:
        if n != 3:
            raise ValueError(n)
        return len(word)

    assert others(refusing, call(3, "abc"))[0].batches == []
    assert others(lambda rng: float(rng.random()), call(np.random.default_rng(0)))[0].batches == []


def test_numbers_follow_from_the_generator_and_are_others(tmp_path: Path) -> None:
    import pandas as pd
    import torch

    given = [np.arange(3.0), torch.arange(3.0).requires_grad_(), pd.DataFrame({"a": [1.0, 2.0]}), [1, 2.5], {"n": 4}]
    numbers, _ = others(lambda *all: sum(float(np.sum(np.asarray(one, float))) for one in all[:1]), call(*given))
    (batch,) = numbers.batches
    (moved,) = batch.calls
    assert not np.isin(moved.args[0][moved.args[0] > 0], given[0]).any()
    assert moved.args[1].requires_grad
    assert moved.args[3][0] == 1
    again, _ = others(lambda *all: sum(float(np.sum(np.asarray(one, float))) for one in all[:1]), call(*given))
    assert again.batches[0].body == batch.body
