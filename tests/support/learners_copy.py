"""A learner's copy of a small course, and a learner at its command line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

from .small_course import CATALOGUE

STUB = '''
def double(x):
    """Twice x."""
    raise NotImplementedError("double is not written yet")


def half(x):
    """Half of x; a text is a TypeError that says so."""
    raise NotImplementedError("half is not written yet")
'''

CHECKS = '''
import pytest


@pytest.mark.points(3)
def test_examples(double):
    """worked examples"""
    assert double(2) == 4
    assert double(-1.5) == pytest.approx(-3.0)


@pytest.mark.points(2)
def test_half(half):
    """half of a number, and a TypeError for a text"""
    assert half(4) == 2
    with pytest.raises(TypeError, match="text"):
        half("four")
'''

RIGHT = """
def double(x):
    return 2 * x


def half(x):
    if isinstance(x, str):
        raise TypeError("a text has no half")
    return x / 2
"""

TWO = {
    "exercises/course.toml": CATALOGUE
    + """
[[modules.exercises]]
id = "triple"
title = "Three times as much"
functions = ["triple"]
needs = ["numpy"]
points = 10
minutes = 15
level = 2
hints = []
""",
    "exercises/m01/triple.py": "def triple(x):\n    raise NotImplementedError('triple is not written yet')\n",
    "exercises/m01/test_triple.py": """
        import pytest

        @pytest.mark.points(3)
        def test_triple(triple):
            assert triple(2) == 6
    """,
}

SIDE_BY_SIDE = ("-p", "xdist", "-n", "2")
PYTHON = [sys.executable, "-W", "error"]
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith(("WINNOW", "PYTEST", "COV_"))},
    "COLUMNS": "100",
    "NO_COLOR": "1",
    "TERM": "dumb",
    "PYTHONDONTWRITEBYTECODE": "1",
}


def make_copy(root: Path, files: Mapping[str, str] = {}) -> Path:
    """A copy below `root`; `files` are added, or replace those of the same path."""
    contents = {
        "exercises/course.toml": CATALOGUE,
        "exercises/m01/double.py": STUB,
        "exercises/m01/test_double.py": CHECKS,
        ".winnow/stubs/m01/double.py": STUB,
        ".winnow/stubs/m01/test_double.py": CHECKS,
        # Plugins of the development environment cost every run; `SIDE_BY_SIDE` brings one of them back.
        "pytest.ini": "[pytest]\naddopts = --import-mode=importlib"
        + "".join(f" -p no:{name}" for name in ("hypothesispytest", "anyio", "cov", "platformdirs", "xdist"))
        + "\n",
        **files,
    }
    for path, text in contents.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(dedent(text), encoding="utf-8")
    return root


def write(root: Path, text: str) -> Path:
    """The learner saves the file."""
    path = root / "exercises" / "m01" / "double.py"
    path.write_text(dedent(text), encoding="utf-8")
    return path


def run(root: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A command in the folder `root`: `pytest ...`, or `winnow ...`; `more` are environment variables."""
    module = {"pytest": "pytest", "winnow": "winnow.cli"}[words[0]]
    return subprocess.run(
        [*PYTHON, "-m", module, *words[1:]], cwd=root, env=ENVIRONMENT | more, capture_output=True, text=True,
        encoding="utf-8", timeout=300, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
