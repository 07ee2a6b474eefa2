"""Why a hidden check failed: what a learner is told of it, with an example that is this learner's own answer."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from winnow.checks import call, judges, same
from winnow.checks.agree import DisagreementError, HiddenQuestion
from winnow.checks.calls import Batch
from winnow.checks.modules import load_module
from winnow.checks.recipes import InTurn
from winnow.checks.subjects import AbsentError, AskedBatch, Subject, Transcript, Trusted
from winnow.course import Course
from winnow.diagnosis.cures import cure
from winnow.diagnosis.hidden import AFTER, RAISED_ELSEWHERE, Diagnosis
from winnow.diagnosis.model import Failure, Finding
from winnow.diagnosis.trials import LAID_OUT, REMEMBERED
from winnow.errors import NurseryError
from winnow.record import EXPLAINED
from winnow.worker.observe import Observation, Request, describe

from ..support.small_course import FILES, make

CALLS = (3.0, -1.5, 0.25)
DOUBLE = Request("double")


@pytest.fixture
def diagnosis(tmp_path: Path) -> Diagnosis:
    return beginning(make(tmp_path))


def beginning(course: Course) -> Diagnosis:
    (exercise,) = course.exercises
    reference = load_module(exercise.solution, "reference_of_double")
    return Diagnosis(exercise, Trusted({name: getattr(reference, name) for name in exercise.functions}))


def small() -> Any:
    strategies = pytest.importorskip("hypothesis").strategies
    return strategies.integers(-3, 3).map(call)


def failure(
    diagnosis: Diagnosis,
    subject: Subject,
    request: Request = DOUBLE,
    asked: Sequence[Any] = CALLS,
    small: Callable[[], Any] = small,
    judge: judges.Judge = lambda _, got, want: same(got, want),
) -> Failure:
    """What a hidden check fails with that asks `subject` for twice some numbers."""
    batch = Batch(request, [call(one) for one in asked])
    right = tuple(diagnosis.known.reference.ask(batch))
    question = HiddenQuestion(batch, right, judge, small, "test_any_number")
    seen = tuple(subject.ask(batch))
    error = DisagreementError(question, seen, question.problems(seen))
    return Failure("test_any_number", "hidden", error, Transcript([AskedBatch(batch, seen, question)]))


def told(diagnosis: Diagnosis, double: Callable[[Any], Any], examples: bool = True) -> Finding:
    subject = Trusted({"double": double, "half": lambda x: x / 2})
    return diagnosis.explain({0: failure(diagnosis, subject)}, (), subject, examples)[0]


def test_a_misconception_is_named_with_its_sentence_and_the_smallest_example(diagnosis: Diagnosis) -> None:
    found = told(diagnosis, lambda x: x * x)
    assert (found.misconceptions, found.why) == (("squares",), "Twice is not the square: add x to itself.")
    assert found.counterexample is not None
    shown = found.counterexample
    assert (shown.called, shown.returned, shown.expected) == ("double(1)", "1", "2")


def test_two_misconceptions_are_named_unless_the_learner_is_right_where_one_errs(diagnosis: Diagnosis) -> None:
    assert told(diagnosis, lambda x: x * x if x > 0 else x + 2).misconceptions == ("squares", "adds_two")
    right_at_a_quarter = told(diagnosis, lambda x: x * x if x > 1 else x + 2 if x < 0 else 2 * x)
    assert right_at_a_quarter.misconceptions == ()


def test_two_misconceptions_are_not_named_of_whom_another_check_knows_better(diagnosis: Diagnosis) -> None:
    subject = Trusted({"double": lambda x: 2 * x if x > 5 else x * x if x > 0 else x + 2})
    wrong = failure(diagnosis, subject)
    assert diagnosis.explain({0: wrong}, (), subject)[0].misconceptions == ("squares", "adds_two")
    batch = Batch(DOUBLE, [call(7.0)])
    passed = AskedBatch(batch, subject.ask(batch))
    assert diagnosis.explain({0: wrong}, [Transcript([passed])], subject)[0].misconceptions == ()


def test_a_check_says_more_of_a_shape_than_that_it_is_wrong(diagnosis: Diagnosis) -> None:
    subject = Trusted({"double": lambda x: np.zeros(2)})
    wrong = failure(diagnosis, subject, asked=[np.zeros(3)], judge=lambda *_: "two numbers are no three")
    assert diagnosis.explain({0: wrong}, (), subject, examples=False)[0].why == "Two numbers are no three."


def test_a_series_of_another_name_is_a_misconceptions_all_the_same(diagnosis: Diagnosis) -> None:
    subject = Trusted({"double": lambda x: (x + 2).rename("by the learner")})
    wrong = failure(diagnosis, subject, asked=[pd.Series([3.0, 5.0])], small=InTurn([call(pd.Series([1.0]))]))
    assert diagnosis.explain({0: wrong}, (), subject)[0].misconceptions == ("adds_two",)


@pytest.mark.parametrize(
    ("elsewhere", "names"),
    [
        (lambda x: x + 2, ()),
        (lambda x: x + 2 if x < 7 else x * x, ("squares",)),
        (lambda x: x + 2 if x < 5 else x * x + 2, ("squares",)),
    ],
)
def test_what_one_answer_has_by_chance_with_a_misconception_is_not_named(
    diagnosis: Diagnosis, elsewhere: Callable[[float], float], names: tuple[str, ...]
) -> None:
    subject = Trusted({"double": lambda x: x * x if x == 1.5 else elsewhere(x)})
    first = failure(diagnosis, subject, asked=[3.0])
    one, others = failure(diagnosis, subject, asked=[1.5]), failure(diagnosis, subject, asked=[3.0, 4.0, 5.0, 6.0, 7.0])
    found = diagnosis.explain({0: first, 1: one, 2: others}, (), subject)
    assert found[0].misconceptions == ("adds_two",)
    assert found[1].misconceptions == names


CHANGES = """
[adds_one]
why = "Nothing is added."
"2 * x" = "2 * x + 1"

[halved]
why = "Twice is not the half."
"def double(x):" = "def double(x):\\n    x = x / 4"
"""


def test_two_changes_at_once_in_one_function_are_told_after_one_was_met_alone(tmp_path: Path) -> None:
    changes = {"graders/m01/double_misconceptions.toml": CHANGES}
    plain = {name: text for name, text in FILES.items() if "misconceptions" not in name}
    of_changes = beginning(make(tmp_path, plain | changes))
    subject = Trusted({"double": lambda x: x / 2 + 1})
    alone = failure(of_changes, subject, asked=[0.0])
    both = failure(of_changes, subject, asked=[3.0, 5.0])
    others = failure(of_changes, subject, asked=[1.0, 2.0, 3.0, 4.0, 5.0])
    found = of_changes.explain({0: alone, 1: both, 2: others}, (), subject)
    assert [one.misconceptions for one in found.values()] == [("adds_one",), *2 * [("adds_one", "halved")]]
    assert found[1].why == "Two things at once. Nothing is added. Twice is not the half."
    earlier = of_changes.explain({0: both, 1: alone, 2: others}, (), subject)
    assert [one.misconceptions for one in earlier.values()] == [found[at].misconceptions for at in (1, 0, 2)]
    here = Trusted({"double": lambda x: x / 2 + 1 if x == 3 else 7 * x + 1})
    alone, both = (failure(of_changes, here, asked=[one]) for one in (0.0, 3.0))
    others = failure(of_changes, here, asked=[1.0, 2.0, 4.0, 5.0, 6.0])
    assert of_changes.explain({0: alone, 1: both, 2: others}, (), here)[1].misconceptions == ()


def test_an_exception_beside_an_example_that_returns_is_said_to_come_elsewhere(diagnosis: Diagnosis) -> None:
    found = told(diagnosis, lambda x: x.nothing if isinstance(x, float) else 7 * x + 1)
    assert found.counterexample is not None
    assert found.counterexample.came == "Returned"
    assert found.why.startswith(f"{RAISED_ELSEWHERE} Your code raised AttributeError")


def test_an_unknown_mistake_is_related_to_the_right_answers(diagnosis: Diagnosis) -> None:
    found = told(diagnosis, lambda x: -2 * x)
    assert found.misconceptions == ()
    assert "sign" in found.why
    assert found.counterexample is not None
    assert found.counterexample.called == "double(1)"


def test_an_exception_is_told_in_place_of_a_relation(diagnosis: Diagnosis) -> None:
    assert told(diagnosis, lambda x: x.nothing).why.startswith("Your code raised AttributeError")


def test_an_exception_is_told_with_what_to_do_about_it(diagnosis: Diagnosis) -> None:
    assert told(diagnosis, lambda x: x / 0).why.endswith("What is divided by may be 0 here: which case is that?")


def test_an_exception_is_that_of_the_example_beside_it(diagnosis: Diagnosis) -> None:
    found = told(diagnosis, lambda x: {}[f"no {x}"])
    assert found.counterexample is not None
    assert found.counterexample.returned == "KeyError: 'no 0'"
    assert found.why.startswith("Your code raised KeyError: 'no 0'.")


def write_by_label() -> None:
    series = pd.Series([1.0, 2.0], index=[3, 3])
    series.loc[[3]] = np.ones(3)


@pytest.mark.parametrize(
    ("slip", "cured"),
    [
        (write_by_label, "Labels of an index may repeat"),
        (lambda: np.nditer(np.ones(0)), "np.nditer refuses an array without elements"),
    ],
)
def test_what_libraries_refuse_is_told_in_other_words(slip: Callable[[], Any], cured: str) -> None:
    with pytest.raises(ValueError, match=r"list-like indexer|zero-sized") as met:
        slip()
    assert cure(describe(met.value, frozenset())).startswith(cured)


@pytest.mark.parametrize(
    ("refused", "why"),
    [
        (
            AssertionError("a text"),
            "An assert raises AssertionError: write `if ...: raise TypeError(...)` there.",
        ),
        (RuntimeError("shape '[3]' is invalid for input of size 4"), "Look for this case first, and raise TypeError: "),
        (TypeError("no"), "The exception is right, and its message is not. The message does not name what it should."),
    ],
)
def test_another_exception_than_the_one_asked_for_is_told_as_that(
    diagnosis: Diagnosis, refused: Exception, why: str
) -> None:
    def half(x: Any) -> Any:
        if isinstance(x, str):
            raise refused
        return x / 2

    judge = judges.mentions(lambda _: ["text"])
    subject = Trusted({"half": half})
    lacks = failure(diagnosis, subject, Request("half"), ["hidden", 3.0], InTurn([call("few")]), judge)
    assert why in diagnosis.explain({0: lacks}, (), subject)[0].why


def test_what_is_peculiar_about_inputs_is_no_reason_where_others_show_the_mistake(diagnosis: Diagnosis) -> None:
    judge = judges.because("numbers may be large")
    subject = Trusted({"double": lambda x: x**4 + 1, "half": lambda x: x / 2})
    large = failure(diagnosis, subject, asked=(1e6, 1e7), judge=judge)
    assert diagnosis.explain({0: large}, (), subject)[0].why == "The value is wrong: numbers may be large."
    ordinary = failure(diagnosis, subject)
    found = diagnosis.explain({0: ordinary, 1: large}, (), subject)
    assert [one.why for one in found.values()] == ["The value is wrong."] * 2


def test_what_a_library_has_not_implemented_is_no_line_of_the_stub() -> None:
    written = NotImplementedError("Cannot copy out of meta tensor; no data!")
    assert cure(describe(written, frozenset())).startswith("Numbers go from one device to another here")
    assert cure(describe(NotImplementedError("no such kernel"), frozenset())) == ""
    assert "still in the function" in cure(describe(NotImplementedError("mae is not written yet"), frozenset()))


def test_an_answer_that_an_earlier_call_left_behind_is_told_as_that(diagnosis: Diagnosis) -> None:
    kept: dict[int, Any] = {}

    def double(x: Any) -> Any:
        return kept.setdefault(id(x), (x, 2 * x))[1]

    subject = Trusted({"double": double})
    arrays = [np.arange(3.0) + start for start in (1, 5)]
    few = InTurn([call(np.ones(2))])
    remembered = failure(diagnosis, subject, Request("double", alone=True), arrays, few)
    found = diagnosis.explain({0: remembered}, (), subject)[0]
    assert found.why == REMEMBERED
    assert found.counterexample is not None
    assert found.counterexample.called == f"double(np.array([1.0, 1.0])), {AFTER}"
    triple = Trusted({"double": lambda x: 3 * x})
    always = failure(diagnosis, triple, Request("double", alone=True), arrays, few)
    assert diagnosis.explain({0: always}, (), triple)[0].why != REMEMBERED
    # Whoever draws from a global generator is told of that, however other the numbers are.
    drawing = Trusted({"double": lambda x: x + random.random()})
    drawn = judges.holds(lambda call, value: None, drawn=True)
    touched = failure(diagnosis, drawing, Request("double", alone=True), arrays, few, drawn)
    assert diagnosis.explain({0: touched}, (), drawing)[0].why == "The call changed Python's global generator."


def test_an_answer_that_goes_by_places_in_memory_is_told_as_that(diagnosis: Diagnosis) -> None:
    subject = Trusted({"double": lambda x: 2 * x.ravel("K").reshape(x.shape)})
    turned = np.asfortranarray(np.arange(6.0).reshape(2, 3))
    wrong = failure(diagnosis, subject, DOUBLE, [np.ones(2), turned], InTurn([call(turned)]))
    assert diagnosis.explain({0: wrong}, (), subject)[0].why == LAID_OUT
    triple = Trusted({"double": lambda x: 3 * x})
    always = failure(diagnosis, triple, DOUBLE, [turned], InTurn([call(turned)]))
    assert diagnosis.explain({0: always}, (), triple)[0].why != LAID_OUT


def test_where_nothing_is_refused_the_rule_is_told_and_none_of_the_inputs(diagnosis: Diagnosis) -> None:
    subject = Trusted({"half": lambda x: 0.5 if isinstance(x, str) else x / 2})
    lacks = failure(diagnosis, subject, Request("half"), ["hidden", 3.0], InTurn([call("few")]))
    found = diagnosis.explain({0: lacks}, (), subject)[0]
    assert found.why == "TypeError should be raised here: a text has no half."
    assert "hidden" not in str(found)


def test_without_an_example_nothing_is_said_to_be_here(diagnosis: Diagnosis) -> None:
    subject = Trusted({"half": lambda x: 0.5 if isinstance(x, str) else x / 2})
    lacks = failure(diagnosis, subject, Request("half"), ["hidden", 3.0], InTurn([call(4.0)]))
    found = diagnosis.explain({0: lacks}, (), subject)[0]
    assert found.counterexample is None
    assert found.why == "TypeError should be raised in a case that the statement names, and something was returned."


def test_what_is_said_is_of_the_example_beside_it(diagnosis: Diagnosis) -> None:
    subject = Trusted({"double": lambda x: -1e9 if x == 3 else x**3 + 1})
    judge = judges.holds(lambda _, value: "it is far below 0" if value < -1e6 else "it is not twice the number")
    found = diagnosis.explain({0: failure(diagnosis, subject, judge=judge, small=InTurn([call(2)]))}, (), subject)[0]
    assert found.counterexample is not None
    assert found.counterexample.called == "double(2)"
    assert found.why == "It is not twice the number."


def test_the_inputs_of_the_check_are_never_shown(diagnosis: Diagnosis) -> None:
    for wrong in (lambda x: x * x, lambda x: -2 * x, lambda x: 2 * x + 1e-3):
        found = told(diagnosis, wrong)
        assert not any(str(number) in f"{found.why} {found.counterexample}" for number in (-1.5, 0.25))


def test_without_examples_the_reason_is_told_alone(diagnosis: Diagnosis) -> None:
    found = told(diagnosis, lambda x: x * x, examples=False)
    assert (found.misconceptions, found.counterexample) == (("squares",), None)


def test_the_same_mistake_is_shown_by_each_learners_own_answer(diagnosis: Diagnosis) -> None:
    assert told(diagnosis, lambda x: x * x).counterexample == told(diagnosis, lambda x: x**2).counterexample
    floats = told(diagnosis, lambda x: float(x * x)).counterexample
    assert floats is not None
    assert floats.returned == "1.0"


def test_of_many_failures_the_first_have_an_example(diagnosis: Diagnosis) -> None:
    subject = Trusted({"double": lambda x: -2 * x, "half": lambda x: x / 2})
    failures = dict.fromkeys(range(EXPLAINED + 2), failure(diagnosis, subject))
    found = diagnosis.explain(failures, (), subject)
    assert [at for at, one in found.items() if one.counterexample] == list(range(EXPLAINED))


def test_a_function_that_is_not_there_is_told_as_it_is(diagnosis: Diagnosis) -> None:
    missing = Failure("test_any_number", "hidden", AbsentError("there is no function double"), Transcript())
    found = diagnosis.explain({0: missing}, (), Trusted({}))[0]
    assert found == Finding("There is no function double.")


def test_a_part_that_cannot_be_found_is_noted_by_its_type_and_the_rest_is_told(
    diagnosis: Diagnosis, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise KeyError("6.0 is the right answer")

    monkeypatch.setattr(diagnosis.known, "match", fails)
    found = told(diagnosis, lambda x: -2 * x)
    assert found.trouble == "KeyError"
    assert "sign" in found.why


def test_a_worker_that_cannot_be_started_is_no_finding(diagnosis: Diagnosis) -> None:
    class Gone:
        def ask(self, batch: Batch) -> list[Observation]:
            raise NurseryError("no worker can be started")

    wrong = failure(diagnosis, Trusted({"double": lambda x: -2 * x}))
    with pytest.raises(NurseryError):
        diagnosis.explain({0: wrong}, (), Gone())
