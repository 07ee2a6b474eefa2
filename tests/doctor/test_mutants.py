"""Mutants of a reference are those that can count, and each has a key that other lines do not change."""

from __future__ import annotations

from pathlib import Path

import pytest

from winnow.course import Course, CourseError
from winnow.doctor.mutants import Key, equivalents, mutants

from ..support.doctors_course import doctors_course

SOURCE = """\
from __future__ import annotations

LIMIT = 3


def f(x: int | None, y: int) -> int | None:
    if y == 0:
        return x - 1
    return x - 1
"""


@pytest.fixture(scope="module")
def keys() -> dict[Key, str]:
    return {mutant.key: mutant.text for mutant in mutants(SOURCE)}


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return doctors_course(tmp_path)


def test_a_mutant_differs_in_the_line_that_its_key_says(keys: dict[Key, str]) -> None:
    text = keys[Key("ReplaceComparisonOperator_Eq_LtE", "if y == 0:", "if y <= 0:")]
    assert text == SOURCE.replace("y == 0", "y <= 0")


def test_equal_lines_are_told_apart_by_their_occurrence(keys: dict[Key, str]) -> None:
    first = keys[Key("ReplaceBinaryOperator_Sub_Add", "return x - 1", "return x + 1", 1)]
    second = keys[Key("ReplaceBinaryOperator_Sub_Add", "return x - 1", "return x + 1", 2)]
    assert first.splitlines()[7] == "        return x + 1"
    assert second.splitlines()[8] == "    return x + 1"


def test_lines_above_do_not_change_a_key(keys: dict[Key, str]) -> None:
    moved = SOURCE.replace("LIMIT = 3", "# a comment\nSMALL = [None]\nLIMIT = 3")
    assert keys.keys() <= {mutant.key for mutant in mutants(moved)}


def test_annotations_that_never_run_are_left_alone(keys: dict[Key, str]) -> None:
    assert not [key for key in keys if key.line.startswith("def ")]


def test_what_python_warns_of_is_left_out(keys: dict[Key, str]) -> None:
    assert not [key for key in keys if key.becomes == "if y is 0:"]


UNUSUAL = '''\
import functools


@functools.cache
def f(x: int, *, size: int = 2) -> float:
    """Return x ** 2 - 1."""
    if x is None or size != len([x]):
        return -1.5 * x**2
    return x - size
'''


def test_what_no_learner_writes_is_left_out() -> None:
    changed = {mutant.key.becomes for mutant in mutants(UNUSUAL)}
    assert not [line for line in changed if "cache" in line or ("def " in line and "size: int = 2" in line)]
    assert not [line for line in changed if " is not len" in line or "size is len" in line or "x < None" in line]
    assert not [
        line for line in changed if any(sign in line for sign in ("<<", ">>", "|", "&", "~", "+1.5", "not 1.5"))
    ]
    assert not [line for line in changed if '"""' in line]


def test_what_learners_write_is_kept() -> None:
    changed = {mutant.key.becomes for mutant in mutants(UNUSUAL)}
    assert {
        "return -1.5 * x^2", "return 1.5 * x**2", "return x + size", "if x is not None or size != len([x]):",
        "if x is None and size != len([x]):", "if x is None or size <= len([x]):",
    } <= {line.replace(" ^ ", "^").replace("x ^2", "x^2") for line in changed}  # fmt: skip


def test_a_length_is_never_negative() -> None:
    source = "def f(x):\n    if len(x) == 0 or x.size > 0 or x > 0:\n        return 1\n    return 2\n"
    changed = {mutant.key.becomes for mutant in mutants(source)}
    assert "if len(x) == 0 or x.size > 0 or x != 0:" in changed
    assert "if len(x) >= 0 or x.size > 0 or x > 0:" in changed
    assert not [line for line in changed if "len(x) <= 0" in line or "x.size != 0" in line]


def test_no_mutant_repeats_another_or_the_source(keys: dict[Key, str]) -> None:
    assert len({*keys.values(), SOURCE}) == len(keys) + 1


def test_without_a_file_nothing_is_equivalent(course: Course) -> None:
    assert equivalents(course.exercises[0]) == {}


def write(course: Course, text: str) -> None:
    course.exercises[0].path("graders", "double_equivalent_mutants.toml").write_text(text, encoding="utf-8")


def test_equivalents_are_read_with_their_reason(course: Course) -> None:
    write(
        course, '[[equivalent]]\noperator = "AddNot"\nline = "if a:"\nbecomes = "if not a:"\nreason = "a is not used"\n'
    )
    assert equivalents(course.exercises[0]) == {Key("AddNot", "if a:", "if not a:", 1): "a is not used"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[equivalent]", "not valid TOML"),
        ('[[equivalent]]\noperator = "AddNot"\nline = "a"\nbecomes = "b"\n', "entry 1 has no reason"),
        ('[[equivalent]]\noperator = "A"\nline = "a"\nbecomes = "b"\nreason = " "\n', "gives no reason"),
        ('[[equivalent]]\noperator = "A"\nline = "a"\nbecomes = "b"\nreason = "r"\noccurrence = "1"\n', "whole number"),
        (
            '[[equivalent]]\noperator = "A"\nline = "a"\nbecomes = "b"\nreason = "r"\nnumber = 3\n',
            "unknown entry number",
        ),
    ],
)
def test_a_declaration_that_is_incomplete_is_refused(course: Course, text: str, said: str) -> None:
    write(course, text)
    with pytest.raises(CourseError, match=said):
        equivalents(course.exercises[0])
