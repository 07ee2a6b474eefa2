"""A part of the real course as a course of its own: tests of the engine stay as they are while the course grows."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from winnow.course import Course, load

ROOT = Path(__file__).parents[2]
FOUR = ("groupby_na", "mae", "robust_losses", "mlp_forward")
TREES = ("exercises", "solutions", "graders")


def part_of_course(root: Path, exercises: Collection[str] = FOUR) -> Course:
    """Write the files of these exercises, and the quizzes of their modules, below `root`."""
    whole = load(ROOT)
    chosen = [whole.exercise(name) for name in exercises]
    modules = {exercise.module for exercise in chosen}
    for tree in TREES:
        for module in modules:
            others = [one.id for one in whole.exercises if one.module == module and one.id not in exercises]
            shutil.copytree(ROOT / tree / module, root / tree / module, ignore=_files_of(others))
    catalogue = (ROOT / "exercises" / "course.toml").read_text(encoding="utf-8")
    (root / "exercises" / "course.toml").write_text(_cut(catalogue, modules, exercises), encoding="utf-8")
    return load(root)


def _files_of(exercises: Iterable[str]) -> Callable[[str, list[str]], set[str]]:
    """What `copytree` leaves out: the files of these exercises, and what Python has compiled."""
    names = "|".join(exercises) or "(?!)"
    theirs = re.compile(rf"(test_)?({names})(_\w+)?(\.\w+)?|__pycache__")
    return lambda _, files: {file for file in files if theirs.fullmatch(file)}


def _cut(catalogue: str, modules: Collection[str], exercises: Collection[str]) -> str:
    """The catalogue with these modules and exercises only, entry by entry as it is written."""
    head, *entries = re.split(r"^(?=\[\[modules(?:\.exercises)?\]\])", catalogue, flags=re.MULTILINE)
    kept = []
    for entry in entries:
        name = re.search(r'^id = "(\w+)"', entry, re.MULTILINE)
        assert name is not None
        if name[1] in (exercises if entry.startswith("[[modules.exercises]]") else modules):
            kept.append(entry)
    return head + "".join(kept)
