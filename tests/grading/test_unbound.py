"""A name that is not there because its import failed is told with that, in one true sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from winnow.grading import unbound

from ..support.learners_copy import make_copy, run, write
from ..support.small_course import grade, make, submission

HALF = "\n\ndef half(x):\n    return x / 2\n"


@pytest.mark.parametrize(
    ("statement", "names"),
    [
        ("import numpyy as np", {"np"}),
        ("import a.b, c as d  # e", {"a", "d"}),
        ("from a import (\n    b,  # one\n    c as d,\n)", {"b", "d"}),
        ("from .a import b, \\\n    c", {"b", "c"}),
        ("W: list = made()", {"W"}),
        ("W == 3", set()),
        ("print(3)", set()),
        ("from a import *", set()),
    ],
)
def test_what_a_statement_binds_is_read_from_its_text(statement: str, names: set[str]) -> None:
    assert unbound.names(f"x = 1\n{statement}\ny = 2\n", 2) == names
    assert unbound.names(statement, 90) == frozenset()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "import numpyy as np\ndef double(x):\n    return np.multiply(2, x)",
            "np is not there because line 1 of double.py fails: ModuleNotFoundError: No module named 'numpyy', neither "
            "in this folder nor installed here.",
        ),
        (
            "from sklearn.double import twice\ndef double(x):\n    return twice(x)",
            "sklearn is not among what exercises may use: the statement says which libraries are.",
        ),
        ("def double(x):\n    return np.multiply(2, x)", "import numpy as np is missing: it belongs at the top."),
    ],
    ids=["absent", "not usable", "forgotten"],
)
def test_check_says_why_a_name_is_not_there(tmp_path: Path, text: str, why: str) -> None:
    copy = make_copy(tmp_path)
    write(copy, text + HALF)
    said = " ".join(run(copy, "winnow", "check").stdout.split())
    assert f"Why {why}" in said or f". {why}" in said
    assert "where this is graded" not in said


def test_a_hidden_check_says_it_too(tmp_path: Path) -> None:
    text = "import numpyy as np\ndef double(x):\n    return np.multiply(2, x)\n" + HALF
    (result,) = grade(make(tmp_path), submission(text))
    why = (
        "`np` is not there because line 1 of double.py fails: ModuleNotFoundError: No module named 'numpyy', neither "
        "handed in nor installed where this is graded."
    )
    assert {check.why for check in result.checks if check.outcome == "failed"} == {why}
