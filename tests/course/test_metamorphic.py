"""An honest learner's record follows from their submission alone: not from who else handed in, in which order,
with how many processes, with which seed of hashes, with which layers and beside what else the machine does."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path

import pytest

from winnow.cli import main
from winnow.worker.layers import probe

from ..support.part_of_course import part_of_course

ROOT = Path(__file__).parents[2]
HONEST = ("s02", "s03", "s04", "s17")
HOSTILE = (
    "next_learners_marks", "tried_is_a_number", "remembered_tensors", "swap_reference_code", "eq_float",
    "df_adopts_right", "torch_function",
)  # fmt: skip
EVERYBODY = tuple(name for pair in zip_longest(HONEST, HOSTILE) for name in pair if name)
LABELS = tomllib.loads((ROOT / "tests" / "attacks" / "labels.toml").read_text(encoding="utf-8"))
# One that needs numpy alone, one of tables and one of tensors: they differ in what is warm, sent and shown.
EXERCISES = {"mae", "groupby_na", "mlp_forward"}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("course")
    part_of_course(root, EXERCISES)
    return root


def graded(course: Path, folder: Path, order: Sequence[str], *options: str, **environment: str) -> dict[str, str]:
    """The record of each honest learner, of a class that is graded in this order."""
    submissions, out = folder / "class", folder / "out"
    for number, name in enumerate(order):
        # Submissions are graded in the order of their names, so the names change and the learners stay.
        own = submissions / f"{number:02}-{name}"
        if name in HONEST:
            shutil.copytree(ROOT / "examples" / "class" / name, own)
        else:
            own.mkdir(parents=True)
            shutil.copy(ROOT / "tests" / "attacks" / f"{name}.py", own / f"{LABELS[name]['exercise']}.py")
    words = ["grade", str(submissions), "--out", str(out), "--fresh", *options]
    environment = {"WINNOW_COURSE": str(course), **environment}
    if "PYTHONHASHSEED" in environment:
        command = [sys.executable, "-m", "winnow.cli", *words]
        ran = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
    else:
        with pytest.MonkeyPatch.context() as patch:
            for name, value in environment.items():
                patch.setenv(name, value)
            assert main(words) == 0
    found = {}
    for one in json.loads((out / "results.json").read_text(encoding="utf-8"))["submissions"]:
        student = one.pop("student")
        name = student.partition("-")[2]
        if name in HONEST:
            assert {exercise["exercise"] for exercise in one["exercises"]} >= EXERCISES
            found[name] = json.dumps(one).replace(f"{submissions}/", "").replace(student, name)
    return found


@pytest.fixture(scope="module")
def alone(course: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The record of each, graded with nobody else."""
    found: dict[str, str] = {}
    for name in HONEST:
        found |= graded(course, tmp_path_factory.mktemp("alone"), [name])
    return found


@contextmanager
def busy() -> Iterator[None]:
    """Four loops beside, of low priority."""
    loop = "import os\nos.nice(10)\nwhile True: pass"
    loops = [subprocess.Popen([sys.executable, "-c", loop]) for _ in range(4)]
    try:
        yield
    finally:
        for one in loops:
            one.kill()
            one.wait()


SHUFFLED = tuple(random.Random(0).sample(EVERYBODY, len(EVERYBODY)))
WAYS: dict[str, tuple[Sequence[str], tuple[str, ...], Mapping[str, str]]] = {
    "forwards": (EVERYBODY, ("--jobs", "1"), {"PYTHONHASHSEED": "1"}),
    "backwards, two processes": (EVERYBODY[::-1], ("--jobs", "2"), {"PYTHONHASHSEED": "2"}),
    "shuffled, four processes": (SHUFFLED, ("--jobs", "4"), {"PYTHONHASHSEED": "3"}),
    "the first half": (EVERYBODY[: len(EVERYBODY) // 2], (), {}),
    "the second half": (EVERYBODY[len(EVERYBODY) // 2 :], (), {}),
    "without bubblewrap": (EVERYBODY, (), {"WINNOW_WITHOUT_LAYERS": "bubblewrap"}),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_record_is_the_same_whoever_else_is_graded_and_how(
    way: str, course: Path, alone: dict[str, str], tmp_path: Path
) -> None:
    order, options, environment = WAYS[way]
    if "bubblewrap" in environment.get("WINNOW_WITHOUT_LAYERS", "") and probe.available()["bubblewrap"]:
        pytest.skip("this machine has no bubblewrap to leave out")
    found = graded(course, tmp_path, order, *options, **environment)
    assert found == {name: record for name, record in alone.items() if name in order}


def test_a_record_is_the_same_beside_a_busy_machine(course: Path, alone: dict[str, str], tmp_path: Path) -> None:
    with busy():
        assert graded(course, tmp_path, EVERYBODY) == alone
