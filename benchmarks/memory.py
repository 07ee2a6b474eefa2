"""How much memory it takes to write what a run leaves, and to export it: classes of several sizes that nobody graded.

python benchmarks/memory.py [--sizes 1000,10000]

Every learner is made up: a name of one of the world's scripts, and results of the size that real ones have. Each step
runs in a process of its own, whose peak resident memory is printed.
"""

from __future__ import annotations

import argparse
import itertools
import random
import resource
import subprocess
import sys
import tempfile
import time
import unicodedata
from pathlib import Path

from winnow.commands.grade import STORE
from winnow.commands.publish import publish
from winnow.course import Course, Exercise, load
from winnow.grading.run import Graded
from winnow.record import CheckResult, Counterexample, ExerciseResult, RunResult
from winnow.store import Store

ROOT = Path(__file__).parents[1]
CHECKS = 7
STEPS = ("publish", "report", "csv", "json", "junit", "gradescope", "classroom", "moodle", "canvas")
KINDS = (
    "김민준 {}", "محمد علي {}", "王小明{}", "👩🏽‍🔬🎓{}", "Ünïcødé, \"quoted\"; {}\n", "Nguyễn Thị {}",
    "ANNA{}", "anna{}", "=SUM(A{})", "-- {} '", "..\\{}", "a\u202e{}b", "<b>{}</b>",
    "\uff57\uff49\uff44\uff45{}", "İstanbul {}", "straße {}",
)  # fmt: skip


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--sizes", type=lambda text: [int(part) for part in text.split(",")], default=[1000, 10000])
    arguments.add_argument("--step", nargs=3, help=argparse.SUPPRESS)
    args = arguments.parse_args()
    if args.step:
        step, size, out = args.step
        _step(step, int(size), Path(out))
        return
    for size in args.sizes:
        with tempfile.TemporaryDirectory() as folder:
            for step in ("fill", *STEPS):
                words = [sys.executable, __file__, "--step", step, str(size), folder]
                said = subprocess.run(words, check=True, capture_output=True, text=True, cwd=ROOT).stdout
                print(f"{size:6} learners  {step:<12} {said.splitlines()[-1]}", flush=True)
            record = (Path(folder) / "results.json").stat().st_size
            print(f"{size:6} learners  results.json {record / size / 1000:.0f} kB for each")


def _step(step: str, size: int, out: Path) -> None:
    start = time.perf_counter()
    course = load(ROOT)
    if step == "fill":
        store = Store(out / STORE)
        fill(store, course, size)
        store.close()
    elif step == "publish":
        store = Store(out / STORE)
        entries = [(name, out / "nowhere") for name in names(size)]
        publish(RunResult((), Graded(course, entries, store)), course, entries, out, sources=False)
        store.close()
    else:
        from winnow.cli import main as winnow

        words = ["report", str(out)] if step == "report" else ["export", str(out), "--to", step]
        if winnow(words) != 0:
            raise RuntimeError(step)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{peak:6.0f} MB {time.perf_counter() - start:7.1f} s")


def names(count: int) -> list[str]:
    """Names as the world has them, no two of them the same; where letters can be taken apart, both forms are there."""
    named = (kind.format(number) for number in itertools.count() for kind in KINDS)
    forms = (unicodedata.normalize(form, name) for name in named for form in ("NFC", "NFD"))
    found: dict[str, None] = {}
    while len(found) < count:
        found[next(forms)] = None
    return sorted(found)


def fill(store: Store, course: Course, count: int) -> None:
    """Keep made-up results for `count` learners."""
    for student in names(count):
        rng = random.Random(student)
        results = [_result(exercise, student, rng) for exercise in course.exercises]
        store.keep(student, [(f"{student}, {result.exercise}", result) for result in results])


def _result(exercise: Exercise, student: str, rng: random.Random) -> ExerciseResult:
    worth = exercise.points / CHECKS
    checks = tuple(_check(number, worth, rng) for number in range(CHECKS))
    found = tuple(sorted({name for check in checks for name in check.misconceptions}))
    score = sum(check.score for check in checks)
    printed = f"{student} printed this\n" * rng.randrange(60)
    return ExerciseResult(exercise.id, "graded", score, exercise.points, checks, found, output=printed)


def _check(number: int, worth: float, rng: random.Random) -> CheckResult:
    title = f"check {number}: what is asked here in a sentence of the usual length, and édge cases"
    if rng.random() < 0.6:
        return CheckResult(f"test_{number}", title, "hidden", "passed", worth, worth)
    array = f"np.array({[rng.randrange(9) for _ in range(100)]})"
    shown = Counterexample(f"asked({array})", array, array)
    why = "Signs cancelled: take absolute values before averaging, and the mean after that."
    return CheckResult(f"test_{number}", title, "hidden", "failed", 0.0, worth, why, shown, (f"mistake_{number}",))


if __name__ == "__main__":
    main()
