"""What a learner waits for: a cold `pytest` in a fresh environment, and `winnow watch` after a save.

python benchmarks/learner.py [--runs 7]    prints medians and ratios; nothing is asserted, machines differ.

The environment holds what a learner's requirements.txt installs, but for torch and pandas. In the same run and in
turns, the same pytest imports numpy in one test, with no plugin at all.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

import pexpect

from winnow.course import Course, find_root, load
from winnow.release import build_wheel, bundle, unpack

BARE = "import numpy as np\n\n\ndef test_numpy():\n    assert np.abs(-1) == 1\n"
EXERCISES = {"mae": ("def mae(y_true, y_pred):\n    return {}\n", "numpy"),
             "mlp_forward": ("import torch\n\n\ndef mlp_forward(x, weights, biases, activation=torch.relu):\n"
                             "    return torch.full((1, 2), {}.0)\n", "torch")}  # fmt: skip


# As on a learner's machine, where a module is compiled once.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def seconds(command: list[str], folder: Path, **more: str) -> float:
    """Wall clock of one run; `more` are environment variables."""
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, env=ENVIRONMENT | more, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                   check=False)  # fmt: skip
    return time.perf_counter() - start


def environment(folder: Path, wheel: Path) -> Path:
    """A fresh environment with the engine and what it brings; the Python in it."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", f"{wheel}[learn]"], env=ENVIRONMENT, check=True)
    return python


def cold(python: Path, copy: Path, solution: Path, runs: int) -> tuple[float, float]:
    """Medians of a bare pytest and of one exercise's, in turns, so that a busy machine slows both."""
    bare = copy.with_name("bare")
    bare.mkdir()
    (bare / "test_bare.py").write_text(BARE)
    target = copy / "exercises/m05_losses/mae.py"
    stub = target.read_bytes()
    target.write_bytes(solution.read_bytes())
    pytest = [str(python), "-m", "pytest", "-q"]
    plain, tutored = [], []
    for run in range(runs + 1):
        times = (
            seconds([*pytest, "test_bare.py"], bare, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1"),
            seconds([*pytest, "exercises/m05_losses/test_mae.py"], copy),
        )
        if run:
            plain.append(times[0])
            tutored.append(times[1])
    target.write_bytes(stub)
    return statistics.median(plain), statistics.median(tutored)


def watched(course: Course, copy: Path, name: str, runs: int) -> float:
    """Median from writing the file to the verdict's last line."""
    text, _ = EXERCISES[name]
    path = copy / course.exercise(name).stub.relative_to(course.root)
    stub = path.read_bytes()
    session = pexpect.spawn(
        sys.executable, ["-m", "winnow.cli", "watch", name], cwd=copy, timeout=120, encoding="utf-8"
    )
    session.expect("Ctrl-C ends")
    found = []
    for run in range(1, runs + 2):
        start = time.perf_counter()
        path.write_text(text.format(1000 + run))
        session.expect(str(1000 + run))
        session.expect(f"winnow hint {name}")
        found.append(time.perf_counter() - start)
    session.sendintr()
    session.expect(pexpect.EOF)
    session.close()
    path.write_bytes(stub)
    return statistics.median(found[1:])


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=7)
    runs = options.parse_args().runs
    course = load(find_root(Path(__file__).parent))
    with tempfile.TemporaryDirectory() as folder:
        wheel = build_wheel(Path(folder))
        copy = Path(folder) / "copy"
        unpack(bundle(course, b"benchmark", wheel), copy)
        bare, tutored = cold(environment(Path(folder) / "fresh", wheel), copy, course.exercise("mae").solution, runs)
        print(f"pytest, bare, imports numpy   {bare * 1000:7.0f} ms")
        print(f"pytest test_mae.py            {tutored * 1000:7.0f} ms   {tutored / bare:.2f} times the bare one")
        for name, (_, need) in EXERCISES.items():
            print(f"winnow watch {name:<16} {watched(course, copy, name, runs) * 1000:7.0f} ms   ({need})")


if __name__ == "__main__":
    main()
