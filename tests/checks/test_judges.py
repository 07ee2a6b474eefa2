"""Judges that many exercises share."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from winnow.checks import call, judges
from winnow.worker.observe import Observation, Raised

from ..support import small_course


def test_a_part_of_what_a_driver_returns_is_judged_by_itself() -> None:
    judge = judges.part("a")
    right = Observation({"a": 1.0, "b": 2.0})
    assert judge(call(), Observation({"a": 1.0, "b": 3.0}), right) is None
    assert judge(call(), Observation({"a": 2.0, "b": 2.0}), right) is not None
    assert judges.part("a", "b")(call(), Observation({"a": 1.0, "b": 3.0}), right) is not None
    assert judges.part(1)(call(), Observation((0, 5)), Observation((1, 5))) is None
    for wrong in (None, (), [1], {"c": 1}, "text"):
        assert judge(call(), Observation(wrong), right) is not None
        assert judges.part(1)(call(), Observation(wrong), Observation((1, 5))) is not None


def refused(text: str) -> Observation:
    return Observation(raised=Raised("ValueError", ("ValueError", "Exception"), text))


@pytest.mark.parametrize(
    ("text", "right"),
    [("layer 1 is too small", True), ("LAYER 1", True), ("layer 10", False), ("layer 1, not 2", False), ("", False)],
)
def test_a_message_names_exactly_these(text: str, right: bool) -> None:
    judge = judges.mentions(lambda one: [one.args[0], "layer"], lambda one: [2])
    assert (judge(call(1), refused(text), refused("")) is None) == right
    assert judge(call(1), Observation(3), refused("")) is not None
    assert judge(call(1), Observation(3), Observation(4)) is None


def test_exact_is_to_the_last_digit() -> None:
    one, next_to_it = Observation(1.0), Observation(float(np.nextafter(1.0, 2.0)))
    assert judges.exact(call(), one, one) is None
    assert judges.exact(call(), one, next_to_it) is not None


EVEN = judges.holds(
    lambda one, value: None if value % 2 == 0 else "odd",
    lambda calls, values: "all the same" if len(set(values)) == 1 else None,
)


def test_what_must_hold_holds_for_each_call_and_for_all_together() -> None:
    seen = [Observation(number) for number in (2, 4, 2)]
    assert EVEN.of_all([call()] * 3, seen, seen) == [None, None, None]
    assert EVEN.of_all([call()] * 2, [seen[0]] * 2, seen[:2]) == ["all the same"] * 2
    assert EVEN.of_all([call()] * 2, [seen[0], Observation(3)], seen[:2]) == [None, "odd"]
    assert EVEN(call(), seen[0], seen[0]) is None
    assert EVEN(call(), Observation("text"), seen[0]) == "the result is of the wrong kind"
    assert EVEN(call(), Observation(2, changed=(0,)), seen[0]) is not None
    assert EVEN(call(), Observation(2), Observation(raised=Raised("ValueError", ("ValueError",)))) is not None


def test_a_check_may_judge_all_its_calls_together(tmp_path: Path) -> None:
    judged = small_course.FILES["graders/m01/test_double.py"].replace(
        "unchanged=True)",
        "judge=judges.holds(lambda c, v: None, lambda c, v: 'all the same' if v[0] == v[1] else None))",
    )
    judged = judged.replace("from winnow.checks import call", "from winnow.checks import call, judges")
    course = small_course.make(tmp_path, small_course.FILES | {"graders/m01/test_double.py": judged})
    constant = small_course.RIGHT.replace("return x + x", "return 4 if x != -1.5 else -3.0")
    for text, outcome in ((small_course.RIGHT, "passed"), (constant, "failed")):
        (result,) = small_course.grade(course, small_course.submission(text))
        assert next(one for one in result.checks if one.name == "test_any_number").outcome == outcome


def test_numbers_and_arrays_of_rank_0_are_one_thing_where_it_is_left_free() -> None:
    judge = judges.values()
    assert judge(call(), Observation(np.float64(2)), Observation(np.array(2.0))) is None
    assert judge(call(), Observation(np.ones(2)), Observation(np.ones(2))) is None
    assert judge(call(), Observation(np.ones(1)), Observation(np.array(1.0))) is not None


def test_a_check_says_what_to_look_at_where_a_value_is_merely_wrong() -> None:
    judge = judges.because("look there")
    assert judge(call(), Observation(1.0), Observation(2.0)) == "the value is wrong: look there"
    assert (
        judge(call(), Observation({"a": 1.0}), Observation({"a": 2.0})) == "the value is wrong, under 'a': look there"
    )
    assert judge(call(), Observation("1"), Observation(2.0)) == "the result is a str and should be a float"
    assert judge(call(), Observation(2.0), Observation(2.0)) is None
