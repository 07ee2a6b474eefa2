"""Nothing that is remembered from one learner changes what another reads; all that is remembered is weighed."""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path

import hypothesis
import numpy as np
import pandas as pd
import pytest
import torch
from hypothesis import strategies as st

from winnow.bounded_memory import ENTRY, Recent, weight
from winnow.course import Course
from winnow.diagnosis.smallest import without_constants
from winnow.grading import examiner
from winnow.grading.examiner import Examiner

from ..support.small_course import RIGHT, grade, make, submission

# Alike on all that is asked, wrong on other small numbers: each is to be shown a number of its own.
WRONG_AT = "def double(x):\n    return -2 * x if x in ({numbers}) or isinstance(x, float) else 2 * x\n"
HALF = "def half(x):\n    return x / 2\n"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return make(tmp_path_factory.mktemp("course"))


def test_two_who_answer_alike_are_shown_what_each_gets_wrong(course: Course) -> None:
    texts = [WRONG_AT.format(numbers=numbers) + HALF for numbers in ("2,", "3,", "-1, -2", "-3,")]
    alone = [grade(course, submission(text))[0] for text in texts]
    hidden = [check for one in alone for check in one.checks if check.name == "test_any_number"]
    shown = [check.counterexample.called for check in hidden if check.counterexample]
    assert shown == ["double(2)", "double(3)", "double(-1)", "double(-3)"]
    for order in ((0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2)):
        together = grade(course, *(submission(texts[at]) for at in order))
        assert together == [alone[at] for at in order]


def test_what_is_drawn_from_global_generators_and_sets_is_the_same_in_every_run(course: Course) -> None:
    drawn = "import random, numpy as np, torch\nprint(random.random(), np.random.rand(), torch.rand(1))\n"
    ordered = "print({str(number) for number in range(40)}, hash('a'))\n"
    (first,), (second,) = (grade(course, submission(drawn + ordered + RIGHT)) for _ in range(2))
    assert first.output == second.output != ""


def test_numbers_of_modules_that_are_imported_are_not_drawn(tmp_path: Path) -> None:
    module = tmp_path / "nearby.py"
    module.write_text("NUMBER = 987_654\n", encoding="utf-8")
    spec = importlib.util.spec_from_file_location("nearby", module)
    assert spec is not None and spec.loader is not None  # noqa: PT018 - for the type checker
    sys.modules["nearby"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules["nearby"])
    settings = hypothesis.settings(max_examples=3000, database=None, deadline=None)

    def found() -> bool:
        try:
            hypothesis.find(st.integers(), lambda n: n == 987_654, settings=settings, random=random.Random(0))
        except hypothesis.errors.NoSuchExample:
            return False
        return True

    try:
        with without_constants():
            assert not found()
    finally:
        del sys.modules["nearby"]


def test_a_memory_forgets_the_oldest_and_never_holds_what_is_heavy() -> None:
    memory: Recent[str, bytes] = Recent(10 * ENTRY, len)
    for name in "abcdefghijkl":
        memory[name] = b""
    assert list(memory) == list("cdefghijkl")
    memory["m"] = bytes(ENTRY)
    assert list(memory) == list("efghijklm")
    memory["n"] = bytes(2 * ENTRY)
    assert "n" not in memory
    memory["m"] = bytes(2 * ENTRY)
    assert (list(memory), memory.weight) == (list("efghijkl"), 8 * ENTRY)


@pytest.mark.parametrize(
    ("value", "least"),
    [
        ([torch.empty(0)] * 1000, 1_200_000),
        ([torch.ones(1000)], 4000),
        ([torch.empty(10**9, device="meta")], 1000),
        ([np.zeros(0)] * 1000, 120_000),
        (np.array([[0.5] * 100] * 100, object), 10_000 * 24),
        ([[]] * 1000, 64_000),
        ({number: [number] for number in range(1000)}, 150_000),
        (pd.DataFrame({"a": np.zeros(1000), "b": ["text"] * 1000}), 16_000),
        (pd.Series([[1.5] * 10] * 100, dtype=object), 100 * 10 * 24),
        (pd.Series(["text"] * 1000, dtype="category"), 1000),
        (pd.MultiIndex.from_product([range(30), range(30)]), 1800),
        ("x" * 1000, 1000),
    ],
    ids=str,
)
def test_what_a_value_weighs_is_no_less_than_it_takes(value: object, least: int) -> None:
    assert least <= weight(value) < 100 * least


REMEMBERED = """
import torch
EMPTY = torch.empty(0)
def double(x):
    global number
    number += 1
    return [number] + [EMPTY] * 120
half = double
number = {start}
"""


def test_large_answers_take_no_more_than_the_memory_has_room(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    room = 1 << 21
    monkeypatch.setattr(examiner, "KNOWN", room)
    monkeypatch.setattr(examiner, "ROOM", room)
    examiners: list[Examiner] = []
    remember = Examiner.__init__

    def noted(one: Examiner, *arguments: object) -> None:
        remember(one, *arguments)  # type: ignore[arg-type]
        examiners.append(one)

    monkeypatch.setattr(Examiner, "__init__", noted)
    grade(course, *(submission(REMEMBERED.format(start=1000 * learner)) for learner in range(8)))
    memories = [examiners[0].known, examiners[0]._ran]
    for memory in memories:
        assert 0 < sum(value.weight for value in memory.values()) <= room
        assert memory.weight <= room
