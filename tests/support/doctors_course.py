"""The small course with all that the doctor asks for, and with flaws put in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from winnow.course import Course

from .small_course import FILES, make

STUB = '''
    """Twice and half."""


    def double(x):
        """Return twice x.

        >>> double(2)
        4
        """
        raise NotImplementedError("double is not written yet")


    def half(x):
        """Return half of x.

        Raises:
            TypeError: x is a text.
        """
        raise NotImplementedError("half is not written yet")
'''

SOLUTION = '''
    """Twice and half."""


    def double(x):
        """Return twice x."""
        return 2 * x


    def half(x):
        """Return half of x."""
        if isinstance(x, str):
            raise TypeError("a text has no half")
        return x / 2
'''

INDEPENDENT = """
    def double_by_sum(x):
        return x + x if isinstance(x, int | float) else NotImplemented

    def half_by_product(x):
        return 0.5 * x if isinstance(x, int | float) else NotImplemented
"""

RIGHT = (
    "x + x", "x * 2", "2 * x", "sum([x, x]) if not isinstance(x, list) else x + x", "x.__mul__(2)", "x.__add__(x)",
    "[x + x][0]", "(lambda half: half + half)(x)",
)  # fmt: skip


def alternatives(count: int = 8) -> dict[str, str]:
    """Right answers, no two alike."""
    half = "def half(x):\n    return x * 0.5\n"
    texts = [f"def double(x):\n    return {RIGHT[at % len(RIGHT)]}\n\n{half}" for at in range(count)]
    return {f"graders/m01/alternatives/double/style_{at}.py": text for at, text in enumerate(texts)}


def doctors_course(root: Path, changes: Mapping[str, str] | None = None, right: int = 8, draft: bool = False) -> Course:
    """The course with everything in order but for the `changes`, by path."""
    files = {
        **FILES,
        "exercises/m01/double.py": STUB,
        "solutions/m01/double.py": SOLUTION,
        "graders/m01/double_independent.py": INDEPENDENT,
        **alternatives(right),
    }
    return make(root, {**files, **(changes or {})}, draft)
