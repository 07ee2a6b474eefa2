"""The doctor sees where statement, signature, example, hints and points do not agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from winnow.checks.modules import load_module
from winnow.doctor import independent
from winnow.doctor.independent import Comparison
from winnow.doctor.rehearsal import Rehearsed
from winnow.doctor.statements import faults

from ..support.doctors_course import SOLUTION, STUB, doctors_course

GOOD = (("public", False, 3.0), ("hidden", False, 5.0), ("hidden", True, 2.0))


def said(
    root: Path,
    changes: Mapping[str, str] | None = None,
    checks: tuple[tuple[str, bool, float], ...] = GOOD,
    hints: tuple[str, ...] = ("one", "two", "three"),
) -> list[str]:
    exercise = replace(doctors_course(root, changes).exercises[0], hints=hints)
    given = [Rehearsed(f"test_{at}", kind, points, edge) for at, (kind, edge, points) in enumerate(checks)]  # type: ignore[arg-type]
    return list(faults(exercise, vars(load_module(exercise.solution, "solution_of_double")), given))


def test_a_statement_in_order_has_no_faults(tmp_path: Path) -> None:
    assert said(tmp_path) == []


RAISES = "half of x.\n\n        Raises:\n            ValueError: x is a text.\n        "


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"double(x):": "double(x, y=1):\n        #y"}, "(x, y=1) in the statement and (x) in the solution"),
        ({"half(x):": "half(x) -> float:"}, "half returns float in the statement and nothing said in the solution"),
        ({"        4\n": "        5\n"}, "the example double(2) in the statement gives 4"),
        ({">>>": "$"}, "the statement has no example"),
        (
            {"Return half of x.": "Return half.", "x is a text": "a text"},
            "the statement of half says nothing of its argument x",
        ),
        ({"def half": "def halve"}, "exercises/m01/double.py defines no function half"),
    ],
)
def test_a_statement_that_disagrees_with_the_solution(tmp_path: Path, changes: dict[str, str], fault: str) -> None:
    text = STUB
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    assert fault in "\n".join(said(tmp_path, {"exercises/m01/double.py": text}))


def test_a_section_that_the_solution_tells_otherwise(tmp_path: Path) -> None:
    (told,) = said(tmp_path, {"solutions/m01/double.py": SOLUTION.replace("half of x.", RAISES)})
    assert told == "the docstring of half says something else under Raises in the solution than in the stub"


@pytest.mark.parametrize(
    ("hints", "fault"),
    [
        (("one", "two"), "2 hints"),
        (("one", "two", " "), "hint 3 is empty"),
        (("one", "two", "ONE "), "hint 3 repeats an earlier one"),
        (("one", "two", 'if text: raise TypeError("a text has no half")'), "hint 3 holds the solution's own code"),
    ],
)
def test_hints_that_do_not_help(tmp_path: Path, hints: tuple[str, ...], fault: str) -> None:
    (told,) = said(tmp_path, hints=hints)
    assert fault in told


def test_points_in_the_wrong_places(tmp_path: Path) -> None:
    told = said(tmp_path, checks=(("public", False, 5.0), ("hidden", False, 4.0), ("hidden", True, 1.0)))
    assert told == ["5 points are on public checks; 3 of 10 should be (within 1)"]


def test_a_definition_that_disagrees_shows_the_call() -> None:
    held = Comparison("double_by_sum", "double", 3, ("double(2) is 4 by the reference, 5 by double_by_sum",))
    assert held.differences[0] in list(independent.unheld(_exercise(), [held]))


def test_a_definition_without_a_common_domain_and_a_function_without_definition() -> None:
    told = list(independent.unheld(_exercise(), [Comparison("double_by_sum", "double", 0)]))
    assert "gives a value on none of the calls" in told[0]
    assert "half has no independent definition" in told[1]


def _exercise() -> object:
    from winnow.course import Exercise

    return Exercise("double", "m01", "t", ("double", "half"), (), 10, 1, 1, (), Path("."))
