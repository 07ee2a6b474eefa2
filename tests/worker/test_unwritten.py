"""What adds to memory that nobody has written is right for nobody."""

from __future__ import annotations

import sys
from pathlib import Path

from ..support.small_course import grade, make, submission

MADE = [
    "np.empty(1)",
    "np.empty((2, 3), dtype=np.float32)",
    "np.empty(shape=3, dtype=int)",
    "np.empty_like(np.ones(3))",
    "np.empty_like([1, 2])",
    "np.ndarray(5000)",
    "np.divide(np.ones(3), 2, where=np.zeros(3) > 0)",
    "np.sqrt(np.ones((2, 1)), where=[False, False])",
    "np.subtract(1.0, 2.0, out=None, where=False)",
    "np.multiply(np.arange(3), 2, None, where=False)",
]


def test_an_array_that_is_empty_holds_no_zeros(tmp_path: Path) -> None:
    made = [one for one in MADE if sys.platform == "linux" or "5000" not in one]
    lines = [f"print(abs({one}).min() > 1e6)" for one in made]
    (result,) = grade(
        make(tmp_path),
        submission("import warnings\nimport numpy as np\nwarnings.simplefilter('ignore')\n" + "\n".join(lines)),
    )
    assert result.output.splitlines() == ["True" for _ in made]


def test_what_else_is_empty_is_as_it_was(tmp_path: Path) -> None:
    """Objects, texts, axes and orders, subclasses and what numpy refuses."""
    code = """
import numpy as np
print(np.empty(2, object).tolist(), np.empty((1, 0)).shape, np.empty((2, 3), order="F").flags.f_contiguous)
print(np.empty_like(np.ma.ones(2)).__class__.__name__, np.empty.__name__, np.empty(2, "U3").dtype)
try:
    np.empty(-1)
except ValueError as error:
    print(error)
"""
    (result,) = grade(make(tmp_path), submission(code))
    assert result.output.splitlines() == [
        "[None, None] (1, 0) True",
        "MaskedArray empty <U3",
        "negative dimensions are not allowed",
    ]


def test_what_is_given_where_is_as_it_was(tmp_path: Path) -> None:
    """What is written stays, `out` keeps what it has, and what takes `where` in another sense is let be."""
    code = """
import warnings
import numpy as np
warnings.simplefilter("ignore")
def chosen(*values, where):
    return [value for value in values if value > where]
print(np.divide([1.0, 2.0], 4, where=[True, True]), np.add([1, 2], 1, np.zeros(2, int), where=[True, False]))
print(np.log(np.ones(2), out=np.full(2, 7.0), where=[False, True]), np.sum([1, 2], where=[True, False]))
print(chosen(1, 2, 3, where=1), np.equal([1, 2], 1, where=True), np.divmod(7, 2, where=True))
try:
    np.divide(1, where=True)
except TypeError as error:
    print(error)
"""
    (result,) = grade(make(tmp_path), submission(code))
    assert result.output.splitlines() == [
        "[0.25 0.5 ] [2 0]",
        "[7. 0.] 1",
        "[2, 3] [ True False] (np.int64(3), np.int64(1))",
        "divide() takes from 2 to 3 positional arguments but 1 was given",
    ]


def test_what_is_nested_too_deep_to_be_copied_is_run(tmp_path: Path) -> None:
    code = f"import numpy as np\nprint(np.add(1, 1, where=True) + {' + '.join('1' * 600)})\n"
    (result,) = grade(make(tmp_path), submission(code))
    assert result.output.splitlines()[-1] == "602"
