"""`winnow doctor` is silent about a course in order and says one clear line per flaw."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from rich.console import Console

from winnow.checks import call
from winnow.checks.agree import Questions
from winnow.checks.judges import as_right
from winnow.checks.subjects import AskedBatch, Trusted
from winnow.cli import main
from winnow.course import CourseError
from winnow.doctor import independent, mutants
from winnow.doctor.examination import Report, Thoroughness, examine
from winnow.doctor.findings import Findings
from winnow.doctor.memory import Memory
from winnow.doctor.plan import Task
from winnow.doctor.roster import Entry
from winnow.doctor.sheet import ALTERNATIVES
from winnow.doctor.table import lines, table
from winnow.grading.job import Terms
from winnow.record import CheckResult, Counterexample, ExerciseResult
from winnow.worker.observe import Request

from ..support.doctors_course import SOLUTION, alternatives, doctors_course
from ..support.small_course import FILES

SLOPPY_CHECKS = '''
    import pytest
    from winnow.checks import call

    def numbers(rng):
        yield call(float(rng.integers(3, 9)))

    @pytest.mark.points(5)
    def test_any_number(double, agree):
        """twice any number"""
        agree(double, on=numbers)

    @pytest.mark.points(2)
    @pytest.mark.edge
    def test_half(half):
        """half of something"""
        with pytest.raises(TypeError):
            half("text")
'''

MISCONCEPTIONS = '''
    INDISTINGUISHABLE = {("squares", "adds_two"): "they are not, but somebody thought so", ("squares", "gone"): "x"}

    def _text(x):
        return str(x)

    class squares:
        """Twice is not the square: add x to itself."""

        @staticmethod
        def double(x):
            return x * x

    class also_squares:
        """The second of two that no check tells apart."""

        @staticmethod
        def double(x):
            return x**2 if isinstance(x, float) else x * x

    class adds_two:
        """Twice is not two more: multiply."""

        @staticmethod
        def double(x):
            return x + 2

    class subtle:
        """Only at 1000 is it wrong."""

        @staticmethod
        def double(x):
            return 7 if x == 1000 else 2 * x
'''

FLAWS = {
    "graders/m01/test_double.py": SLOPPY_CHECKS,
    "graders/m01/double_misconceptions.py": MISCONCEPTIONS,
    "graders/m01/double_independent.py": "def double_by_guess(x):\n    return 3 * x\n",
    "graders/m01/alternatives/double/style_1.py": "def double(x):\n    return 3 * x\ndef half(x):\n    return x / 2\n",
    "graders/m01/alternatives/double/style_2.py": alternatives(1)["graders/m01/alternatives/double/style_0.py"],
    "solutions/m01/double.py": SOLUTION.replace('"""Twice and half."""', "def _text(x):\n        return x"),
    "graders/m01/double_equivalent_mutants.toml": """
        [[equivalent]]
        operator = "ReplaceBinaryOperator_Mul_Add"
        line = "return 2 * x"
        becomes = "return 2 + x"
        reason = "it is not"

        [[equivalent]]
        operator = "AddNot"
        line = "if no_such_line:"
        becomes = "if not no_such_line:"
        reason = "it was there once"
    """,
}


def examined(root: Path, changes: dict[str, str], right: int, seeds: int) -> Report:
    course = doctors_course(root, changes, right)
    return examine(course, course.exercises, Thoroughness(seeds, True, ()), processes=1)


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return examined(tmp_path_factory.mktemp("healthy"), {}, 8, 2)


@pytest.fixture(scope="module")
def flawed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return list(lines(examined(tmp_path_factory.mktemp("flawed"), FLAWS, 3, 1)))


def test_a_course_in_order_has_no_failures(healthy: Report) -> None:
    assert list(lines(healthy)) == []
    assert healthy.healthy


def test_the_figures_of_a_course_in_order(healthy: Report) -> None:
    figures = healthy.sheets[0].figures()
    assert figures["misconceptions"] == {"all": 2, "caught": 2, "named": 2}
    assert figures["alternatives"] == {"all": 8, "accepted": 8}
    assert figures["impostors"]["earning"] == 0
    assert figures["same_verdict_for_all_seeds"] is True
    assert all(figures["definitions"].values())
    assert figures["mutants"]["all"] == figures["mutants"]["killed"] > 10
    assert json.loads(json.dumps(figures)) == figures


def test_the_table_has_a_row_per_exercise(healthy: Report) -> None:
    assert table(healthy).row_count == 1


def test_the_figures_of_an_exercise_with_a_long_name_stay_whole_in_80_columns(healthy: Report) -> None:
    long = replace(
        healthy.sheets[0], exercise="cross_entropy_logits", misconceptions=24, named=24, alternatives=16, accepted=16
    )
    told = io.StringIO()
    Console(file=told, width=80).print(table(replace(healthy, sheets=(long,))))
    assert "…" not in told.getvalue()
    assert "24/24" in told.getvalue()


@pytest.mark.parametrize(
    "said",
    [
        "double: alternative style_1, which is right, has failed test_examples",
        "double: misconception subtle is not caught: no check fails",
        "double: misconception also_squares is named as squares by",
        "double: a function that raises TypeError passes test_half (2 points for nothing)",
        f"double: there are 3 right answers, and {ALTERNATIVES} are needed; write more in graders/m01/double_right.py",
        "double: right answers style_0 and style_2 are the same",
        "double: squares and adds_two are declared indistinguishable, and are told apart",
        "double: a pair is declared indistinguishable that names gone, which is no misconception",
        "double: the solution and what is graded behind it both define _text, differently; rename one",
        "by double_by_guess (the value is wrong)",
        "double: half has no independent definition: write half_by_STYLE in double_right.py",
        "double: declared equivalent, but killed: ReplaceBinaryOperator_Mul_Add",
        "double: declared equivalent, but there is no such mutant: AddNot, `if no_such_line:`",
        "mutants survive",
        "survives: double.py:",
    ],
)
def test_each_flaw_is_said_in_one_line(flawed: list[str], said: str) -> None:
    assert [line for line in flawed if said in line], "\n".join(flawed)


def check(name: str, outcome: str, *named: str, shown: bool = True) -> CheckResult:
    example = Counterexample("double(1)", "1", "2") if shown and outcome == "failed" else None
    points = 5.0 * (outcome == "passed")
    return CheckResult(name, name, "hidden", outcome, points, 5.0, "", example, named)  # type: ignore[arg-type]


def told(tmp_path: Path, kind: str, *by_seed: tuple[CheckResult, ...]) -> list[str]:
    """What is said of an entry whose checks came out so with one seed after another."""
    gathered = Findings.of(doctors_course(tmp_path).exercises[0], len(by_seed))
    for seed, checks in enumerate(by_seed):
        entry = Entry("double", kind, "squares", ())  # type: ignore[arg-type]
        named = tuple(name for one in checks for name in one.misconceptions)
        score = sum(one.score for one in checks)
        result = ExerciseResult("double", "graded", score, 5.0 * len(checks), checks, named)
        gathered.add(Task(entry, seed, Terms(examples=seed == 0)), result)
    assert gathered.steady == all(" (with seed" not in line for line in gathered.sentences())
    return list(gathered.sentences())


def test_every_check_that_a_right_answer_fails_is_said_with_its_seeds(tmp_path: Path) -> None:
    right = check("test_a", "passed"), check("test_b", "passed")
    wrong = check("test_a", "failed"), check("test_b", "failed")
    half = check("test_a", "failed"), check("test_b", "passed")
    assert told(tmp_path, "alternative", right, right, right) == []
    assert told(tmp_path, "alternative", half, wrong, half) == [
        "alternative squares, which is right, has failed test_a: double(1) returned 1, expected 2",
        "alternative squares, which is right, has failed test_b (with seed 1 of 0 to 2): "
        "double(1) returned 1, expected 2",
    ]


def test_a_solution_slower_than_a_mutant_may_be_is_a_fault(tmp_path: Path) -> None:
    assert told(tmp_path, "hurried", (check("test_a", "passed"),)) == []
    (line,) = told(tmp_path, "hurried", (check("test_a", "failed"),))
    assert line.startswith("the solution does not pass in the time that a mutant has")


def test_a_misconception_keeps_its_name_whatever_the_seed(tmp_path: Path) -> None:
    named = (check("test_a", "failed", "squares"),)
    other = (check("test_a", "passed"), check("test_b", "failed", "squares"))
    assert told(tmp_path, "misconception", named, other) == []
    for wrong, said in {
        (check("test_a", "passed"),): "misconception squares is not caught: no check fails",
        (check("test_a", "failed"),): "misconception squares is caught by test_a and not named",
        (check("test_a", "failed", "adds_two"),): "misconception squares is named as adds_two by test_a",
    }.items():
        (line,) = told(tmp_path, "misconception", named, named, wrong, wrong)
        assert line.startswith(said)
        assert "(with seeds 2 and 3 of 0 to 3)" in line


def test_a_misconception_that_no_small_example_shows_is_a_fault(tmp_path: Path) -> None:
    unseen = (check("test_a", "failed", "squares", shown=False),)
    (line,) = told(tmp_path, "misconception", unseen, unseen)
    assert line.startswith("no small example shows misconception squares, which fails test_a")


def test_examples_are_looked_for_where_a_learner_is_shown_them(tmp_path: Path) -> None:
    hidden, public = "graders/m01/test_double.py", "exercises/m01/test_double.py"
    blind = FILES[hidden].replace("st.integers(-3, 3)", "st.just(2)")
    plain = FILES[public].replace("            assert double(-1.5) == pytest.approx(-3.0)\n", "")
    assert (blind, plain) != (FILES[hidden], FILES[public])
    said = list(lines(examined(tmp_path, {hidden: blind, public: plain}, 8, 1)))
    assert [line.partition(":")[2].partition(",")[0] for line in said] == [
        " no small example shows misconception squares",
        " no small example shows misconception adds_two",
    ]


@pytest.mark.parametrize(
    ("small", "said"),
    [
        (
            lambda: st.just(call(lambda: 0)),
            "cannot be asked: argument number 1 of call 1 holds a function",
        ),
        (lambda: st.integers(0, 0), "cannot be drawn: AttributeError"),
        (lambda: st.sampled_from([]), "cannot be drawn: "),
        (lambda: st.integers().filter(lambda x: False), "cannot be drawn: "),
        (lambda: 1 / 0, "cannot be drawn: ZeroDivisionError"),
    ],
)
def test_small_calls_that_cannot_be_asked_are_a_fault_of_the_course(
    tmp_path: Path, small: Callable[[], Any], said: str
) -> None:
    (exercise,) = doctors_course(tmp_path).exercises
    reference = Trusted({"double": lambda x: 2 * x})
    questions = Questions(b"", reference)
    question = questions.question("", "test_any/1", lambda rng: [call(2)], lambda *_: None, small, Request("double"))
    with pytest.raises(CourseError) as caught:
        independent.compare_all(exercise, reference, [AskedBatch(question.batch, question.right, question)])
    assert f"graders/m01/test_double.py: the small calls of test_any/1 {said}" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_right_answers_are_right_on_small_calls_in_all_that_a_check_watches(tmp_path: Path) -> None:
    growing = "def double_by_growing(x):\n    x *= 2\n    return list(x)\n"
    (exercise,) = doctors_course(tmp_path, {"graders/m01/double_right.py": growing}).exercises
    reference = Trusted({"double": lambda x: 2 * x})
    request = Request("double", unchanged=True)
    question = Questions(b"", reference).question(
        "", "test_any/1", lambda rng: [call(2)], as_right, lambda: st.just(call([1])), request
    )
    found = independent.compare_all(exercise, reference, [AskedBatch(question.batch, question.right, question)])
    (difference,) = next(one.differences for one in found if one.definition == "double_by_growing")
    assert "the call changed its argument number 1" in difference


def test_what_is_unchanged_is_not_examined_again(tmp_path: Path) -> None:
    course, asked = doctors_course(tmp_path / "course", right=ALTERNATIVES - 1), Thoroughness(1, False, ())

    def report(fresh: bool = False) -> Report:
        memory = Memory(tmp_path / "memory" / "doctor.sqlite", fresh)
        assert memory.remark == ""
        return examine(course, course.exercises, asked, processes=1, memory=memory)

    first, again, fresh = report(), report(), report(fresh=True)
    assert [one.remembered for one in (first, again, fresh)] == [0, 1, 0]
    assert first.sheets == again.sheets == fresh.sheets
    assert not again.healthy


def test_findings_follow_from_the_files_of_the_exercise_and_how_it_is_examined(tmp_path: Path) -> None:
    course, asked = doctors_course(tmp_path), Thoroughness(1, False, ())
    exercise = course.exercises[0]
    digests = [asked.digest(course, exercise)]
    for name, text in {
        "exercises/m01/double.py": "def double(x):\n    return 0\n",
        "graders/m01/alternatives/double/style_7.py": "def double(x):\n    return x + x\n",
        "graders/m01/double_judge.py": "import shared\n",
        "graders/m01/shared.py": "from elsewhere import X\n",
        "graders/m02/elsewhere.py": "X = 1\n",
        "graders/m01/numbers.csv": "1,2\n",
    }.items():
        path = course.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        digests.append(asked.digest(course, exercise))
    digests += [
        other.digest(course, exercise)
        for other in (Thoroughness(2, False, ()), Thoroughness(1, True, ()), Thoroughness(1, False, ("x",)))
    ]
    digests.append(asked.digest(course, replace(exercise, hints=("another",))))
    assert len(set(digests)) == len(digests) == 11
    before = asked.digest(course, exercise)
    (course.root / "graders" / "m01" / "test_other.py").write_text("import double_judge\n", encoding="utf-8")
    assert asked.digest(course, exercise) == before


def test_a_memory_that_cannot_be_used_is_said_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "doctor.sqlite").write_text("this is no database, and long enough to be seen as none\n" * 20)
    memory = Memory(tmp_path / "doctor.sqlite")
    assert "cannot be used" in memory.remark
    memory.keep("a", "double", "found")
    assert memory.find("a") == "found"


def test_the_command_prints_figures_and_exits_1_on_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    doctors_course(tmp_path, right=ALTERNATIVES - 1)
    monkeypatch.setenv("WINNOW_COURSE", str(tmp_path))
    status = main(["doctor", "double", "--json", "--seeds=1", "--jobs=1", "--no-mutants", "--sandbox=off"])
    data = json.loads(capsys.readouterr().out)
    assert status == 1
    assert data["healthy"] is False
    assert data["exercises"][0]["failures"] == [
        f"there are {ALTERNATIVES - 1} right answers, and {ALTERNATIVES} are needed; "
        "write more in graders/m01/double_right.py"
    ]
    assert "mutants" not in data["exercises"][0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["triple"], "there is no exercise"),
        (["--seeds=0"], "must be at least 1"),
        ([], "pip install cosmic-ray"),
    ],
)
def test_what_cannot_be_examined_is_wrong_usage(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    doctors_course(tmp_path)
    monkeypatch.setenv("WINNOW_COURSE", str(tmp_path))
    monkeypatch.setattr(mutants, "have_operators", lambda: bool(arguments))
    assert main(["doctor", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_a_learners_copy_cannot_be_examined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from ..support.small_course import make

    make(tmp_path, {name: text for name, text in FILES.items() if name.startswith("exercises/")})
    monkeypatch.setenv("WINNOW_COURSE", str(tmp_path))
    assert main(["doctor"]) == 2
    assert "a learner's copy" in capsys.readouterr().err
