"""What a worker says of itself is data: whatever does not have its form is the learner's loss, and nobody's fault."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winnow.checks.calls import Batch, call, named
from winnow.grading import told
from winnow.worker.observe import Request
from winnow.worker.remarks import remark
from winnow.worker.surroundings import WATCHED
from winnow.worker.wire import WireError

from ..support.small_course import RIGHT, grade, make, submission

RAISED = {"name": "TypeError", "bases": ["TypeError", "Exception"], "text": "no", "where": "a.py:3"}
LOADED = {
    "defined": ["double"], "stubs": [], "names": ["double", "other"], "broken": False, "again": False,
    "problems": [{"cell": "a.py", "compiles": True, **RAISED}],
    "remarks": [{"kind": "in a class", "name": "double", "other": "half"}],
}  # fmt: skip
BATCH = Batch(Request("f", True, True, True, True), [call(1.0, [named("math.sin")], key=2), call()])
NOTES = [
    {"raised": None, "changed": [0, "key"], "touched": ["numpy's settings"], "shared": ["key"]},
    {"raised": RAISED, "changed": [], "touched": [], "shared": []},
]
ODD = [
    None, True, False, 0, -1, 5, 10**300, 0.5, float("nan"), float("inf"), "", "text", "a.py:-1", "\ud800", [], [5],
    [None], [[]], [[[[]]]], [["text"]], [[-1]], [[True]], [[1 << 50]], [10**300], [0.5], ["no sentence of ours"],
    {}, {"name": 5}, [{}], list(range(20_000)), ["x"] * 20_000,
]  # fmt: skip


def loaded(data: object) -> told.LoadReport:
    return told.loaded(data, ("double", "half"), {"a.py": "double = 1\nclass half: pass"}, ["stopped after 2 s: no"])


def observed(notes: object) -> object:
    return told.observations([1.0, [None], 2.0, []], notes, BATCH)


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every part of some JSON."""
    yield path
    for key, part in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from places(part, (*path, key))


def altered(data: Any, path: tuple[Any, ...], odd: object) -> Any:
    """The same with another part at the end of the way."""
    if not path:
        return odd
    whole = copy.deepcopy(data)
    part = whole
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = odd
    return whole


def test_what_fits_is_taken_as_it_is() -> None:
    found = loaded(LOADED)
    assert (found.defined, found.names, found.broken) == ({"double"}, ("double", "other"), False)
    assert found.notes == (
        "double is graded though it stands in the class half: define it at the top",
        "a.py, line 3: TypeError: no",
    )
    first, second = told.observations([1.0, [None], 2.0, []], NOTES, BATCH)
    assert (first.value, first.changed) == (1.0, (0, "key"))
    assert (first.touched, first.shared) == (("numpy's settings",), ("key",))
    assert second.raised is not None
    assert (second.raised.name, second.value) == ("TypeError", None)


def test_a_remark_is_a_kind_and_what_stands_in_it() -> None:
    assert loaded({**LOADED, "remarks": [remark("elsewhere", name="double", label="a.py")]}).remarks == (
        "double is graded as defined in a.py: put all functions into one file",
    )
    # A name that the code does not have may be a sentence.
    assert not loaded({**LOADED, "remarks": [remark("in a class", name="double", other="ten_of_ten")]}).remarks
    for odd in ("ten of ten", {"kind": "ten of ten"}, remark("elsewhere", name="double", label="ten of ten"),
                remark("late", label="a.py", line="ten of ten", name="double", other="half")):  # fmt: skip
        with pytest.raises(WireError):
            loaded({**LOADED, "remarks": [odd]})


def test_a_stop_is_told_in_one_of_the_sentences_on_it() -> None:
    stopped = {
        "cell": "a.py",
        "compiles": True,
        "name": "Stopped",
        "bases": [],
        "text": "stopped after 2 s: no",
        "where": "",
    }
    assert loaded({**LOADED, "problems": [stopped]}).notes[-1] == "a.py: stopped after 2 s: no"
    assert loaded({**LOADED, "problems": [stopped]}).stopped
    with pytest.raises(WireError):
        loaded({**LOADED, "problems": [{**stopped, "text": "all of it counts"}]})
    # An exception of that name is the learner's own.
    named = {**stopped, "bases": ["Exception", "BaseException", "object"], "text": "all of it counts"}
    found = loaded({**LOADED, "problems": [named]})
    assert (found.notes[-1], found.stopped) == ("a.py: Stopped: all of it counts", False)


@pytest.mark.parametrize("path", list(places(LOADED)), ids=str)
def test_a_report_on_loading_with_an_odd_part_is_refused_or_read_as_what_it_is(path: tuple[Any, ...]) -> None:
    for odd in ODD:
        with contextlib.suppress(WireError):
            found = loaded(altered(LOADED, path, odd))
            assert found.stubs <= found.defined <= {"double", "half"}
            assert all(isinstance(name, str) and len(name) < 100 for name in found.names)
            assert all(isinstance(note, str) and len(note) < 1000 for note in found.notes)
            assert type(found.broken) is type(found.again) is bool


@pytest.mark.parametrize("path", list(places(NOTES)), ids=str)
def test_a_note_with_an_odd_part_is_refused_or_read_as_what_it_is(path: tuple[Any, ...]) -> None:
    for odd in ODD:
        with contextlib.suppress(WireError):
            first, _ = told.observations([1.0, [None], 2.0, []], altered(NOTES, path, odd), BATCH)
            assert set(first.changed) | set(first.shared) <= {0, 1, "key"}
            assert set(first.touched) <= set(WATCHED)
            assert first.raised is None or first.raised.is_a("TypeError") in (True, False)


@settings(max_examples=200, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from([*LOADED, *RAISED, "changed", "raised", "touched", "shared"]), inner)
        ),
    )
)
def test_nothing_but_a_wire_error_comes_of_any_report(data: Any) -> None:
    reports = [lambda: loaded(data), lambda: observed(data), lambda: observed([data, data]),
               lambda: told.beside({"output": data}, 9), lambda: told.beside({"tried": data}, 9)]  # fmt: skip
    for report in reports:
        with contextlib.suppress(WireError):
            report()


FORGED = """
import sys
wire = sys.modules["worker.wire"]
pack = wire.pack
wire.pack = lambda values, extra=None: pack(values, FORGE(extra))
"""
LIES = [
    "{**extra, 'tried': 5}", "{**extra, 'tried': [[]]}", "{**extra, 'output': [1]}", "{**extra, 'output': 'x' * 99999}",
    "{**extra, 'loaded': 5}", "{**extra, 'notes': None}", "[extra]", "{}",
    "{**extra, 'loaded': {**extra['loaded'], 'problems': [5]}} if 'loaded' in extra else extra",
    "{**extra, 'loaded': {**extra['loaded'], 'defined': [['double']]}} if 'loaded' in extra else extra",
    "{**extra, 'notes': [{**note, 'more': 1} for note in extra.get('notes', [])]}",
    "{**extra, 'notes': [{**note, 'changed': [True]} for note in extra.get('notes', [])]}",
]  # fmt: skip


def test_a_lie_in_a_report_is_the_learners_loss_and_no_fault_of_the_grader(tmp_path: Path) -> None:
    lying = [submission(FORGED.replace("FORGE", f"(lambda extra: {lie})") + RIGHT) for lie in LIES]
    *results, right = grade(make(tmp_path), *lying, submission(RIGHT))
    assert right.score == 10.0
    for lie, result in zip(LIES, results, strict=True):
        assert (result.status, result.score, lie) == ("graded", 0.0, lie)
