"""A right function is always reached, whatever stands around it: the cases of right_functions.txt earn full marks.

A case is a file, the cells of a notebook, or several files; a line with nothing but @ stands for the right functions.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import numpy as np
import pytest

from winnow.grading import bench
from winnow.grading.job import Job
from winnow.record import ExerciseResult
from winnow.submission import read_submission
from winnow.worker.layers.probe import available

from ..support.small_course import RIGHT, make
from ..support.submission_course import notebook

Files = dict[str, bytes]


def _files(case: str) -> Files:
    text = "".join(RIGHT if line == "@\n" else line for line in case.splitlines(keepends=True))
    first, *others = text.split("--- file ")
    cells = first.split("--- cell\n")
    files = {"double.py" if len(cells) == 1 else "hw.ipynb": first if len(cells) == 1 else notebook(*cells)}
    for other in others:
        name, _, content = other.partition("\n")
        files[name] = content
    return {name: content.encode() for name, content in files.items() if content.strip()}


def _cases() -> dict[str, Files]:
    parts = Path(__file__).with_name("right_functions.txt").read_text(encoding="utf-8").split("=== ")[1:]
    return {name: _files(case) for name, _, case in (part.partition("\n") for part in parts)}


def _array() -> bytes:
    file = io.BytesIO()
    np.save(file, np.array([2]))
    return file.getvalue()


CASES: dict[str, Files] = {
    **_cases(),
    "a byte order mark": {"double.py": b"\xef\xbb\xbf" + RIGHT.encode()},
    "Windows line ends": {"double.py": RIGHT.replace("\n", "\r\n").encode()},
    "tabs": {"double.py": RIGHT.replace("    ", "\t").encode()},
    "cp949": {"double.py": f"# 두 배\n{RIGHT}".encode("cp949")},
    "a block that is filled up": {"double.py": RIGHT.encode() + bytes(300)},
    "one byte that is no UTF-8": {
        "double.py": f"둘, 수 = 2, 1\n{RIGHT.replace('return', '둘 * 수; return')}# caf".encode() + b"\xe9\n"
    },
    "data that are no text": {
        "double.py": f"import numpy as np\nTWO = np.load('two.npy')[0]\n{RIGHT.replace('x + x', 'TWO * x')}".encode(),
        "two.npy": _array(),
    },
    "Latin-1": {"double.py": f"# déjà vu\n{RIGHT}".encode("latin-1")},
}


def _write(folder: Path, files: Files) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ExerciseResult]:
    """All cases, graded as one class with every layer that works here."""
    course = make(tmp_path_factory.mktemp("course"))
    top = tmp_path_factory.mktemp("class")
    handed_in = [
        read_submission(name, _write(top / str(number), files), course.exercises)
        for number, (name, files) in enumerate(CASES.items())
    ]
    found: list[ExerciseResult] = []
    layers = [layer for layer, why in available().items() if not why]
    jobs = iter([Job(one, ("double",)) for one in handed_in])
    bench.run(course, jobs, lambda job, results: found.extend(results), layers, b"s")
    return dict(zip(CASES, found, strict=True))


@pytest.mark.parametrize("name", CASES)
def test_a_right_function_earns_full_marks(results: dict[str, ExerciseResult], name: str) -> None:
    if name == "its folder is /tmp" and available()["namespaces"]:
        pytest.skip("without namespaces /tmp is everybody's")
    if name == "its folder is /tmp" and Path(sys.prefix).is_relative_to("/tmp"):
        pytest.skip("where winnow itself lies below /tmp, no folder can be put in its place")
    result = results[name]
    assert (result.status, result.score) == ("graded", 10.0), (result.message, result.notes, result.output)
