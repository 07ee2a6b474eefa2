"""The same notebooks graded three ways: nbgrader's own autograde, nbgrader with IsolatedGrade, winnow grade --nbgrader.

    python benchmarks/notebooks.py [--size 40] [--stock 40] [--module m06_mlp]

The notebooks are those of the example class over and over, no two alike. Every way starts from its own copy of the
course folder and grades one after the other in this run; times are of whole commands, start-up included. Where --stock
is smaller than --size, nbgrader's own autograde grades fewer, and its start-up is shared out as among --size.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from class_of import ROOT, learners
from support.class_notebooks import fill

from winnow.course import load
from winnow.submission import read_submission

BIN = Path(sys.executable).parent


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--size", type=int, default=40, help="notebooks")
    arguments.add_argument("--stock", type=int, help="notebooks for nbgrader's own autograde (default: all)")
    arguments.add_argument("--module", default="m06_mlp")
    asked = arguments.parse_args()
    size, module, few = asked.size, asked.module, min(asked.stock or asked.size, asked.size)
    with tempfile.TemporaryDirectory(dir="/var/tmp") as temporary:
        folder = Path(temporary, "course")
        run(Path(temporary), "winnow", "nbgrader", str(folder), "--modules", module)
        run(folder, "nbgrader", "generate_assignment", module)
        hand_in(folder, module, size)
        own, ours = Path(temporary, "stock"), Path(temporary, "isolated")
        for other in (own, ours):
            shutil.copytree(folder, other)
        for path in sorted((own / "submitted").iterdir())[few:]:
            shutil.rmtree(path)
        config = own / "nbgrader_config.py"
        config.write_text(config.read_text().replace("isolated = True", "isolated = False"))
        start = run(own, "nbgrader", "autograde", "--help")
        stock = run(own, "nbgrader", "autograde", module, may_fail=True)
        isolated = run(ours, "nbgrader", "autograde", module)
        jobs = str(os.cpu_count() or 1)
        winnow = run(folder, "winnow", "grade", "--nbgrader", ".", "--jobs", jobs)
    print(f"{size} notebooks of {module}, {jobs} cores; nbgrader's own autograde: {few} of them")
    each = (stock - start) / few + start / size
    for name, seconds in {
        "nbgrader autograde": each,
        "nbgrader autograde with IsolatedGrade": isolated / size,
        "winnow grade --nbgrader": winnow / size,
    }.items():
        print(f"{name:40} {1000 * seconds:7.0f} ms each, {each / seconds:6.1f} times as fast")


def hand_in(folder: Path, module_id: str, size: int) -> None:
    """Notebooks of `size` learners."""
    course = load(ROOT)
    module = next(one for one in course.modules if one.id == module_id)
    sources = learners()
    for number in range(size):
        example = sources[number % len(sources)]
        written = read_submission(example.name, example, course.exercises).sources
        nb = nbformat.read(folder / "release" / module_id / f"{module_id}.ipynb", 4)
        fill(nb, module, written)
        nb.cells.insert(0, nbformat.v4.new_code_cell(f"_LEARNER = {number}"))
        path = folder / "submitted" / f"learner{number:04d}" / module_id / f"{module_id}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(nbformat.writes(nb), encoding="utf-8")


def run(folder: Path, *words: str, may_fail: bool = False) -> float:
    """Seconds that a command takes. nbgrader's own autograde fails when one notebook hangs or is not Python."""
    environment = os.environ | {"WINNOW_COURSE": str(ROOT), "PATH": f"{BIN}:{os.environ['PATH']}"}
    start = time.perf_counter()
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    if done.returncode and not may_fail:
        raise SystemExit(f"{' '.join(words)}:\n{done.stderr[-3000:]}")
    return seconds


if __name__ == "__main__":
    main()
