"""Links in nbgrader's tree: whatever they lead to is neither graded, nor shown, nor given back with the feedback."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from winnow.course import Course

from ..support.small_course import RIGHT, make
from .test_nbgrader import BIN, api, command, edited, nbformat

SECRET = "only the instructor may read this"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Course, Path]:
    """A course folder: of lee the notebook is a link, of mia the folder; kim has a link beside a right answer."""
    course = make(tmp_path_factory.mktemp("course"))
    folder = tmp_path_factory.mktemp("made")
    command(folder, course, "winnow", "nbgrader", str(folder))
    command(folder, course, "nbgrader", "generate_assignment", "m01")
    (folder / "secret").mkdir()
    (folder / "secret" / "notes.txt").write_text(SECRET)
    own = {name: folder / "submitted" / name / "m01" for name in ("kim", "lee", "mia")}
    for name in ("kim", "lee"):
        own[name].mkdir(parents=True)
    nb = nbformat.read(folder / "release" / "m01" / "m01.ipynb", 4)
    edited(nb, RIGHT)
    (own["kim"] / "m01.ipynb").write_text(nbformat.writes(nb), encoding="utf-8")
    (own["kim"] / "mine.txt").write_text("mine")
    (own["kim"] / "notes.txt").symlink_to(folder / "secret" / "notes.txt")
    (own["kim"] / "more").symlink_to(folder / "secret")
    (own["lee"] / "m01.ipynb").symlink_to(folder / "source" / "m01" / "m01.ipynb")
    (folder / "submitted" / "mia").mkdir()
    own["mia"].symlink_to(own["kim"])
    return course, folder


@pytest.fixture
def folder(made: tuple[Course, Path], tmp_path: Path) -> Path:
    shutil.copytree(made[1], tmp_path / "folder", symlinks=True)
    return tmp_path / "folder"


def run(folder: Path, course: Course, *words: str) -> tuple[int, str]:
    environment = os.environ | {"WINNOW_COURSE": str(course.root), "PATH": f"{BIN}:{os.environ['PATH']}",
                                "HOME": str(folder), "PYTHONWARNINGS": "ignore"}  # fmt: skip
    ran = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True)
    return ran.returncode, ran.stderr


def hold(folder: Path) -> None:
    """Only kim is graded, and nothing that a link leads to has come along."""
    graded = folder / "autograded"
    assert sorted(path.name for path in graded.iterdir() if (path / "m01").exists()) == ["kim"]
    names = {path.name for path in (graded / "kim" / "m01").rglob("*")}
    assert names == {"m01.ipynb", "mine.txt"}
    with api.Gradebook(f"sqlite:///{folder}/gradebook.db") as book:
        assert book.find_submission("m01", "kim").score == 10.0
    assert SECRET not in "".join(path.read_text() for path in graded.rglob("*") if path.is_file())


def test_winnow_refuses_links_in_a_sentence_each(folder: Path, made: tuple[Course, Path]) -> None:
    status, said = run(folder, made[0], "winnow", "grade", "--nbgrader", str(folder))
    assert status == 1
    why = "cannot be read: it is a link, or lies behind one; ask for the file itself"
    assert f"lee, m01: not graded: lee/m01/m01.ipynb {why}" in said
    assert f"mia, m01: not graded: mia/m01 {why}" in said
    hold(folder)


def test_nbgraders_own_autograde_refuses_them_as_well(folder: Path, made: tuple[Course, Path]) -> None:
    _, said = run(folder, made[0], "nbgrader", "autograde", "m01")
    assert "lee/m01/m01.ipynb cannot be read: it is a link, or lies behind one" in said
    hold(folder)


def test_the_exchange_collects_links_as_links(
    made: tuple[Course, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course, folder = made
    exchange = tmp_path / "exchange"
    inbound = exchange / folder.name / "inbound"
    inbound.mkdir(parents=True)
    exchange.chmod(0o777)
    handed_in = inbound / "pat+m01+2025-01-01 00:00:00 UTC+abc"
    handed_in.mkdir()
    (handed_in / "m01.html").symlink_to(folder / "secret" / "notes.txt")
    (handed_in / "timestamp.txt").write_text("2025-01-01 00:00:00 UTC")
    os.mkfifo(handed_in / "pipe")
    (inbound / "sam+m01+2025-01-01 00:00:00 UTC+abd").symlink_to(folder / "secret")
    config = f"--Exchange.root={exchange}"
    status, said = run(folder, course, "nbgrader", "collect", "m01", config)
    collected: Any = folder / "submitted" / "pat" / "m01"
    assert status == 0, said
    assert sorted(path.name for path in collected.iterdir()) == ["m01.html", "timestamp.txt"]
    assert (collected / "m01.html").is_symlink()
    assert (folder / "submitted" / "sam" / "m01").is_symlink()
