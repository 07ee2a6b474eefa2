"""A driver calls the learner's function beside it, and what it returns is judged like any answer."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from winnow.checks import driver
from winnow.checks.calls import Batch, Call
from winnow.checks.subjects import Trusted
from winnow.course import Course, CourseError
from winnow.diagnosis import show
from winnow.record import ExerciseResult
from winnow.worker.wire import Incomparable

from ..support import small_course

HIDDEN = '''
import pytest
from hypothesis import strategies as st
from winnow.checks import call, driver

@driver(shows="double(lambda: {x})")
def of_what_it_gives(double, x):
    return double(lambda: x)

def numbers(rng):
    for _ in range(5):
        yield call(float(rng.normal()))

@pytest.mark.points(5)
def test_any_number(double, agree):
    """twice what the function gives"""
    agree(double, on=numbers, small=lambda: st.integers(-3, 3).map(call), through=of_what_it_gives)

@driver(shows="list(half(range({n})))")
def all_halves(half, n):
    import itertools
    return list(itertools.islice(half(range(n)), 50))

def counts(rng):
    yield call(3)
    yield call(5)

@pytest.mark.points(2)
@pytest.mark.edge
def test_half(half, agree):
    """half of each of many"""
    agree(half, on=counts, small=lambda: st.integers(-1, 3).map(call), through=all_halves)
'''
PUBLIC = '''
import pytest
from winnow.checks import driver

@driver(shows="double(lambda: {x})")
def of_what_it_gives(double, x):
    return double(lambda: x)

@driver(shows="list(half(range({n})))")
def all_halves(half, n):
    return list(half(range(n)))

@pytest.mark.points(3)
def test_examples(double, half):
    """worked examples"""
    assert of_what_it_gives(double, 2) == 4
    assert all_halves(half, 3) == [0.0, 0.5, 1.0]
    with pytest.raises(ValueError):
        all_halves(half, 0)
'''
RIGHT = """
def double(f):
    return 2 * f()

def half(numbers):
    if not len(numbers):
        raise ValueError("no number")
    for number in numbers:
        yield number / 2
"""
FILES = small_course.FILES | {
    "exercises/m01/test_double.py": PUBLIC,
    "graders/m01/test_double.py": HIDDEN,
    "solutions/m01/double.py": RIGHT,
    "graders/m01/double_misconceptions.py": '''
class squares:
    """Twice is not the square: add x to itself."""

    @staticmethod
    def double(f):
        return f() * f()
''',
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return small_course.make(tmp_path_factory.mktemp("course"), FILES)


def graded(course: Course, text: str) -> ExerciseResult:
    (result,) = small_course.grade(course, small_course.submission(text))
    return result


def outcomes(result: ExerciseResult) -> dict[str, str]:
    return {check.name: check.outcome for check in result.checks}


def test_a_function_is_passed_and_an_iterator_is_drained(course: Course) -> None:
    result = graded(course, RIGHT)
    assert result.score == 10, result


def test_a_learner_reads_their_own_call_and_the_misconception_is_named(course: Course) -> None:
    result = graded(course, RIGHT.replace("2 * f()", "f() * f()"))
    check = next(one for one in result.checks if one.name == "test_any_number")
    assert check.misconceptions == ("squares",)
    assert check.counterexample is not None
    assert check.counterexample.called == "double(lambda: 1)"
    assert (check.counterexample.returned, check.counterexample.expected) == ("1", "2")
    public = next(one for one in result.checks if one.name == "test_examples")
    assert public.outcome == "passed"


@pytest.mark.parametrize("closed", ["", 'closed = ["numpy.linalg.norm"]\n'])
def test_what_a_driver_stumbles_over_is_no_refusal(tmp_path: Path, closed: str) -> None:
    course = make(tmp_path, **{"exercises__course.toml": small_course.CATALOGUE.replace("hints =", f"{closed}hints =")})
    # `list` of a tuple of texts is fine, of None a TypeError of the driver's: neither is the learner's ValueError.
    text = RIGHT.replace("        yield number / 2", "        pass")
    result = graded(course, text)
    assert outcomes(result) == {"test_examples": "failed", "test_any_number": "passed", "test_half": "failed"}
    check = next(one for one in result.checks if one.name == "test_half")
    assert check.counterexample is not None
    assert "a value of type NoneType" in check.counterexample.returned


@driver
def pair(double: Any, x: Any) -> Any:
    one, other = double(x)
    return [one, other]


@pytest.mark.parametrize("function", [lambda x: (1, 2, 3), lambda x: 7, lambda x: None])
def test_an_exception_of_the_drivers_own_is_no_exception_of_the_functions(function: Any) -> None:
    (seen,) = Trusted({"double": function}).ask(Batch(pair.request("double"), [Call((1,))]))
    assert seen.raised is None
    assert isinstance(seen.value, Incomparable)


def test_an_exception_of_the_functions_is_the_functions_also_when_it_comes_late() -> None:
    def late(x: int) -> Any:
        yield 1
        raise ValueError("late")

    (seen,) = Trusted({"double": late}).ask(Batch(pair.request("double"), [Call((1,))]))
    assert seen.raised is not None
    assert seen.raised.text == "late"


@driver(shows="step({{}}, {kind}, **{options})")
def step(double: Any, kind: Any, options: Any) -> Any:
    return double({}, kind, **options)


@pytest.mark.parametrize(
    ("options", "shown"),
    [({}, "step({}, 'sgd')"), ({"beta": 0.5, "of": {}}, "step({}, 'sgd', beta=0.5, of={})")],
)
def test_options_are_shown_as_they_are_typed(options: dict[str, Any], shown: str) -> None:
    assert show.asked(step.request("double"), Call(("sgd", options))) == shown


@driver
def drawn(double: Any, rng: Any) -> Any:
    value = double(rng)
    return {"value": value, "after": rng.bit_generator.state["state"]["state"], "next": rng.normal()}


def test_a_generator_travels_with_its_state_and_its_children() -> None:
    rng = np.random.default_rng(5)
    rng.integers(10, size=3)
    batch = Batch(drawn.request("double"), [Call((rng,))])
    (once,), (again,) = (Trusted({"double": lambda rng: rng.normal()}).ask(batch) for _ in range(2))
    assert once == again
    assert once.value["value"] == _third(5)
    (((copy,), _),) = batch.fresh()
    assert copy.spawn(1)[0].random() == np.random.default_rng(5).spawn(1)[0].random()


def _third(seed: int) -> float:
    rng = np.random.default_rng(seed)
    rng.integers(10, size=3)
    return float(rng.normal())


def test_a_call_leaves_the_namespace_of_the_next_driver_alone() -> None:
    def meddles(x: int) -> Any:
        sys._getframe(2).f_globals["len"] = lambda thing: 0
        return (x, x)

    batch = Batch(counted.request("double"), [Call((1,)), Call((1,))])
    first, second = Trusted({"double": meddles}).ask(batch)
    assert second.value == first.value


@driver
def counted(double: Any, x: int) -> Any:
    before = len([1, 2])
    double(x)
    return before


class Unlike(np.ndarray):
    """An array that says it shares no memory, and that nobody can write into."""

    def __setitem__(self, key: Any, value: Any) -> None:
        pass

    def __array_function__(self, function: Any, types: Any, args: Any, kwargs: Any) -> Any:
        return False


class Hidden(torch.Tensor):
    """A tensor that says it has no graph, and comes as a copy to whoever detaches it."""

    requires_grad = property(lambda self: False)  # type: ignore[assignment]

    def detach(self) -> Any:
        return torch.zeros(self.shape)

    @classmethod
    def __torch_function__(cls, function: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return torch.zeros(2)


class Pair(list[Any]):
    pass


class Otherwise(dict[str, Any]):
    """A dictionary that gives something else than it holds."""

    def __getitem__(self, key: str) -> Any:
        array, tensor = super().__getitem__(key)
        return array.view(Unlike), tensor.as_subclass(Hidden)


@driver
def looked_at(double: Any, x: Any) -> Any:
    import numpy as np
    import torch

    given = torch.ones(2, requires_grad=True)
    found = double(x, given)
    array, tensor = found["both"]
    shared = bool(np.shares_memory(array, x))
    array[...] = 7.0
    return [shared, x.tolist(), tensor.requires_grad, tensor.detach().data_ptr() == given.data_ptr()]


def test_a_driver_sees_memory_and_graph_whatever_class_a_result_has() -> None:
    batch = Batch(looked_at.request("double"), [Call((np.zeros(2),))])
    pretending = lambda x, given: {"both": (x.view(Unlike), given.as_subclass(Hidden))}  # noqa: E731
    plain = lambda x, given: {"both": (x, given)}  # noqa: E731
    held = lambda x, given: defaultdict(list, both=Pair((x.view(Unlike), given.as_subclass(Hidden))))  # noqa: E731
    looked_up = lambda x, given: Otherwise(both=(x, given))  # noqa: E731
    for function in (pretending, plain, held, looked_up):
        (seen,) = Trusted({"double": function}).ask(batch)
        assert seen.value == [True, [7.0, 7.0], True, True]


@driver
def same_thing(double: Any, x: Any) -> Any:
    return double(x) is x


@pytest.mark.parametrize(
    "x", [np.zeros(2), np.ma.MaskedArray([1.0, 2.0]), [np.zeros(2)], {"a": (1, [2])}, defaultdict(int), Pair()]
)
def test_what_is_plain_is_given_to_a_driver_as_it_is(x: Any) -> None:
    (seen,) = Trusted({"double": lambda x: x}).ask(Batch(same_thing.request("double"), [Call((x,))]))
    assert seen.value is True


def make(tmp_path: Path, **changed: str) -> Course:
    files: Mapping[str, str] = FILES | {path.replace("__", "/"): text for path, text in changed.items()}
    return small_course.make(tmp_path, files)


def fault(course: Course) -> str:
    with pytest.raises(CourseError) as caught:
        graded(course, RIGHT)
    return str(caught.value)


def test_what_does_not_travel_is_a_fault_of_the_course(tmp_path: Path) -> None:
    hidden = HIDDEN.replace("yield call(3)", "yield call(3, [lambda: 0])")
    said = fault(small_course.make(tmp_path, FILES | {"graders/m01/test_double.py": hidden}))
    assert "graders/m01/test_double.py: test_half/1" in said
    assert "argument number 2 of call 1" in said
    assert "function" in said


@pytest.mark.parametrize(
    ("draws", "said"),
    [
        ("yield call(1 / 0)", "test_half/1 cannot draw its inputs: ZeroDivisionError('division by zero')"),
        ("yield from ()", "test_half/1 draws no inputs"),
        ("return 3", "test_half/1 cannot draw its inputs: TypeError"),
    ],
)
def test_a_recipe_that_cannot_draw_is_a_fault_of_the_course(tmp_path: Path, draws: str, said: str) -> None:
    hidden = HIDDEN.replace("    yield call(3)\n    yield call(5)", f"    {draws}")
    assert hidden != HIDDEN
    found = fault(small_course.make(tmp_path, FILES | {"graders/m01/test_double.py": hidden}))
    assert f"graders/m01/test_double.py: {said}" in found
    assert "\n" not in found


def test_a_reference_whose_result_does_not_travel_is_a_fault_of_the_course(tmp_path: Path) -> None:
    hidden = HIDDEN.replace(", through=all_halves", "").replace("yield call(3)", "yield call([3])")
    said = fault(small_course.make(tmp_path, FILES | {"graders/m01/test_double.py": hidden}))
    assert "test_half/1" in said
    assert "generator" in said


def test_gradients_of_a_reference_without_any_are_a_fault_of_the_course(tmp_path: Path) -> None:
    hidden = HIDDEN.replace("through=of_what_it_gives", "through=of_what_it_gives, gradients=True")
    said = fault(small_course.make(tmp_path, FILES | {"graders/m01/test_double.py": hidden}))
    assert "test_any_number/1 asks for gradients, and the reference gives none" in said


def test_a_driver_that_uses_what_is_outside_of_it_is_a_fault_of_the_course() -> None:
    with pytest.raises(CourseError, match="uses np, which is outside"):

        @driver
        def outside(double: Any) -> Any:
            return double(np.zeros(3))


def test_a_driver_shows_only_what_it_has() -> None:
    with pytest.raises(CourseError, match=r"shows \{y\}"):

        @driver(shows="double({y})")
        def shown(double: Any, x: int) -> Any:
            return double(x)


@pytest.mark.parametrize(
    ("change", "called", "returned"),
    [
        (("2 * f()", "f()"), "double(lambda: 2)", "2"),
        (("number / 2", "number"), "list(half(range(3)))", "[0, 1, 2]"),
        (("        yield number / 2", "        pass"), "list(half(range(3)))", "NoneType"),
    ],
)
def test_a_learners_own_pytest_drives_as_grading_does(
    course: Course, tmp_path: Path, change: tuple[str, str], called: str, returned: str
) -> None:
    for text, status in ((RIGHT, 0), (RIGHT.replace(*change), 1)):
        root = tmp_path / str(status)
        root.mkdir()
        small_course.make(root, {name: text for name, text in FILES.items() if name.startswith("exercises")})
        (root / "exercises/m01/double.py").write_text(text, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "exercises/m01"],
            cwd=root, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == status, done.stdout
    assert called in done.stdout
    assert returned in done.stdout


def test_only_the_code_of_a_driver_travels() -> None:
    @driver
    def told(function, x):
        """What a learner must not read."""

        def inner():
            """Nor this."""
            return function(x)

        return inner()  # nor this

    assert told.text == "def told(function, x):\n\n    def inner():\n        return function(x)\n    return inner()\n"
    assert told.__doc__ == "What a learner must not read."
