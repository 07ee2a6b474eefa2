"""Misconceptions as changes of the reference, and right answers in one file."""

from __future__ import annotations

from pathlib import Path

import pytest

from winnow.course import Course, CourseError
from winnow.diagnosis import known, patches
from winnow.doctor import independent, right, roster
from winnow.feedback.sentences import sentences

from ..support import small_course

SOLUTION = """
import numpy as np

def double(x, y=0):
    if np.shape(x) != np.shape(y):
        raise ValueError(f"{np.shape(x)} and {np.shape(y)}")
    return 2 * x + y

def half(x, y=0):
    return x / 2
"""
CHANGES = """
shared = ["broadcast", "silent_message"]
indistinguishable = [["squares", "broadcast", "a reason"]]

[squares]
why = '''Twice is not
the square.'''
"2 * x" = "x * x"

[both]
why = "Two places."
"2 * x + y" = "x + y"
"x / 2" = "x"
"""
PLAIN = {name: text for name, text in small_course.FILES.items() if "misconceptions" not in name}
FILES = PLAIN | {"solutions/m01/double.py": SOLUTION, "graders/m01/double_misconceptions.toml": CHANGES}


def course(root: Path, changes: str = CHANGES, **more: str) -> Course:
    files = FILES | {"graders/m01/double_misconceptions.toml": changes}
    return small_course.make(root, files | {f"graders/m01/double_{name}.py": text for name, text in more.items()})


def test_changes_of_the_reference_are_misconceptions(tmp_path: Path) -> None:
    exercise = course(tmp_path).exercise("double")
    found = {one.name: one for one in known.read(exercise)}
    assert list(found) == ["broadcast", "silent_message", "squares", "both"]
    assert found["squares"].sentence == "Twice is not the square."
    assert found["squares"].functions["double"](5) == 25
    assert found["squares"].functions["half"](5) == 2.5
    assert (found["both"].functions["double"](5), found["both"].functions["half"](5)) == (5, 5)
    assert found["broadcast"].functions["double"]([1, 2], 1).tolist() == [3, 5]
    with pytest.raises(ValueError, match=r"^the shapes differ$"):
        found["silent_message"].functions["double"]([1, 2], 1)
    assert roster.indistinguishable(exercise) == {("squares", "broadcast"): "a reason"}


def test_two_changes_are_one_where_neither_touches_the_others_text(tmp_path: Path) -> None:
    more = CHANGES + '[less]\nwhy = "Less."\n"return x / 2" = "return x / 2 - 1"\n'
    broadcast, _, squares, both, less = patches.read(course(tmp_path, more).exercise("double"))
    at_once = squares.with_another(less)
    assert at_once is not None
    functions = at_once.functions(("double", "half"))
    assert (functions["double"](5), functions["half"](5)) == (25, 1.5)
    assert at_once.sentence == "Two things at once. Twice is not the square. Less."
    assert squares.with_another(both) is None
    assert squares.with_another(broadcast) is None


def test_functions_may_stand_beside_changes(tmp_path: Path) -> None:
    beside = 'class twice:\n    """Not twice."""\n    @staticmethod\n    def double(x, y=0):\n        return 4 * x\n'
    made = course(tmp_path, misconceptions=beside)
    names = ["broadcast", "silent_message", "squares", "both", "twice"]
    assert [one.name for one in known.read(made.exercise("double"))] == names
    assert list(sentences(made)["double"]) == names
    entries = list(roster.entries(made.exercise("double")))
    assert [one.name for one in entries if one.kind == "misconception"] == names


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ('[a]\nwhy = "w"\n"x" = "y"\n', "a changes 'x', which is 6 times in double.py, not once"),
        ('[a]\nwhy = "w"\n"3 * x" = "y"\n', "a changes '3 \\* x', which is 0 times in double.py, not once"),
        ('[a]\n"2 * x" = "y"\n', "a needs a `why`"),
        ('[a]\nwhy = "w"\n', "a needs a `why`"),
        ('[a]\nwhy = "w"\n"2 * x" = "("\n', "a is no Python"),
        ('[a]\nwhy = "w"\n"2 * x" = 3\n', "a is no table of texts"),
        ('[a]\nwhy = "w"\n"2 * x" = "x"\n"2 * x + y" = "x"\n', "another of its changes has touched"),
        ('shared = ["b"]\n', "there is no shared misconception b; there are broadcast, "),
        ("[a", "cannot be read"),
        ('indistinguishable = ["a"]\n', "indistinguishable must be a list"),
    ],
)
def test_what_is_no_change_is_a_fault_of_the_course(tmp_path: Path, changes: str, said: str) -> None:
    exercise = course(tmp_path, changes).exercise("double")
    with pytest.raises(CourseError, match=said) as caught:
        list(patches.read(exercise)), patches.indistinguishable(exercise)
    assert str(caught.value).startswith("graders/m01/double_misconceptions.toml")


RIGHT = """
def _sum(*parts):
    return sum(parts)

def _made(formula):
    return lambda x, y=0: formula(x) + y

def double_by_sum(x, y=0):
    return _sum(x, x, y)

class shifts:
    @staticmethod
    def double(x, y=0):
        return (x << 1) + y

    @staticmethod
    def half(x, y=0):
        return x * 0.5

double_by_table = _made(lambda x: 2 * x)

class lambdas:
    double, half = _made(lambda x: x + x), _made(lambda x: x / 2)
"""


def test_right_answers_are_graded_and_are_definitions(tmp_path: Path) -> None:
    exercise = course(tmp_path, right=RIGHT).exercise("double")
    entries = [one for one in roster.entries(exercise) if one.kind == "alternative"]
    assert [one.name for one in entries] == ["sum", "shifts", "table", "lambdas"]
    for entry in entries:
        namespace: dict[str, object] = {}
        for cell in entry.cells:
            exec(cell.source, namespace)
        assert namespace["double"](5) == 10  # type: ignore[operator]
        assert namespace["half"](5) == 2.5  # type: ignore[operator]
    found = [(one.name, one.function, one.answer(4)) for one in independent.definitions(exercise)]
    assert found == [
        ("double_by_sum", "double", 8),
        ("shifts.double", "double", 8),
        ("shifts.half", "half", 2.0),
        ("double_by_table", "double", 8),
        ("lambdas.double", "double", 8),
        ("lambdas.half", "half", 2.0),
    ]


def test_a_right_answer_that_stands_for_nothing_is_a_fault_of_the_course(tmp_path: Path) -> None:
    exercise = course(tmp_path, right="def helper():\n    pass\n").exercise("double")
    with pytest.raises(CourseError, match=r"double_right.py: helper is neither double_by_STYLE, half_by_STYLE"):
        right.read(exercise)


def test_a_helper_of_both_texts_is_told(tmp_path: Path) -> None:
    files = FILES | {"solutions/m01/double.py": SOLUTION + "\ndef _sum(a):\n    return a\n"}
    files |= {"graders/m01/double_right.py": RIGHT}
    assert roster.collisions(small_course.make(tmp_path, files).exercise("double")) == ["_sum"]
