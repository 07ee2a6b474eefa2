"""Folders, archives and single files: what is looked at, and what is left out."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import unicodedata
import zipfile
from pathlib import Path

import pytest

from winnow.submission import SubmissionsError, find_submissions, read_submission
from winnow.submission.files import list_files
from winnow.submission.model import Unreadable

from ..support.submission_course import EXERCISES, MAE, notebook, submit, text_of, zipped


def test_every_kind_of_entry_is_a_learner(tmp_path: Path) -> None:
    for name in ("b.zip", "a.ipynb", "c.py", "e.tar.gz", "f.rar", ".hidden.py", "truth.toml", "roster.csv"):
        (tmp_path / name).write_bytes(b"")
    for name in ("d", "__MACOSX", ".git"):
        (tmp_path / name).mkdir()
    assert [name for name, _ in find_submissions(tmp_path)] == ["a", "b", "c", "d", "e", "f"]


@pytest.mark.parametrize("name", ["kim.py", "kim.ipynb", "kim.zip"])
def test_a_file_in_place_of_a_folder_is_the_only_submission(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    assert find_submissions(tmp_path / name) == [("kim", tmp_path / name)]


def test_names_are_composed_and_may_be_anything(tmp_path: Path) -> None:
    names = ["김서준", "Zoë", "a.b", "x y", "🦊"]
    for name in names:
        (tmp_path / unicodedata.normalize("NFD", name)).mkdir()
    (tmp_path / "evil\x1b[31m\nname").mkdir()
    found = [name for name, _ in find_submissions(tmp_path)]
    assert found == sorted([*names, "evil\\x1b[31m\\nname"])


def test_a_name_that_is_no_text_is_shown_in_escapes(tmp_path: Path) -> None:
    try:
        os.mkdir(os.fsencode(tmp_path) + b"/kim\xff")
    except OSError:
        pytest.skip("this file system takes only Unicode names")
    [(name, path)] = find_submissions(tmp_path)
    assert name == "kim\\xff"
    assert path.is_dir()


def test_two_entries_of_one_learner_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "kim").mkdir()
    (tmp_path / "kim.zip").write_bytes(b"")
    with pytest.raises(SubmissionsError, match=r"two submissions of kim: kim and kim\.zip; keep one"):
        find_submissions(tmp_path)


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (lambda path: None, "there is no folder .*class"),
        (lambda path: path.mkdir(), "class holds no submissions"),
        (lambda path: path.write_text("x"), "class is not a submission"),
    ],
)
def test_a_wrong_folder_gets_one_sentence(tmp_path: Path, prepare: object, message: str) -> None:
    assert callable(prepare)
    prepare(tmp_path / "class")
    with pytest.raises(SubmissionsError, match=message) as caught:
        find_submissions(tmp_path / "class")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("wrap", ["", "HW2/"])
def test_a_zip_is_read_like_a_folder_and_one_folder_around_all_is_no_remark(tmp_path: Path, wrap: str) -> None:
    raw = zipped({f"{wrap}mae.py": MAE, f"{wrap}mlp_forward.py": "def mlp_forward(): ...", "__MACOSX/._mae.py": b"\0"})
    sources = submit(tmp_path / "kim.zip", raw).sources
    assert [sources[name].status for name in ("mae", "mlp_forward", "groupby_na")] == ["found", "found", "missing"]
    assert sources["mae"].path == "mae.py"
    assert sources["mae"].notes == ()


def test_an_archive_in_a_folder_or_in_an_archive_is_opened(tmp_path: Path) -> None:
    inner = zipped({"mae.py": MAE})
    for name, content in (("a", {"hw.zip": inner}), ("b.zip", zipped({"hw.zip": inner}))):
        source = submit(tmp_path / name, content).sources["mae"]
        assert text_of(source) == MAE
        assert source.notes == ()
    deep = submit(tmp_path / "c.zip", zipped({"b.zip": zipped({"a.zip": inner})}))
    assert deep.sources["mae"].message.startswith("a.zip was not opened")


def test_an_archive_for_each_exercise_is_opened(tmp_path: Path) -> None:
    names = [f"exercise{number}" for number in range(40)]
    packed = {f"hw/{name}.zip": zipped({f"{name}.py": "x = 1\n"}) for name in names}
    (tmp_path / "kim.zip").write_bytes(zipped(packed))
    assert [file.name for file in list_files(tmp_path / "kim.zip").files] == sorted(f"{name}.py" for name in names)


def test_a_member_that_points_out_of_the_archive_is_left_out(tmp_path: Path) -> None:
    raw = zipped({"../../mae.py": MAE, "/etc/mlp_forward.py": "def mlp_forward(): ..."})
    submission = submit(tmp_path / "kim.zip", raw)
    assert submission.sources["mae"].status == "missing"
    assert submission.notes == ("kim.zip: ../../mae.py points out of the archive and was left out",)
    assert [path.name for path in tmp_path.rglob("*")] == ["kim.zip"]


def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.py").write_text(MAE)
    folder = tmp_path / "kim"
    folder.mkdir()
    (folder / "mae.py").symlink_to(tmp_path / "secret.py")
    (folder / "loop").symlink_to(folder)
    submission = read_submission("kim", folder, EXERCISES)
    assert submission.sources["mae"].status == "missing"
    assert "mae.py is a link and was left out: hand in the file itself" in submission.notes
    link = zipfile.ZipInfo("mae.py")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "lee.zip", "w") as archive:
        archive.writestr(link, "../secret.py")
    assert read_submission("lee", tmp_path / "lee.zip", EXERCISES).sources["mae"].status == "missing"


@pytest.mark.parametrize("what", ["folder", "lee.py"])
def test_a_submission_that_is_a_link_is_not_read(tmp_path: Path, what: str) -> None:
    """It could lead to the reference, or to another learner's work."""
    submit(tmp_path / "kim", {"mae.py": MAE})
    (tmp_path / what).symlink_to(tmp_path / "kim" if what == "folder" else tmp_path / "kim" / "mae.py")
    source = read_submission("lee", tmp_path / what, EXERCISES).sources["mae"]
    assert source.status == "unreadable"
    assert source.message == f"{what} cannot be read: it is a link, or lies behind one"


@pytest.mark.parametrize("swapped", ["kim/a/mae.py", "kim/a", "kim"])
def test_a_link_put_there_at_the_last_moment_is_not_followed(tmp_path: Path, swapped: str) -> None:
    submit(tmp_path / "kim" / "a", {"mae.py": "def mae(): ..."})
    submit(tmp_path / "secret" / "a", {"mae.py": MAE})
    files = list_files(tmp_path / "kim")
    own = tmp_path / swapped
    own.rename(tmp_path / "gone")
    own.symlink_to(tmp_path / swapped.replace("kim", "secret"))
    with pytest.raises(Unreadable, match=r"mae\.py cannot be read: it is a link, or lies behind one"):
        files.read(files.files[0], 1000)


def test_a_file_that_turns_into_a_link_again_and_again_is_never_followed(tmp_path: Path) -> None:
    submit(tmp_path / "COURSE" / "solutions" / "m05_losses", {"mae.py": MAE})
    (tmp_path / "kim").mkdir()
    attack = Path(__file__).parents[1] / "attacks" / "symlink_race.py"
    with subprocess.Popen([sys.executable, attack, tmp_path / "kim", "2", tmp_path / "COURSE"]) as swapping:
        seen = set()
        while swapping.poll() is None:
            source = read_submission("kim", tmp_path / "kim", EXERCISES).sources["mae"]
            seen |= {cell.source for cell in source.cells}
    assert swapping.returncode == 0
    assert seen <= {"def mae(a,b): return 1.0\n"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_under_the_name_does_not_block(tmp_path: Path) -> None:
    (tmp_path / "kim").mkdir()
    os.mkfifo(tmp_path / "kim" / "mae.py")
    submission = read_submission("kim", tmp_path / "kim", EXERCISES)
    assert submission.sources["mae"].status == "missing"
    assert submission.notes == ("mae.py is a pipe, a socket or a device and was left out: hand in an ordinary file",)
    os.mkfifo(tmp_path / "lee.py")
    assert read_submission("lee", tmp_path / "lee.py", EXERCISES).sources["mae"].status == "unreadable"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_unreadable(tmp_path: Path) -> None:
    submit(tmp_path / "kim", {"mae.py": MAE})
    (tmp_path / "kim" / "mae.py").chmod(0)
    source = read_submission("kim", tmp_path / "kim", EXERCISES).sources["mae"]
    assert source.message == "mae.py cannot be read: Permission denied"


def test_a_zip_bomb_is_refused_before_it_unfolds(tmp_path: Path) -> None:
    raw = zipped({"mae.py": bytes(200 << 20)})
    source = submit(tmp_path / "kim.zip", raw).sources["mae"]
    assert source.message.startswith("mae.py is 200.0 MB large")


def test_a_bomb_that_lies_about_its_size_stops_at_the_cap(tmp_path: Path) -> None:
    raw = zipped({"mae.py": b"#" * (50 << 20)})
    honest = (50 << 20).to_bytes(4, "little")
    assert raw.count(honest) == 2
    source = submit(tmp_path / "kim.zip", raw.replace(honest, (100).to_bytes(4, "little"))).sources["mae"]
    assert source.status == "unreadable"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_unfold_as_a_whole_are_refused(tmp_path: Path, method: int) -> None:
    source = submit(tmp_path / "kim.zip", zipped({"mae.py": MAE}, method)).sources["mae"]
    assert source.message == "kim.zip is packed by an unusual method: pack it as an ordinary .zip"


def test_damaged_archives_get_a_sentence(tmp_path: Path) -> None:
    good = zipped({"mae.py": MAE * 50})
    for raw, sentence in (
        (b"", "kim.zip is empty"),
        (good[:-30], "kim.zip is not a zip archive, or was cut short"),
        (good[:45] + b"\xff\xff\xff" + good[48:], "mae.py in kim.zip is damaged"),
        (
            bytearray(good).replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"),
            "kim.zip is protected",
        ),
    ):
        message = submit(tmp_path / "kim.zip", bytes(raw)).sources["mae"].message
        assert message.startswith(sentence)


def test_an_archive_without_files_is_named(tmp_path: Path) -> None:
    for files, note in (
        ({}, "hw.zip holds no files: pack it again and hand it in again"),
        ({"hw/": ""}, "hw.zip holds no files: pack it again and hand it in again"),
        ({"../mae.py": MAE}, "hw.zip: ../mae.py"),
    ):
        (tmp_path / "hw.zip").write_bytes(zipped(files))
        [said] = read_submission("kim", tmp_path / "hw.zip", EXERCISES).notes
        assert said.startswith(note)


def test_an_archive_of_another_kind_is_named(tmp_path: Path) -> None:
    source = submit(tmp_path / "kim.rar", b"Rar!").sources["mae"]
    assert source.status == "unreadable"
    assert source.message.startswith("kim.rar was not opened: hand in the files themselves, or one .zip")


def test_korean_names_in_old_archives_are_read(tmp_path: Path) -> None:
    raw = zipped({"ABCD/mae.py": MAE, "x.py": ""}).replace(b"ABCD", "과제".encode("cp949"))
    assert submit(tmp_path / "kim.zip", raw).sources["mae"].path == "과제/mae.py"


def test_too_many_files_are_capped_with_one_remark(tmp_path: Path) -> None:
    many = zipped(dict.fromkeys((f"{number}.txt" for number in range(5_001)), b""), zipfile.ZIP_STORED)
    assert "holds more than 5000 files" in submit(tmp_path / "kim.zip", many).sources["mae"].message
    (tmp_path / "lee").mkdir()
    for number in range(5_100):
        (tmp_path / "lee" / f"{number}.txt").touch()
    [note] = read_submission("lee", tmp_path / "lee", EXERCISES).notes
    assert note.startswith("more than 5000 files")


def test_what_systems_leave_behind_is_never_a_hand_in(tmp_path: Path) -> None:
    litter = ("__MACOSX/mae.py", "._mae.py", ".ipynb_checkpoints/mae.py", "__pycache__/mae.py", ".git/mae.py",
              ".venv/lib/mae.py", "node_modules/mae.py")  # fmt: skip
    sources = submit(tmp_path / "kim", dict.fromkeys(litter, MAE)).sources
    assert sources["mae"].status == "missing"


def test_a_folder_of_many_notebooks_is_capped(tmp_path: Path) -> None:
    submission = submit(tmp_path / "kim", {f"{number:02}.ipynb": notebook("x = 1") for number in range(25)})
    assert submission.notes == (
        "20.ipynb and others were not read: there is too much; hand in only your code",
        "00.ipynb, 01.ipynb, 02.ipynb and 17 more have no function that is asked for here: not used",
    )
