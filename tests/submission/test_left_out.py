"""What is no ordinary file, or has no ordinary name, is a row or a sentence: never silence, and never the end of
the whole class."""

from __future__ import annotations

import json
import os
import socket
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest

from winnow.cli import main
from winnow.submission import find_class, read_submission

from ..support.small_course import FILES, RIGHT, make
from ..support.submission_course import EXERCISES, MAE

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make(tmp_path / "course").root
    monkeypatch.setenv("WINNOW_COURSE", str(root))
    return root


def graded(submissions: Path, out: Path) -> dict[str, dict[str, Any]]:
    assert main(["grade", str(submissions), "--out", str(out), "--sandbox=off", "--jobs=1"]) in (0, 1)
    data = json.loads((out / "results.json").read_text(encoding="utf-8"))
    return {one["student"]: one["exercises"][0] for one in data["submissions"]}


def put(folder: bytes | Path, name: bytes | str = "double.py", text: str = RIGHT) -> None:
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(os.fsencode(folder), os.fsencode(name)), "w", encoding="utf-8") as file:
        file.write(text)


def special(folder: Path) -> None:
    """A pipe, a socket, and links to a device and to nothing, all named as answers are."""
    os.mkfifo(folder / "pipe.py")
    here = os.getcwd()
    os.chdir(folder)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.py")
    os.chdir(here)
    (folder / "device.py").symlink_to("/dev/zero")
    (folder / "nowhere.py").symlink_to("/nowhere/at/all.py")


def test_entries_of_a_class(course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    top = tmp_path / "class"
    put(top / "kim")
    for name in (".lee", ".git", ".ipynb_checkpoints"):
        put(top / name)
    (top / "link").symlink_to(top / "kim")
    (top / ".park.zip.icloud").write_text("bplist00")
    special(top)
    found = graded(top, tmp_path / "out")
    assert {name: one["status"] for name, one in found.items()} == {"kim": "graded", "link": "unreadable"}
    assert found["link"]["message"] == "link cannot be read: it is a link, or lies behind one"
    said = " ".join(capsys.readouterr().err.split())
    assert "note: .lee was left out, being hidden: give what is a learner's a name without the dot in front" in said
    assert "note: .park.zip.icloud was left out: what stands for a file that is in iCloud only is to be" in said
    assert (
        "note: device.py, nowhere.py, pipe.py, socket.py were left out: a link that leads to no file or folder, a "
        "pipe, a socket or a device" in said
    )
    assert ".git" not in said


def test_names_that_differ_in_bytes_that_are_no_text(course: Path, tmp_path: Path) -> None:
    top = os.fsencode(tmp_path / "class")
    long = "가나다라마바사아자차카타파하".encode("cp949") * 4
    names = [b"kim\xff", b"kim\xfe", long + b"\xb1\xe8", long + b"\xc0\xcc"]
    try:
        for name in names:
            put(os.path.join(top, name))
    except OSError:
        pytest.skip("this file system takes only Unicode names")
    found = graded(tmp_path / "class", tmp_path / "out")
    assert len(found) == 4
    assert {one["score"] for one in found.values()} == {10.0}
    assert {"kim\\xff", "kim\\xfe"} < found.keys()
    assert len(list((tmp_path / "out" / "feedback").glob("*~*.html"))) == 4


def test_within_the_folder_of_a_learner(tmp_path: Path) -> None:
    put(tmp_path / "kim", "other.py", MAE)
    special(tmp_path / "kim")
    for name in (".mae.py", "._mae.py", ".DS_Store", ".hw/mae.py", ".git/mae.py", ".ipynb_checkpoints/mae.ipynb"):
        (tmp_path / "kim" / name).parent.mkdir(exist_ok=True)
        put(tmp_path / "kim", name)
    read = read_submission("kim", tmp_path / "kim", EXERCISES)
    assert read.sources["mae"].path == "other.py"
    hidden = "is hidden and was not read: give it a name without the dot in front"
    none = "is a pipe, a socket or a device and was left out: hand in an ordinary file"
    link = "is a link and was left out: hand in the file itself"
    assert read.notes == (
        f".hw {hidden}", f".mae.py {hidden}", f"device.py {link}", f"nowhere.py {link}", f"pipe.py {none}",
        f"socket.py {none}",
    )  # fmt: skip


def member(name: str, kind: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, (kind | 0o644) << 16
    return info


KINDS = {"mae.py": stat.S_IFLNK, "pipe.py": stat.S_IFIFO, "device.py": stat.S_IFCHR, "socket.py": stat.S_IFSOCK}


@pytest.mark.parametrize("around", ["", "hw1/kim/"])
def test_within_an_archive(tmp_path: Path, around: str) -> None:
    """Of one learner, or of a class in which each has a folder."""
    path = tmp_path / "kim.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(f"{around}other.py", MAE)
        for name, kind in KINDS.items():
            made.writestr(member(f"{around}{name}", kind), "/dev/zero")
        for name in (".mae.py", ".hw/a/mae.py", "__MACOSX/._mae.py"):
            made.writestr(f"{around}{name}", MAE)
        if around:
            made.writestr("hw1/lee/other.py", MAE)
            made.writestr(member("hw1/park", stat.S_IFLNK), "kim")
            made.writestr("../../etc/choi/mae.py", MAE)
    found = find_class(path, EXERCISES)
    assert [one.student for one in found.hand_ins] == (["kim", "lee"] if around else ["kim"])
    read = read_submission("kim", found.hand_ins[0].handed_in, EXERCISES)
    assert read.sources["mae"].path == "other.py"
    said = {note.removeprefix("kim.zip: ").partition(" ")[0]: note for note in read.notes}
    assert said.keys() == {*KINDS, ".mae.py", ".hw"}
    assert "is a link" in said["mae.py"]
    assert all("is a pipe, a socket or a device" in said[name] for name in ("pipe.py", "device.py", "socket.py"))
    if around:
        assert found.remarks == (
            "hw1/park is a link and was left out: hand in the file itself",
            "../../etc/choi/mae.py points out of the archive and was left out",
        )


def test_a_pipe_holds_nothing_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "class.zip")
    (tmp_path / "kim").mkdir()
    os.mkfifo(tmp_path / "kim" / "submission_metadata.yml")
    for _ in range(2):
        found = find_class(tmp_path, EXERCISES, "folders")
        assert [one.student for one in found.hand_ins] == ["kim"]
        assert found.remarks[0].startswith("class.zip was left out: ")
    inbound = tmp_path / "submitted" / "kim" / "m05"
    inbound.mkdir(parents=True)
    put(inbound, "mae.py", MAE)
    (tmp_path / "secret.txt").write_text("0123456789 the secret")
    (inbound / "timestamp.txt").symlink_to(tmp_path / "secret.txt")
    [kim] = find_class(inbound.parents[1], EXERCISES, "nbgrader").hand_ins
    assert kim.person.handed_in == ""


@pytest.mark.parametrize("here", ["class", "class/kim", "class/kim/exercises/m01"])
@pytest.mark.parametrize("command", ["grade", "regrade"])
def test_the_course_is_never_found_in_what_was_handed_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], here: str, command: str
) -> None:
    """One learner hands in a course whose checks everybody passes, another lacks them; also through a link."""
    make(tmp_path / "class" / "kim", {**FILES, "graders/m01/test_double.py": "open('/tmp/owned', 'w')\n"})
    put(tmp_path / "class" / "lee")
    (tmp_path / "same").symlink_to(tmp_path / "class")
    monkeypatch.delenv("WINNOW_COURSE", raising=False)
    monkeypatch.chdir(tmp_path / here)
    for submissions in (tmp_path / "class", tmp_path / "same", Path(os.path.relpath(tmp_path / "class"))):
        words = [command, str(submissions), "--out", str(tmp_path / "out"), "--sandbox=off"]
        assert main(words) == 2
        (said,) = capsys.readouterr().err.splitlines()
        if here == "class":
            assert "no course here" in said
        else:
            assert said.endswith("it is a learner's: go into your own course's folder, or set WINNOW_COURSE to it")
    monkeypatch.setenv("WINNOW_COURSE", str(tmp_path / "class" / "kim"))
    assert main([command, str(tmp_path / "class"), "--out", str(tmp_path / "out"), "--sandbox=off"]) == 2
    assert not (tmp_path / "out").exists()
