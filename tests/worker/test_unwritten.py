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
]


def test_an_array_that_is_empty_holds_no_zeros(tmp_path: Path) -> None:
    made = MADE if sys.platform == "linux" else MADE[:-1]
    lines = [f"print(abs({one}).min() > 1e6)" for one in made]
    (result,) = grade(make(tmp_path), submission("import numpy as np\n" + "\n".join(lines)))
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
