"""One submission after another is put to the checks, and nothing that a learner's code does gets past its process."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from winnow.bounded_memory import Recent
from winnow.course import Course, CourseError
from winnow.diagnosis.hidden import Diagnosis
from winnow.diagnosis.model import Finding
from winnow.errors import NurseryError
from winnow.grading import bench, examiner, handed_in
from winnow.grading.handed_in import HandedIn
from winnow.grading.job import Job
from winnow.record import CheckResult, ExerciseResult

from ..support.small_course import FILES, RIGHT, grade, make, submission


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return make(tmp_path_factory.mktemp("course"))


def outcomes(result: ExerciseResult) -> list[str]:
    return [check.outcome for check in result.checks]


def failed(result: ExerciseResult) -> CheckResult:
    return next(check for check in result.checks if check.outcome == "failed")


def test_a_right_answer_and_a_wrong_one_after_it(course: Course) -> None:
    wrong_half = "def double(x):\n    return 2 * x\ndef half(x):\n    return x // 2\n"
    right, wrong, again = grade(course, submission(RIGHT), submission(wrong_half), submission(RIGHT))
    assert outcomes(wrong) == ["passed", "passed", "failed"]
    assert wrong.score == 8.0
    assert right.score == again.score == 10.0


def test_the_misconception_is_named_with_a_small_counterexample(course: Course) -> None:
    (result,) = grade(course, submission("def double(x):\n    return x ** 2\ndef half(x):\n    return x / 2\n"))
    check = next(check for check in result.checks if check.name == "test_any_number")
    assert result.misconceptions == ("squares",)
    assert check.why == "Twice is not the square: add x to itself."
    assert check.counterexample is not None
    assert (check.counterexample.called, check.counterexample.returned, check.counterexample.expected) == (
        "double(1)", "1", "2",
    )  # fmt: skip


def test_an_unknown_mistake_gets_a_relation_and_a_counterexample(course: Course) -> None:
    (result,) = grade(course, submission("def double(x):\n    return -2 * x\ndef half(x):\n    return x / 2\n"))
    check = next(check for check in result.checks if check.name == "test_any_number")
    assert result.misconceptions == ()
    assert check.counterexample is not None
    assert check.counterexample.called == "double(1)"


def test_an_untouched_stub_is_not_started_once(course: Course) -> None:
    (result,) = grade(course, submission(FILES["exercises/m01/double.py"].replace("\n        ", "\n")))
    assert (result.status, result.score, result.checks) == ("not_started", 0.0, ())


def test_one_function_not_started_is_said_where_it_is_asked(course: Course) -> None:
    text = "def double(x):\n    return 2 * x\ndef half(x):\n    pass\n"
    (result,) = grade(course, submission(text))
    assert outcomes(result) == ["passed", "passed", "not_started"]


def test_the_file_that_was_worked_on_counts(course: Course) -> None:
    stub = "def double(x):\n    raise NotImplementedError\n"
    (result,) = grade(course, submission(stub, fallbacks=(RIGHT,)))
    assert result.score == 10.0


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("def dobule(x):\n    return 2 * x\n", "there is no function double in double.py; found dobule: rename it"),
        (
            "def double_it(x):\n    return 2 * x\n",
            "there is no function double in double.py; found double_it: rename it",
        ),
    ],
)
def test_a_misspelt_function_is_found(course: Course, text: str, sentence: str) -> None:
    (result,) = grade(course, submission(text))
    assert (result.status, result.score, result.message) == ("graded", 0.0, sentence)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "def twice(x):\n    return _add(x)\ndef _add(x):\n    return x + x\n",
            "; found twice: if that is it, rename it",
        ),
        ("def twice(x):\n    return x + x\ndef thrice(x):\n    return 3 * x\n", ""),
    ],
)
def test_the_only_function_is_named_where_one_is_asked_for(tmp_path: Path, text: str, found: str) -> None:
    check = FILES["graders/m01/test_double.py"].partition("        def halves")[0]
    catalogue = (
        FILES["exercises/course.toml"].replace('"double", "half"', '"double"').replace("points = 10", "points = 8")
    )
    course = make(tmp_path, {**FILES, "exercises/course.toml": catalogue, "graders/m01/test_double.py": check})
    (result,) = grade(course, submission(text))
    assert result.message == f"there is no function double in double.py{found}"


def test_what_does_not_compile_is_told_with_its_line(course: Course) -> None:
    (result,) = grade(course, submission("x = 1\ndef double(x:\n    return 2 * x\n"))
    assert result.status == "unreadable"
    assert result.message == "double.py, line 2: SyntaxError: '(' was never closed"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("while True: pass", "Stopped after 2 s"),
        ("import os; os._exit(0)", "It ended the process"),
        ("import sys; sys.exit(0)", "It ended the process"),
        ("raise KeyboardInterrupt", "It ended the process"),
        ("import ctypes; ctypes.string_at(0)", "Stopped: the process crashed (SIGSEGV)"),
        (
            "return bytearray(1 << 30)",
            "Your code raised MemoryError (line 2 of double.py). The memory",
        ),
        ("raise MemoryError('by hand')", "Your code raised MemoryError: by hand (line 2 of double.py)."),
        (
            "return double(x)",
            "The function calls itself too often, perhaps without end (RecursionError, line 2 of double.py). Which",
        ),
        ("return 1 / 0", "Your code raised ZeroDivisionError: division by zero (line 2 of double.py)."),
        (
            "return float(input('x? '))",
            "Your code raised EOFError: EOF when reading a line (line 2 of double.py). Nobody answers `input()`",
        ),
        ("return object()", "Returned a value of type object, which cannot be compared."),
    ],
)
def test_what_stopped_the_code_is_told_in_words_and_costs_only_its_checks(course: Course, body: str, why: str) -> None:
    text = f"def double(x):\n    {body}\ndef half(x):\n    return x / 2\n"
    result, after = grade(course, submission(text), submission(RIGHT), layers=("rlimits",))
    hidden = next(check for check in result.checks if check.name == "test_any_number")
    assert outcomes(result)[:2] == ["failed", "failed"]
    assert hidden.why.startswith(why)
    assert after.score == 10.0


def test_one_death_costs_one_check(course: Course) -> None:
    text = (
        "import os\ndef double(x):\n    return 2 * x if x != [1, 2] else os._exit(3)\ndef half(x):\n    return x / 2\n"
    )
    (result,) = grade(course, submission(text))
    assert outcomes(result)[:2] == ["passed", "failed"]


def test_loops_without_end_cost_two_checks_of_time_and_no_more(course: Course) -> None:
    text = "def double(x):\n    while True: pass\nhalf = double\n"
    (result,) = grade(course, submission(text))
    assert outcomes(result) == ["failed", "failed", "not_run"]
    assert result.score == 0.0


SLEEPS = """
import sys, time
last = [None]
def double(x):
    # Once for every batch, so that no limit of a batch stops it.
    frame = sys._getframe()
    while frame and not {"values", "notes"} <= frame.f_locals.keys():
        frame = frame.f_back
    if frame and last[0] != id(frame.f_locals["values"]):
        last[0] = id(frame.f_locals["values"])
        time.sleep(0.5)
    return x + x
def half(x):
    time.sleep(0.5)
    return x / 2
"""
LARGE = "import numpy as np\n" + RIGHT.replace("return x + x", "return np.full(100_000, x + x)")


@pytest.mark.parametrize(
    ("name", "most", "answer", "why"),
    [
        ("total", 0.4, SLEEPS, "not run: the checks before it took all the time there is for one exercise"),
        ("HELD", 1 << 20, LARGE, "not run: what it returned before is more than 1 MiB"),
    ],
)
def test_nobody_holds_the_grader_up(
    course: Course, monkeypatch: pytest.MonkeyPatch, name: str, most: float, answer: str, why: str
) -> None:
    """By waits each of which is allowed, or by answers each of which is."""
    if name == "total":
        limits = replace(course.exercises[0].limits, total=most)
        exercise = replace(course.exercises[0], limits=limits)
        course = replace(course, modules=(replace(course.modules[0], exercises=(exercise,)),))
    else:
        monkeypatch.setattr(handed_in, name, most)
    (result, after) = grade(course, submission(answer), submission(RIGHT))
    assert result.status == "graded"
    assert outcomes(result)[-1] == "not_run"
    assert result.checks[-1].why == why
    assert result.stopped
    assert outcomes(after)[:2] == ["passed", "passed"]


def test_large_answers_are_not_remembered(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[int] = []

    class Counted(Recent[Any, Any]):
        def __setitem__(self, key: Any, value: Any) -> None:
            kept.append(key)
            super().__setitem__(key, value)

    monkeypatch.setattr(examiner, "Recent", Counted)
    grade(course, submission(LARGE))
    large = len(kept)
    grade(course, submission(RIGHT))
    assert len(kept) - large > large


def test_cells_that_raise_or_never_end_do_not_stop_later_ones(course: Course) -> None:
    (result,) = grade(course, submission("1 / 0", "exit()", "def (", "while True: pass", RIGHT))
    assert result.score == 10.0
    assert result.notes == (
        "cell 1, line 1: ZeroDivisionError: division by zero",
        "cell 2, line 1: it ended the process (sys.exit)",
        "cell 3, line 1: SyntaxError: invalid syntax",
        "cell 4, line 1: stopped after 0.5 s: a loop that does not end?",
    )


def test_a_fault_of_the_grader_over_one_submission_does_not_end_the_run(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = HandedIn.start

    def faulty(subject: HandedIn) -> None:
        if "unlucky" in subject.source.cells[0].source:
            raise OSError("no more descriptors")
        start(subject)

    monkeypatch.setattr(HandedIn, "start", faulty)
    one, other = grade(course, submission("# unlucky\n" + RIGHT), submission(RIGHT))
    assert (one.status, one.score, other.score) == ("grader_error", 0.0, 10.0)
    assert "OSError: no more descriptors" in one.message


@pytest.mark.parametrize("times", [1, 2])
def test_a_nursery_that_dies_while_a_mistake_is_explained_costs_nothing(
    course: Course, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    wrong = submission("def double(x):\n    return x ** 2\ndef half(x):\n    return x / 2\n")
    (undisturbed,) = grade(course, wrong)
    left = ["dies"] * times
    explain = Diagnosis.explain

    def dying(*about: Any) -> dict[int, Finding]:
        if left:
            left.pop()
            raise NurseryError("it has ended")
        return explain(*about)

    monkeypatch.setattr(Diagnosis, "explain", dying)
    (result,) = grade(course, wrong)
    if times == 1:
        assert result == undisturbed
    else:
        assert result.score == undisturbed.score > 0
        assert "the failed checks could not be explained (NurseryError: it has ended)" in result.notes


def test_a_warning_is_told_in_one_line_with_its_place_and_without_paths(course: Course) -> None:
    own = "import warnings\nwarnings.warn('careful')\n"
    library = "import numpy as np\nnp.mean([])\nnp.float64(1) / np.float64(0)\n"
    (result,) = grade(course, submission(own + library + RIGHT))
    assert result.output.splitlines() == [
        "double.py, line 2: UserWarning: careful",
        "double.py, line 4: RuntimeWarning: Mean of empty slice",
        "double.py, line 4: RuntimeWarning: invalid value encountered in scalar divide",
        "double.py, line 5: RuntimeWarning: divide by zero encountered in scalar divide",
    ]


def test_what_is_printed_is_kept_and_capped(course: Course) -> None:
    (result,) = grade(course, submission("print('hello')\nprint('x' * 5000)\n" + RIGHT))
    assert result.output.startswith("hello\nxxx")
    assert len(result.output) <= 2001
    assert result.score == 10.0


FORGE = """
import os, socket, stat, struct, json
def double(x):
    for fd in range(3, 64):
        try:
            if stat.S_ISSOCK(os.fstat(fd).st_mode):
                notes = [{"raised": None, "changed": [], "touched": [], "shared": []}]
                body = json.dumps({"values": [4, None], "notes": notes})
                os.write(fd, NONCE + struct.pack(">II", len(body), 0) + body.encode())
        except OSError:
            pass
    return 4
half = double
"""


@pytest.mark.parametrize("nonce", ["b''", "b'0' * 16", "os.urandom(16)"])
def test_answers_to_no_question_earn_nothing(course: Course, nonce: str) -> None:
    (result,) = grade(course, submission(FORGE.replace("NONCE", nonce)))
    assert result.score == 0.0
    assert "failed" in outcomes(result)


def test_the_secret_changes_the_inputs_and_not_the_verdict(course: Course) -> None:
    spy = "seen = []\ndef double(x):\n    print(x)\n    return 2 * x\ndef half(x):\n    return x / 2\n"
    (first,), (second,) = (grade(course, submission(spy), secret=secret) for secret in (b"a", b"b"))
    assert first.output != second.output
    assert outcomes(first) == outcomes(second)


def test_a_check_without_points_is_the_courses_fault(tmp_path: Path) -> None:
    files = {
        **FILES,
        "graders/m01/test_double.py": FILES["graders/m01/test_double.py"].replace("@pytest.mark.points(2)", ""),
    }
    with pytest.raises(CourseError, match=r"test_half has no points: mark it with @pytest.mark.points\(n\)"):
        grade(make(tmp_path, files), submission(RIGHT))


def test_points_that_do_not_add_up_are_the_courses_fault(tmp_path: Path) -> None:
    files = {**FILES, "exercises/course.toml": FILES["exercises/course.toml"].replace("points = 10", "points = 11")}
    with pytest.raises(CourseError, match=r"the checks of double add up to 10 points; exercises/course.toml says 11"):
        grade(make(tmp_path, files), submission(RIGHT))


@pytest.mark.parametrize(
    ("text", "why"),
    [("import not_there\n", "ModuleNotFoundError"), ("\ndef test_double(:\n", "line 2: SyntaxError: invalid syntax")],
)
def test_a_check_that_cannot_be_collected_is_the_courses_fault(
    tmp_path: Path, text: str, why: str, capfd: pytest.CaptureFixture[str]
) -> None:
    files = {**FILES, "graders/m01/test_double.py": text}
    with pytest.raises(CourseError, match=rf"graders/m01/test_double.py cannot be collected \({why}"):
        grade(make(tmp_path, files), submission(RIGHT))
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("import not_there\n", "line 1, cannot be imported (ModuleNotFoundError: No module named 'not_there')"),
        ("N = 1\nraise ValueError('no')\n", "line 2, cannot be imported (ValueError: no)"),
        ("def double(:\n", "line 1, cannot be imported (SyntaxError: invalid syntax)"),
        ("raise SystemExit\n", "line 1, cannot be imported (SystemExit)"),
    ],
)
def test_a_reference_that_cannot_be_imported_is_the_courses_fault(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(CourseError) as fault:
        grade(make(tmp_path, {**FILES, "solutions/m01/double.py": text}), submission(RIGHT))
    assert str(fault.value) == f"solutions/m01/double.py, {said}"


def test_the_next_code_runs_while_the_last_is_judged(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: dict[str, None] = {}
    begin = HandedIn.begin

    def noting(subject: HandedIn) -> None:
        begun[subject.source.cells[0].source] = None
        begin(subject)

    monkeypatch.setattr(HandedIn, "begin", noting)
    texts = [RIGHT, RIGHT + "# 2\n", "raise SystemExit\n", "import os\nos._exit(3)\n", RIGHT + "# 5\n"]
    waiting = [Job(submission(text), ("double",)) for text in texts]
    judged: list[tuple[float, int]] = []
    come = iter(waiting)
    bench.run(course, come, lambda _, found: judged.append((found[0].score, len(begun))), (), b"s", (),
              lambda: next(come, None))  # fmt: skip
    alone = [one.score for text in texts for one in grade(course, submission(text))]
    assert [score for score, _ in judged] == alone
    # One is ahead, but where there is nothing to judge: the third and the fourth define no function.
    assert [count for _, count in judged] == [2, 3, 3, 4, 5]
    assert list(begun) == texts
