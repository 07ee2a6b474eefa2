"""What is seen beside an answer: what a function touches, what its result shares, and gradients of several tensors."""

from __future__ import annotations

import contextlib
import decimal
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import torch

from winnow.checks import call, same
from winnow.checks.calls import Batch
from winnow.checks.subjects import LearnersOwnError, StoppedError, Trusted, revive
from winnow.worker import surroundings
from winnow.worker.observe import Observation, Request, observe

from ..support import small_course


def seen(function: Callable[..., Any], *args: Any, **watched: bool) -> Observation:
    return observe(function, args, {}, Request("f", **watched), frozenset())


def seeds_numpy(x: Any) -> Any:
    np.random.seed(3)
    return x


def seeds_random(x: Any) -> Any:
    random.seed(3)
    return x


def draws_from_numpy(x: Any) -> Any:
    return np.random.normal() + x


def draws_from_random(x: Any) -> Any:
    return random.random() + x


def ignores_warnings(x: Any) -> Any:
    np.seterr(divide="ignore", over="raise")
    return x


def makes_a_figure(x: Any) -> Any:
    plt.figure()
    return x


def seeds_torch(x: Any) -> Any:
    torch.manual_seed(0)
    return x


def raises_the_limit(x: Any) -> Any:
    sys.setrecursionlimit(12345)
    return x


def calculates_with_more_digits(x: Any) -> Any:
    decimal.getcontext().prec = 400
    return x


def draws_a_default(x: Any) -> Any:
    torch.set_default_dtype(torch.float64)
    return x


def validates_no_more(x: Any) -> Any:
    torch.distributions.Distribution.set_default_validate_args(False)
    return x


def traces_anomalies(x: Any) -> Any:
    torch.autograd.set_detect_anomaly(True)
    return x


def allows_what_repeats_alone(x: Any) -> Any:
    torch.use_deterministic_algorithms(True)
    return x


def shows_fewer_digits_of_tensors(x: Any) -> Any:
    torch.set_printoptions(precision=2)
    return x


def prints_fewer_digits(x: Any) -> Any:
    np.set_printoptions(precision=3)
    return x


def shows_fewer_rows(x: Any) -> Any:
    pd.set_option("display.max_rows", 7)
    return x


def shows_fewer_rows_for_once(x: Any) -> Any:
    with pd.option_context("display.max_rows", 7):
        return x


def keeps_no_graphs(x: Any) -> Any:
    torch.set_grad_enabled(False)
    return x


@contextlib.contextmanager
def as_before() -> Iterator[None]:
    """What is done within to what is global is undone."""
    settings, generator, default = np.geterr(), np.random.get_state(), torch.get_default_dtype()
    depth, printed = sys.getrecursionlimit(), np.get_printoptions()
    surroundings.keep()
    try:
        yield
    finally:
        np.seterr(**settings)
        np.set_printoptions(**printed)
        np.random.set_state(generator)
        torch.set_default_dtype(default)
        torch.set_grad_enabled(True)
        torch.distributions.Distribution.set_default_validate_args(True)
        torch.autograd.set_detect_anomaly(False)
        torch.use_deterministic_algorithms(False)
        torch.set_printoptions(profile="default")
        sys.setrecursionlimit(depth)
        decimal.setcontext(decimal.DefaultContext.copy())
        pd.reset_option("display.max_rows")
        plt.close("all")


@pytest.mark.parametrize(
    ("function", "touched"),
    [
        (lambda x: x + 1, ()),
        (lambda x: torch.nn.Linear(2, 2) and x, ()),
        (lambda x: np.random.default_rng(3).normal() + x, ()),
        (seeds_numpy, ("numpy's global generator",)),
        (draws_from_numpy, ("numpy's global generator",)),
        (draws_from_random, ("Python's global generator",)),
        (ignores_warnings, ("numpy's settings",)),
        (draws_a_default, ("torch's defaults",)),
        (validates_no_more, ("torch's defaults",)),
        (traces_anomalies, ("torch's defaults",)),
        (allows_what_repeats_alone, ("torch's defaults",)),
        (shows_fewer_digits_of_tensors, ("torch's defaults",)),
        (prints_fewer_digits, ("numpy's settings",)),
        (shows_fewer_rows, ("pandas' options",)),
        (shows_fewer_rows_for_once, ()),
        (keeps_no_graphs, ("torch's gradient mode",)),
        (raises_the_limit, ("Python's recursion limit",)),
        (calculates_with_more_digits, ("decimal's context",)),
        (lambda x: float(decimal.Decimal(x) / 3), ()),
        (seeds_torch, ("torch's global generator",)),
        (makes_a_figure, ("pyplot's figures",)),
    ],
)
def test_what_is_global_is_watched(function: Callable[..., Any], touched: tuple[str, ...]) -> None:
    with as_before():
        assert seen(function, 1.0, alone=True).touched == touched
        assert seen(function, 1.0).touched == ()


def test_settings_that_are_as_they_were_load_nothing() -> None:
    code = (
        "import sys, pandas, torch; from winnow.worker import surroundings; surroundings.keep(); "
        "before = set(sys.modules); surroundings.stirred(); print(sorted(set(sys.modules) - before))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"


@pytest.mark.parametrize(
    ("function", "touched"),
    [
        (seeds_numpy, "numpy's global generator"),
        (seeds_random, "Python's global generator"),
        (ignores_warnings, "numpy's settings"),
        (draws_a_default, "torch's defaults"),
        (validates_no_more, "torch's defaults"),
        (traces_anomalies, "torch's defaults"),
        (allows_what_repeats_alone, "torch's defaults"),
        (shows_fewer_digits_of_tensors, "torch's defaults"),
        (prints_fewer_digits, "numpy's settings"),
        (shows_fewer_rows, "pandas' options"),
        (keeps_no_graphs, "torch's gradient mode"),
        (raises_the_limit, "Python's recursion limit"),
        (calculates_with_more_digits, "decimal's context"),
        (seeds_torch, "torch's global generator"),
    ],
)
def test_what_every_call_changes_alike_is_touched_by_each(function: Callable[..., Any], touched: str) -> None:
    with as_before():
        assert [seen(function, 1.0, alone=alone).touched for alone in (False, True, True)] == [
            (),
            (touched,),
            (touched,),
        ]


KEPT: dict[Any, Any] = {}
BUFFER = np.zeros(3)


def remembers_by_identity(x: Any) -> Any:
    if id(x) not in KEPT:
        KEPT[id(x)] = x, 2 * x
    return KEPT[id(x)][1]


def writes_into_one_buffer(x: Any) -> Any:
    BUFFER[:] = 2 * x
    return BUFFER


def switches_gradients_on(x: Any) -> Any:
    torch.set_grad_enabled(False)
    twice = 2 * x
    torch.set_grad_enabled(True)
    return twice


@pytest.mark.parametrize("x", [np.arange(1.0, 4), np.arange(3), np.arange(3) > 1, torch.arange(1.0, 4), np.array(2.0)])
def test_an_answer_that_is_remembered_by_identity_is_of_other_numbers(x: Any) -> None:
    locked = isinstance(x, np.ndarray)
    if locked:
        x.flags.writeable = False
    watched = {"alone": True, "unchanged": True}
    assert same(seen(lambda x: 2 * x, x, **watched), Observation(2 * x)) is None
    assert same(seen(remembers_by_identity, x, **watched), Observation(2 * x)) is not None
    assert not (locked and x.flags.writeable)


def test_what_is_returned_twice_from_one_place_is_not_new() -> None:
    x = np.arange(1.0, 4)
    assert seen(writes_into_one_buffer, x, alone=True).touched == ("what an earlier call had returned",)
    # In evaluation, say: the argument itself is no earlier call's.
    assert seen(lambda x: x, x, alone=True).touched == ()


def test_gradients_that_were_off_stay_off() -> None:
    x = torch.arange(3.0)
    with as_before():
        assert seen(switches_gradients_on, x, alone=True).touched == ("torch's gradient mode",)
        assert seen(torch.no_grad()(lambda x: 2 * x), x, alone=True).touched == ()


def test_a_list_that_is_changed_is_the_same_in_the_call_itself() -> None:
    def overwrites(x: Any) -> Any:
        x[0] = x[0] + 1
        return x[0]

    found = seen(overwrites, [np.ones(2)], alone=True, unchanged=True)
    assert found.changed == (0,)
    assert same(Observation(found.value), Observation(np.full(2, 2.0))) is None


def test_nothing_is_drawn_before_the_call_itself() -> None:
    rng = np.random.default_rng(3)
    first = np.random.default_rng(3).normal()
    assert seen(lambda x, rng: rng.normal(), np.ones(2), rng, alone=True).value == first


def test_a_figure_that_is_there_stays_current() -> None:
    figure, (left, _) = plt.subplots(1, 2)
    try:
        assert seen(lambda: left.bar([1], [2]) and 1, alone=True).touched == ()
        assert seen(lambda: plt.sca(left), alone=True).touched == ("pyplot's figures",)
        assert seen(lambda: figure.add_axes((0, 0, 1, 1)) and 1, alone=True).touched == ("pyplot's figures",)
    finally:
        plt.close(figure)


ARRAY, TENSOR = np.arange(6.0).reshape(2, 3), torch.arange(6.0).reshape(2, 3)


@pytest.mark.parametrize(
    ("function", "args", "shared"),
    [
        (lambda x: x, (ARRAY,), (0,)),
        (lambda x: x.copy(), (ARRAY,), ()),
        (lambda x: x.T[::-1], (ARRAY,), (0,)),
        (lambda x: [1, {"a": x[0]}], (ARRAY,), (0,)),
        (lambda x, y: x + y, (ARRAY, ARRAY.copy()), ()),
        (lambda x, y: y[:1], (ARRAY, ARRAY.copy()), (1,)),
        (lambda x: x[:0], (ARRAY,), ()),
        (lambda x: x.detach(), (TENSOR,), (0,)),
        (lambda x: x.T.reshape(3, 2), (TENSOR,), (0,)),
        (lambda x: x.clone(), (TENSOR,), ()),
        (lambda x: x.numpy(), (TENSOR,), (0,)),
        (lambda x: torch.from_numpy(x), (ARRAY,), (0,)),
        (lambda x: x, ([1, 2],), (0,)),
        (lambda x: list(x), ([1, 2],), ()),
        (lambda x: list(x), ([TENSOR],), (0,)),
        (lambda x: x, ("text",), ()),
        (lambda x: x, (5,), ()),
    ],
)
def test_memory_that_a_result_shares_is_seen(
    function: Callable[..., Any], args: tuple[Any, ...], shared: tuple[int, ...]
) -> None:
    assert seen(function, *args, new=True).shared == shared
    assert seen(function, *args).shared == ()


def test_what_the_reference_does_too_is_allowed() -> None:
    whole, new = Observation(1.0, shared=(0,)), Observation(1.0)
    assert same(whole, new) == "the result shares memory with argument number 1"
    assert same(whole, whole) is None
    touched = Observation(1.0, touched=("numpy's settings",))
    assert same(touched, new) == "the call changed numpy's settings"
    assert same(touched, touched) is None
    assert same(new, touched) is None


def test_gradients_of_several_tensors_are_told_apart() -> None:
    def leaf() -> Any:
        return torch.tensor([1.0, 2.0], dtype=torch.float64, requires_grad=True)

    results: list[Callable[[Any], Any]] = [
        lambda x: (2 * x, x**2),
        lambda x: {"a": 2 * x, "b": [x**2, 7]},
        lambda x: (x**2, 2 * x),
        lambda x: (2 * x, x.detach() ** 2),
        lambda x: (2 * x.detach(), x**2),
        lambda x: (x.detach(), 3),
    ]
    first, second, *others, none = [seen(one, leaf(), gradients=True).gradients for one in results]
    assert first is not None
    assert second is not None
    assert torch.equal(first[0], second[0])
    for other in others:
        assert other is not None
        assert not torch.allclose(other[0], first[0])
    assert none == [None]


def test_gradients_left_with_the_arguments_are_seen() -> None:
    def backward(x: Any) -> Any:
        (x**2).sum().backward()
        return x**2

    def asked() -> Any:
        return torch.ones(2, requires_grad=True)

    assert seen(backward, asked(), gradients=True).touched == ("the gradients of its arguments",)
    assert seen(lambda x: x**2, asked(), gradients=True).touched == ()


def empties(settings: dict[str, Any]) -> None:
    while settings:
        settings.popitem()


@pytest.mark.parametrize(
    "change",
    [
        lambda settings: settings.pop("lr"),
        lambda settings: settings.update(lr=0.2),
        lambda settings: settings.setdefault("eps", 1),
        lambda settings: settings["betas"].append(0.5),
        lambda settings: settings["state"].update(step=1),
        lambda settings: settings["g"].__setitem__(0, 7.0),
        empties,
    ],
)
def test_a_dictionary_that_is_changed_is_seen_on_both_sides(change: Callable[[dict[str, Any]], Any]) -> None:
    def settings() -> dict[str, Any]:
        return {"lr": 0.1, "betas": [0.9], "state": {"step": 0}, "g": np.zeros(2)}

    def reads(settings: dict[str, Any]) -> float:
        return float(settings["lr"]) + settings.get("eps", 0.0)

    asked = Batch(Request("f", unchanged=True), [call(settings()), call(1, settings=settings())])
    (by_place, by_name) = Trusted({"f": lambda one=1, settings=None: change(settings or one)}).ask(asked)
    assert (by_place.changed, by_name.changed) == ((0,), ("settings",))
    assert seen(change, settings(), unchanged=True).changed == (0,)
    assert seen(reads, settings(), unchanged=True).changed == ()


def test_a_learner_who_empties_a_dictionary_is_told(tmp_path: Path) -> None:
    files = dict(small_course.FILES)
    hidden = files["graders/m01/test_double.py"]
    drawn = hidden.replace("yield call(float(rng.normal()))", 'yield call({"x": float(rng.normal())})')
    assert drawn != hidden
    files["graders/m01/test_double.py"] = drawn.replace("st.integers(-3, 3).map(call)", 'st.just(call({"x": 1}))')
    files["solutions/m01/double.py"] = files["solutions/m01/double.py"].replace(
        "return 2 * x", "return 2 * (x['x'] if isinstance(x, dict) else x)"
    )
    answer = small_course.submission(
        "def double(x):\n    return 2 * (x.pop('x') if isinstance(x, dict) else x)\ndef half(x):\n    return x / 2\n"
    )
    (result,) = small_course.grade(small_course.make(tmp_path, files), answer)
    assert "The call changed its argument number 1" in next(one.why for one in result.checks if "any" in one.name)


def test_a_learner_is_told_what_was_touched(tmp_path: Path) -> None:
    files = dict(small_course.FILES)
    files["graders/m01/test_double.py"] = files["graders/m01/test_double.py"].replace(
        "unchanged=True", "unchanged=True, alone=True, new=True"
    )
    course = small_course.make(tmp_path, files)
    text = "import numpy as np\ndef double(x):\n    np.random.random()\n    return x + x\n"
    for said, body in (("failed", text), ("passed", text.replace("np.random.random()", "pass"))):
        (result,) = small_course.grade(course, small_course.submission(body + "\ndef half(x):\n    return x / 2\n"))
        check = next(one for one in result.checks if one.name == "test_any_number")
        assert check.outcome == said
        assert check.why == ("The call changed numpy's global generator." if said == "failed" else "")


def test_where_a_module_lies_is_not_told() -> None:
    def importing(x: Any) -> Any:
        from random import nothing_there

        return nothing_there

    raised = seen(importing, 1.0).raised
    assert raised is not None
    assert raised.text == "cannot import name 'nothing_there' from 'random'"


class Pretending(type):
    """A class of classes that tell other names, and may do anything when they are asked."""

    @property
    def __name__(cls) -> str:  # type: ignore[override]
        raise KeyboardInterrupt

    @property
    def __module__(cls) -> str:  # type: ignore[override]
        return "builtins"


def test_an_exception_is_what_it_extends_whatever_its_class_pretends() -> None:
    class Nameless(KeyError, metaclass=Pretending):
        __class__ = property(lambda self: ValueError)  # type: ignore[assignment]

    def raising(x: Any) -> Any:
        raise Nameless("missing")

    raised = seen(raising, 1.0).raised
    assert raised is not None
    assert (raised.name, raised.bases[0]) == ("Nameless", "KeyError")
    assert not raised.is_a("ValueError")


@pytest.mark.parametrize("line", [10**5000, -1, True, "3", None], ids=["long", "negative", "bool", "text", "none"])
def test_the_line_of_a_syntax_error_is_a_line(line: Any) -> None:
    def raising(x: Any) -> Any:
        error = SyntaxError("no")
        error.filename, error.lineno = "mae.py", line
        raise error

    raised = observe(raising, (1.0,), {}, Request("f"), frozenset({"mae.py"})).raised
    assert raised is not None
    assert raised.where == ""


@pytest.mark.parametrize(("error", "kind"), [(ExceptionGroup("two", [ValueError()]), LearnersOwnError),
                                             (UnicodeDecodeError("utf-8", b"", 0, 1, "odd"), LearnersOwnError),
                                             (SystemExit(), StoppedError)])  # fmt: skip
def test_an_exception_comes_back_and_what_ends_a_process_as_a_stop(error: BaseException, kind: type) -> None:
    def raises() -> None:
        raise error

    raised = seen(raises).raised
    assert raised is not None
    assert isinstance(revive(raised), kind)
