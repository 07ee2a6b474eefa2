"""What is the same for every learner is asked together and judged once, and no learner's result is another's for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from winnow.course import Course, Limits
from winnow.grading.examiner import Examiner
from winnow.grading.ran import Check, Ran
from winnow.nurse import Nurseries, Prewarmed, line
from winnow.worker import wire

from ..support.loads import loading
from ..support.small_course import FILES, RIGHT, grade, make, submission

WRONG = "def double(x):\n    return x ** 2\ndef half(x):\n    return x / 2\n"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return make(tmp_path_factory.mktemp("course"))


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The checks that are run, one after another."""
    names: list[str] = []
    run = Examiner._run

    def noted(examiner: Examiner, check: Check) -> Ran:
        names.append(check.name)
        return run(examiner, check)

    monkeypatch.setattr(Examiner, "_run", noted)
    return names


def test_checks_run_once_for_equal_answers(course: Course, ran: list[str]) -> None:
    grade(course, submission(RIGHT))
    once = len(ran)
    results = grade(course, submission(RIGHT), submission(RIGHT + "\n# another learner's\n"))
    assert len(ran) == 2 * once
    assert [result.score for result in results] == [10.0, 10.0]


def test_equal_wrong_answers_are_explained_alike(course: Course) -> None:
    first, other, second = grade(course, submission(WRONG), submission(RIGHT), submission(WRONG))
    assert first == second
    assert (first.misconceptions, other.score) == (("squares",), 10.0)


def test_what_each_learner_prints_is_that_learners(course: Course) -> None:
    texts = [RIGHT.replace("return x + x", f"print({word!r})\n    return x + x") for word in ("one", "two", "one")]
    outputs = [result.output.split()[0] for result in grade(course, *map(submission, texts))]
    assert outputs == ["one", "two", "one"]


def test_answers_that_change_from_call_to_call_are_judged_in_the_order_of_the_checks(course: Course) -> None:
    text = "calls = []\ndef double(x):\n    calls.append(x)\n    return 2 * x if len(calls) < 5 else 0\n"
    (result,) = grade(course, submission(text + "def half(x):\n    return x / 2\n"))
    assert result.checks[0].outcome == "passed"
    assert result.checks[1].outcome == "failed"


def test_a_call_that_depends_on_an_answer_is_asked_by_itself(tmp_path: Path) -> None:
    check = FILES["exercises/m01/test_double.py"].replace("assert double(2) == 4", "assert double(double(2)) == 8")
    course = make(tmp_path, {**FILES, "exercises/m01/test_double.py": check})
    plus = "def double(x):\n    return {2: 5, 5: 8}.get(x, 2 * x)\ndef half(x):\n    return x / 2\n"
    asked, right = grade(course, submission(plus), submission(RIGHT))
    assert asked.checks[0].outcome == "passed"
    assert right.score == 10.0


def test_checks_that_ask_the_same_calls_judge_the_same_answers(tmp_path: Path) -> None:
    hidden = FILES["graders/m01/test_double.py"]
    shared = (
        hidden.replace("points(5)", "points(2)")
        + '''
        @pytest.mark.points(3)
        def test_sign(double, agree):
            """the sign of any number"""
            def sign(call, got, want):
                return None if (np.asarray(got.value) < 0).tolist() == (np.asarray(want.value) < 0).tolist() else "no"
            agree(double, on=numbers, small=small, unchanged=True, judge=sign)
    '''.replace("import pytest", "import numpy as np\n        import pytest")
    )
    course = make(tmp_path, {**FILES, "graders/m01/test_double.py": "\n        import numpy as np" + shared})
    halves = "def half(x):\n    return x / 2\n"
    asked, wrong = grade(
        course,
        submission("def double(x):\n    print('asked')\n    return x + x\n" + halves),
        submission("def double(x):\n    return 2 * x if isinstance(x, list) else 3 * x\n" + halves),
    )
    assert asked.score == 10.0
    assert asked.output.count("asked") == 2 + 6
    assert [check.outcome for check in wrong.checks] == ["failed", "failed", "passed", "passed"]


@pytest.fixture
def lines() -> Iterator[Nurseries]:
    prewarmed = Prewarmed([("numpy",)], ())
    nurseries = Nurseries((), prewarmed.lines())
    try:
        yield nurseries
    finally:
        nurseries.close()
        prewarmed.close()


def test_graders_share_a_nursery_and_its_twin_imports_what_is_needed_beside(lines: Nurseries) -> None:
    for needs, imported in ((("numpy",), "numpy"), (("numpy", "pandas"), "pandas")):
        worker = lines.fork(needs, Limits())
        cell = f"import sys\ndef there():\n    return {imported!r} in sys.modules\n"
        load = loading("a.py", cell, "there")
        worker.ask(wire.pack([], load))
        values, _ = wire.unpack(*worker.ask(wire.pack([((), {})], {"op": "call", "requests": [["there"]]})))
        worker.close()
        assert values[0] is True


def test_workers_of_a_nursery_and_of_its_twin_live_side_by_side(lines: Nurseries) -> None:
    nothing = wire.pack([], {"op": "call", "requests": []})
    workers = [lines.fork(needs, Limits()) for needs in (("numpy",), ("numpy", "pandas"), ("numpy",))]
    assert [bool(worker.ask(nothing)) for worker in workers] == [True] * 3
    for worker in workers:
        worker.close()


def test_a_twin_that_is_lost_is_replaced_by_a_nursery_of_its_own(lines: Nurseries) -> None:
    lines.fork(("numpy",), Limits()).close()
    lines._by_need[frozenset({"numpy"})].close()
    worker = lines.fork(("numpy",), Limits())
    worker.ask(wire.pack([], {"op": "call", "requests": []}))
    worker.close()


CELL = """
import colorsys
there = colorsys.hls_to_rgb(0, 1, 0)
def look(called):
    return colorsys.hls_to_rgb(0, 1, 0) if called else list(there)
"""


def test_calls_are_closed_by_a_twin_that_is_ready_for_them(lines: Nurseries, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "CLOSING", 2)
    names = [("colorsys.hls_to_rgb", f"colorsys.none_{at}") for at in range(3)]
    for closes in (*names, names[0]):
        worker = lines.fork(("numpy",), Limits(), None, closes)
        worker.ask(wire.pack([], loading("a.py", CELL, "look") | {"closed": list(closes)}))
        asking = wire.pack([((at,), {}) for at in (0, 1)], {"op": "call", "requests": [["look"]] * 2})
        values, extra = wire.unpack(*worker.ask(asking))
        worker.close()
        assert values[0] == [1.0, 1.0, 1.0]
        assert extra["notes"][1]["raised"]["name"] == "ClosedError"
    twins = lines._by_need[frozenset({"numpy"})]._twins
    assert list(twins) == [names[2], names[0]]


def test_a_twin_that_is_lost_is_replaced_by_another(lines: Nurseries) -> None:
    closes = ("colorsys.hls_to_rgb",)
    lines.fork(("numpy",), Limits(), None, closes).close()
    lines._by_need[frozenset({"numpy"})]._twins[closes].close()
    worker = lines.fork(("numpy",), Limits(), None, closes)
    worker.ask(wire.pack([], {"op": "call", "requests": []}))
    worker.close()
