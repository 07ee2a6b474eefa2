"""Attacks that succeed: the naive way, hidden checks and submission in one pytest process, against winnow.

    python benchmarks/attacks.py

An attack succeeds when it earns a point that it does not deserve, when its process reports that nothing failed, or when
what it says carries the token that is planted in the reference. Naive: the hidden tests of benchmarks/naive and the
reference lie beside the submission and run by plain pytest in the same process; each attack in a folder of its own,
with 60 s. `judged` is the CPU that grader processes took to look at what an attack sent.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

from winnow.record_file import load

ROOT = Path(__file__).parents[1]
ATTACKS = ROOT / "tests" / "attacks"
TOKEN = "WINNOW_REF_bench"
MAIN = """
import sys, time
from winnow.cli import main
status = main(sys.argv[1:])
print(f"main process: {time.process_time()} s", file=sys.stderr)
sys.exit(status)
"""


@dataclass
class Tried:
    """What came of one attack."""

    passed: int
    checks: int
    quiet: bool
    leaked: bool
    deserved: bool = False
    seconds: float = 0.0

    @property
    def succeeded(self) -> bool:
        return (self.passed > 0 and not self.deserved) or self.quiet or self.leaked


def naive_test(exercise: str) -> Path:
    """The hidden tests of an exercise as one would write them without winnow; there may be none."""
    return ROOT / "benchmarks" / "naive" / f"test_{exercise}.py"


def naive(name: str, exercise: str, module: str, folder: Path) -> Tried:
    """Run one attack with the hidden tests of `benchmarks/naive` in one pytest process."""
    work, solutions = folder / "work", folder / "solutions"
    work.mkdir(parents=True)
    solutions.mkdir()
    text = (ROOT / "solutions" / module / f"{exercise}.py").read_text(encoding="utf-8")
    solution = f"# {TOKEN}\n{text}\n_CANARY = {TOKEN!r}\n"
    for place in (work / "reference.py", solutions / f"{exercise}.py"):
        place.write_text(solution, encoding="utf-8")
    shutil.copy(ATTACKS / f"{name}.py", work / f"{exercise}.py")
    shutil.copy(naive_test(exercise), work / "test_hidden.py")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:winnow", "-p", "no:cacheprovider", "-c", "/dev/null",
               f"--rootdir={work}", "--junitxml", "report.xml", "test_hidden.py"]  # fmt: skip
    try:
        ran = subprocess.run(
            command, cwd=work, capture_output=True, timeout=60, env={**os.environ, "TMPDIR": str(folder)}, check=False
        )
        said, status = ran.stdout + ran.stderr, ran.returncode
    except subprocess.TimeoutExpired as error:
        said, status = (error.stdout or b"") + (error.stderr or b""), 124
    passed = checks = 0
    if (work / "report.xml").exists():
        cases = list(ElementTree.parse(work / "report.xml").iter("testcase"))
        checks = len(cases)
        passed = sum(len(case) == 0 or all(part.tag in ("system-out", "properties") for part in case) for case in cases)
    names = " ".join(str(path) for path in folder.rglob("*")).encode()
    return Tried(passed, checks, status == 0, TOKEN.encode() in said or TOKEN.encode() in names)


def winnow(labels: dict[str, dict[str, str]], folder: Path) -> tuple[dict[str, Tried], float]:
    """Grade all attacks in one run; what came of each, and the seconds of CPU of the main process for all of them."""
    course = folder / "course"
    for tree in ("exercises", "solutions", "graders"):
        shutil.copytree(ROOT / tree, course / tree)
    for path in course.glob("solutions/*/*.py"):
        path.write_text(path.read_text(encoding="utf-8") + f"\n_CANARY = {TOKEN!r}\n", encoding="utf-8")
    for name, label in labels.items():
        own = folder / "class" / name
        own.mkdir(parents=True)
        shutil.copy(ATTACKS / f"{name}.py", own / f"{label['exercise']}.py")
    out = folder / "out"
    ran = subprocess.run(
        [sys.executable, "-c", MAIN, "grade", str(folder / "class"), "--out", str(out)],
        check=True, capture_output=True, env={**os.environ, "WINNOW_COURSE": str(course), "WINNOW_LOG": "debug"},
    )  # fmt: skip
    said = ran.stderr.decode(errors="replace")
    judged: Counter[str] = Counter()
    for name, seconds in re.findall(r" of (\w+), part -?\d+: ([\d.]+) s of CPU", said):
        judged[name] += float(seconds)
    tried = {}
    for one in load(out / "results.json").submissions:
        checks = [check for exercise in one.exercises for check in exercise.checks]
        passed = sum(check.outcome == "passed" for check in checks)
        leaked = TOKEN in repr(one)
        deserved = one.score <= float(labels[one.student].get("deserves", 0.0))
        tried[one.student] = Tried(passed, len(checks), False, leaked, deserved, judged[one.student])
    return tried, float(said.split("main process:")[1].split()[0])


def main() -> None:
    """Try all, and print the table."""
    course = tomllib.loads((ROOT / "exercises" / "course.toml").read_text(encoding="utf-8"))
    modules = {one["id"]: module["id"] for module in course["modules"] for one in module["exercises"]}
    labels = tomllib.loads((ATTACKS / "labels.toml").read_text(encoding="utf-8"))
    labels = {name: label for name, label in labels.items() if label["exercise"] and (ATTACKS / f"{name}.py").exists()}
    with tempfile.TemporaryDirectory() as folder:
        ours, main_process = winnow(labels, Path(folder, "winnow"))
        print(f"{'attack':26} {'naive':>28} {'winnow':>20}   judged")
        for name, label in labels.items():
            if "deserves" in label or not naive_test(label["exercise"]).exists():
                # Right but for what only winnow's checks ask, or an attack on what winnow has and plain tests have not.
                print(f"{name:26} {'-':>28} {words(ours[name]):>20} {ours[name].seconds:6.2f} s", flush=True)
                continue
            before = canaries()
            plain = naive(name, label["exercise"], modules[label["exercise"]], Path(folder, "naive", name))
            ours[name].quiet = False
            for path in canaries() - before:
                path.unlink()
            print(f"{name:26} {words(plain):>28} {words(ours[name]):>20} {ours[name].seconds:6.2f} s", flush=True)
            label["naive"] = str(plain.succeeded)
    plain_ones = [label["naive"] == "True" for label in labels.values() if "naive" in label]
    fooled = f"naive {sum(plain_ones)} of {len(plain_ones)}"
    print(f"attacks that succeed: {fooled}, winnow {sum(t.succeeded for t in ours.values())} of {len(ours)}")
    worst = max(ours, key=lambda name: ours[name].seconds)
    print(f"judging takes at most {ours[worst].seconds:.1f} s of a grader's CPU ({worst}), "
          f"and all {len(ours)} together {main_process:.1f} s of the main process's")  # fmt: skip


def canaries() -> set[Path]:
    """What attacks have left where they may write when nothing confines them."""
    site = Path(pytest.__file__).parents[1]
    folders = [Path(place) for place in ("/tmp", "/var/tmp", "/dev/shm")] + [Path.home(), site, site / "pytest"]
    folders.append(site / "numpy" / "__pycache__")
    return {path for folder in folders for path in folder.glob("winnow_canary*")}


def words(tried: Tried) -> str:
    """`3/12 passed, leaked`."""
    extra = [word for word, true in (("exit 0", tried.quiet), ("leaked", tried.leaked)) if true]
    return ", ".join([f"{tried.passed}/{tried.checks} passed", *extra]) + (" *" if tried.succeeded else "")


if __name__ == "__main__":
    main()
