"""Modules beside an answer: they can be imported in the same ways in the learner's pytest, by `winnow check` and when
the work is graded; and from what was handed in only."""

from __future__ import annotations

from pathlib import Path

import pytest

from winnow.submission import read_submission
from winnow.worker.layers.probe import available

from ..support.learners_copy import make_copy, run
from ..support.small_course import RIGHT, grade, make

FILES = {
    "exercises/m01/double.py": """
        import helper
        from helper import twice
        from . import helper as again
        from .helper import twice as same
        from tools.more import half_of
        from .tools import more
        from m02.other import one
        import tools.more as further

        def double(x):
            from helper import twice as late
            from .tools.deep import nothing
            assert nothing() is None and one == 1 and helper.twice is twice is late
            return again.twice(x) if same(1) == 2 else None

        def half(x):
            return half_of(x) if more.half_of(4) == further.half_of(4) else None
    """,
    "exercises/m01/helper.py": "def twice(x):\n    return 2 * x\n",
    "exercises/m01/tools/__init__.py": "",
    "exercises/m01/tools/deep.py": "def nothing():\n    return None\n",
    "exercises/m01/tools/more.py": """
        from .deep import nothing

        def half_of(x):
            if isinstance(x, str):
                raise TypeError("a text has no half")
            return x / 2
    """,
    "exercises/m02/other.py": "one = 1\n",
}


def handed_in(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_what_lies_beside_is_imported_alike_on_every_road(tmp_path: Path) -> None:
    copy = make_copy(tmp_path / "copy", FILES)
    for words in (["pytest"], ["winnow", "check", "double"]):
        done = run(copy, *words)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
    course = make(tmp_path / "course")
    layers = tuple(layer for layer, why in available().items() if not why)
    for place in (copy / "exercises", copy / "exercises" / "m01"):
        (result,) = grade(course, read_submission("kim", place, course.exercises), layers=layers)
        # Of one module handed in alone, the other's file is missing.
        assert (result.score, len(result.notes)) == ((10.0, 0) if place.name == "exercises" else (2.0, 1)), result.notes


@pytest.mark.parametrize(
    ("files", "score"),
    [
        # Statements that raise are passed over there as well.
        ({"h.py": "import seaborn\n1 / 0\n" + RIGHT, "double.py": "from h import *\n"}, 10.0),
        # An answer of another exercise, in its own file.
        ({"mae.py": RIGHT, "double.py": "from mae import double, half\n"}, 10.0),
        # A module that goes on for ever below what is imported of it.
        ({"h.py": RIGHT + "while True: pass\n", "double.py": "from h import double, half\n"}, 10.0),
        ({"h.py": RIGHT + "import os\nos._exit(1)\n", "double.py": "from h import double, half\n"}, 10.0),
        # A circle.
        (
            {"h.py": "from double import FACTOR\n" + RIGHT, "double.py": "FACTOR = 2\nfrom h import double, half\n"},
            10.0,
        ),
        # Files that are called like libraries, like the engine, like a module of the course.
        (
            {
                "numpy.py": "1 / 0\n",
                "random.py": "1 / 0\n",
                "double.py": "import numpy, random\nnumpy.ones(3)\n" + RIGHT,
            },
            10.0,
        ),
        ({"worker.py": RIGHT, "double.py": "from worker import double, half\n"}, 10.0),
        ({"wire.py": RIGHT, "utils.py": "from wire import *\n", "double.py": "from utils import *\n"}, 10.0),
        # A copy that a browser has renamed.
        ({"h (1).py": RIGHT, "double.py": "from h import double, half\n"}, 10.0),
        # What was not handed in is nowhere to be found.
        ({"double.py": "from solutions.m01.double import double, half\n"}, 0.0),
        ({"double.py": "from test_double import double\n"}, 0.0),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, dict) else "",
)
def test_modules_that_were_handed_in(tmp_path: Path, files: dict[str, str], score: float) -> None:
    course = make(tmp_path / "course")
    (result,) = grade(course, read_submission("kim", handed_in(tmp_path / "kim", files), course.exercises))
    assert result.score == score, (result.message, result.notes)


def test_an_answer_is_graded_anew_when_what_it_imports_has_changed(tmp_path: Path) -> None:
    course = make(tmp_path / "course")
    files = {"double.py": "from h import double\n", "h.py": "from deeper import *\n", "deeper.py": RIGHT, "x.py": ""}
    folder = handed_in(tmp_path / "kim", files)
    read = [read_submission("kim", folder, course.exercises)]
    assert [cell.label for cell in read[0].sources["double"].beside] == ["deeper.py", "h.py"]
    for name in ("x.py", "deeper.py"):
        (folder / name).write_text("# changed", encoding="utf-8")
        read.append(read_submission("kim", folder, course.exercises))
    first, same, other = (submission.sources["double"] for submission in read)
    assert first == same
    assert first != other
