"""What an extra of pyproject.toml installs is enough for the commands that it is there for.

The tests' own environment has every package, so those that the extra would not bring are hidden from every process."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from winnow import equipment
from winnow.cli import main

from .support.small_course import RIGHT, make

# Run by Python before anything else, in every process that is started. A hidden name is one that is not found, so
# that libraries that only ask whether another is there (`importlib.util.find_spec`) get the answer they would get.
HIDING = """
import json, os
from functools import partial
from importlib.machinery import PathFinder

hidden = frozenset(json.loads(os.environ["HIDDEN"]))
find = PathFinder.find_spec

def find_spec(name, path=None, target=None):
    return None if name in hidden else find(name, path, target)

PathFinder.find_spec = partial(find_spec)  # pytest keeps it as a class attribute, where a function would be a method
"""


def brought(distribution: str, extras: frozenset[str], seen: set[tuple[str, str]]) -> None:
    """Add to `seen` all that installing a distribution with these extras brings, as (name, extra) pairs."""
    for extra in extras | {""}:
        if (distribution, extra) in seen:
            continue
        seen.add((distribution, extra))
        for line in metadata.requires(distribution) or ():
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate({"extra": extra}):
                brought(canonicalize_name(needed.name), frozenset(needed.extras), seen)


def hidden(extra: str) -> list[str]:
    """The importable names that no distribution of the extra provides."""
    seen: set[tuple[str, str]] = set()
    brought("winnow-grader", frozenset({extra} if extra else ()), seen)
    there = {name for name, _ in seen}
    by_name = metadata.packages_distributions()
    return sorted(
        name for name, owners in by_name.items() if not there & {canonicalize_name(owner) for owner in owners}
    )


@pytest.fixture
def winnow(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs a command of winnow in a small course with the packages of an extra alone."""
    site, course = tmp_path / "site", make(tmp_path / "course")
    site.mkdir()
    (site / "sitecustomize.py").write_text(HIDING)

    def run(extra: str, *words: str) -> subprocess.CompletedProcess[str]:
        # Entry points of hidden packages are still listed; Hypothesis would load them.
        hiding = {"PYTHONPATH": str(site), "HIDDEN": json.dumps(hidden(extra)), "HYPOTHESIS_NO_PLUGINS": "1"}
        command = [sys.executable, "-m", "winnow.cli", *words]
        return subprocess.run(
            command, cwd=course.root, env={**os.environ, **hiding}, capture_output=True, text=True, timeout=120
        )

    handed_in = tmp_path / "class" / "kim"
    handed_in.mkdir(parents=True)
    (handed_in / "double.py").write_text(RIGHT)
    return run


def test_what_is_not_brought_is_hidden():
    assert "nbformat" in hidden("grade")
    assert "nbformat" not in hidden("nbgrader")
    assert "numpy" not in hidden("")
    assert {"torch", "hypothesis", "jinja2", "pandas", "matplotlib"} <= set(hidden(""))


@pytest.mark.parametrize("command", ["grade", "regrade", "report", "export"])
def test_a_class_is_graded_with_what_grading_installs(winnow, tmp_path, command):
    out = str(tmp_path / "out")
    class_ = str(tmp_path / "class")
    graded = winnow("grade", "grade", class_, "--out", out)
    assert graded.returncode == 0, graded.stderr
    assert json.loads((tmp_path / "out/results.json").read_text())["submissions"][0]["score"] == 10
    words = {"regrade": [class_, "--out", out], "report": [out], "export": [out, "--to", "csv"]}.get(command)
    if words:
        done = winnow("grade", command, *words)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("extra", ["learn", ""])
@pytest.mark.parametrize("command", ["status", "check", "hint", "reset", "quiz"])
def test_a_learner_needs_what_learning_installs(winnow, command, extra):
    done = winnow(extra, command, *(["double"] if command in ("check", "hint", "reset") else []))
    assert "cannot run here" not in done.stderr
    assert "No module named" not in done.stderr + done.stdout


@pytest.mark.parametrize("command", ["grade", "regrade"])
def test_a_run_without_what_its_exercises_need_is_refused_in_a_sentence(winnow, tmp_path, command):
    catalogue = tmp_path / "course" / "exercises" / "course.toml"
    catalogue.write_text(catalogue.read_text().replace('needs = ["numpy"]', 'needs = ["numpy", "torch"]'))
    done = winnow("", command, str(tmp_path / "class"), "--out", str(tmp_path / "out"))
    assert (done.returncode, done.stdout) == (2, "")
    (said,) = done.stderr.splitlines()
    assert said.startswith("winnow: double needs torch, which is not installed: pip install ")
    assert not (tmp_path / "out").exists()


def test_a_library_that_is_too_old_is_told_with_both_versions(tmp_path, monkeypatch):
    (one,) = make(tmp_path / "course").exercises
    exercises = [replace(one, id=name, needs=("numpy", "pandas")) for name in "abcde"]
    assert equipment.lacking(exercises) == ""
    version = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: "1.5.3" if name == "pandas" else version(name))
    said = equipment.lacking(exercises)
    assert said.startswith("a, b, c and 2 more need pandas>=2.2, but 1.5.3 is installed: pip install 'pandas>=2.2', or")


@pytest.mark.parametrize("sandbox", ["off", "auto"])
def test_a_run_without_room_for_temporary_files_is_refused_in_a_sentence(tmp_path, monkeypatch, capsys, sandbox):
    def none():
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp']")

    monkeypatch.setenv("WINNOW_COURSE", str(make(tmp_path / "course").root))
    monkeypatch.setattr(tempfile, "gettempdir", none)
    (tmp_path / "class" / "kim").mkdir(parents=True)
    words = ["grade", str(tmp_path / "class"), "--layout=folders", "--out", str(tmp_path / "out")]
    assert main([*words, f"--sandbox={sandbox}"]) == 2
    (said,) = capsys.readouterr().err.splitlines()
    assert said.startswith("winnow: no folder for temporary files can be made (No usable temporary directory found")
