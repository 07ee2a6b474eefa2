"""Files that were handed in lie where the answer may open them, and nothing of them outside of the worker's folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from winnow.worker.own_files import lay_out
from winnow.worker.statements import Text


def test_nothing_is_written_outside_of_the_folder_or_over_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, outside = tmp_path / "scratch", tmp_path / "outside"
    folder.mkdir()
    (folder / "there.py").write_text("there")
    (folder / "link").symlink_to(tmp_path / "elsewhere.py")
    monkeypatch.chdir(folder)
    labels = [
        "../up.py",
        "a/../../up.py",
        str(outside / "abs.py"),
        "/abs.py",
        "there.py",
        "link",
        "a/..",
        "a/",
        "nul\0.py",
    ]
    lay_out("../answer/mae.py", [Text(label, "x") for label in [*labels, "lib/one.py", "lib/one.py/two.py"]])
    found = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if not path.is_dir())
    assert found == ["scratch/lib/one.py", "scratch/link", "scratch/there.py"]
    assert ((folder / "there.py").read_text(), os.getcwd()) == ("there", str(folder))


def test_the_answer_runs_in_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lay_out(
        "notebooks/mae.ipynb",
        [Text("src/magic.py", "%cd\n", "\n"), Text("data/x.csv", "1\r\n2\n"), Text("w", "", "", "/wAK")],
    )
    assert Path.cwd() == tmp_path / "notebooks"
    assert Path("../src/magic.py").read_bytes() == b"\n"
    assert Path("../data/x.csv").read_bytes() == b"1\r\n2\n"
    assert Path("../w").read_bytes() == b"\xff\0\n"
