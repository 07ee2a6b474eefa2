"""`winnow export` and `winnow report` from the command line: what is wrong is said in one sentence, exit status 2."""

from __future__ import annotations

import csv
import errno
import os
import re
from pathlib import Path

import pytest

from winnow import record_file
from winnow.cli import main
from winnow.commands.export import FORMATS as OFFERED
from winnow.commands.export import NAMES
from winnow.exports import FORMATS
from winnow.record import RunResult

from ..support.made_class import made_run
from ..support.small_course import make

RUN = made_run()


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WINNOW_COURSE", str(make(tmp_path / "course").root))
    folder = tmp_path / "results"
    folder.mkdir()
    record_file.write(RUN, folder / "results.json")
    return folder


def said(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    """The one sentence that a command which cannot be done ends with."""
    capsys.readouterr()
    assert main(list(map(str, words))) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    (line,) = captured.err.splitlines()
    return line


@pytest.mark.parametrize("to", OFFERED)
def test_every_format_is_written_beside_the_results_and_its_place_printed(
    results: Path, to: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(results), "--to", to]) == 0
    written = results / NAMES[to]
    assert capsys.readouterr().out == f"{written}\n"
    assert written.is_dir() == (to in ("gradescope", "classroom"))
    assert not list(results.rglob("*.part"))
    assert set(OFFERED) == set(FORMATS) == set(NAMES)


def test_a_record_that_was_moved_elsewhere_is_exported_and_reported(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    moved = tmp_path / "else where" / "term 1.json"
    moved.parent.mkdir()
    (results / "results.json").rename(moved)
    assert main(["export", str(moved), "--to", "csv", "--out", str(tmp_path / "new" / "grades.csv")]) == 0
    assert main(["report", str(moved)]) == 0
    with (tmp_path / "new" / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == len(RUN.submissions) + 1
    assert capsys.readouterr().out.splitlines()[-1] == str(moved.with_name("report.html"))


@pytest.mark.parametrize("command", [("export", "--to", "csv"), ("report",)])
def test_results_that_are_not_there_are_told(
    results: Path, tmp_path: Path, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    name, *more = command
    for place in tmp_path, tmp_path / "none", tmp_path / "none" / "results.json":
        path = place / "results.json" if place.is_dir() else place
        assert said(capsys, name, place, *more) == (
            f"winnow: there is no {path}: name the folder that winnow grade wrote (--out)"
        )
    below = results / "results.json" / "x"
    assert said(capsys, name, below, *more) == f"winnow: {below} cannot be read: Not a directory"


LINES = "".join(record_file.pieces(RUN)).splitlines(keepends=True)
HEAD = LINES.index(' "submissions": [\n')


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "Expecting value"),
        ("student,score\ns01,7\n", "Expecting value"),
        ("[]\n", "list indices"),
        ("{}\n", "schema is missing"),
        ('{"schema": 1, "sandbox": []}\n', "submissions is missing"),
        ('{"schema": 1, "sandbox": [], "submissions": [{"name": "s01"}]}\n', "unexpected keyword argument 'name'"),
        ("[" * 100_000, "recursion"),
        ("\x00\x01\x02", "Expecting value"),
        ("".join(LINES).replace('"schema": 1', '"schema": 7', 1), "its schema is 7, and not 1"),
        ("".join(LINES[:-1]), "its end is missing"),
        ("".join(LINES)[:-3000], f"line {len(LINES) - 1} is no learner's record"),
        ("".join([*LINES[: HEAD + 3], "{},\n", *LINES[HEAD + 4 :]]), f"line {HEAD + 4} is no learner's record"),
        ("".join([*LINES[: HEAD + 1], "[1],\n", *LINES[HEAD + 2 :]]), f"line {HEAD + 2} is no learner's record"),
    ],
)
@pytest.mark.parametrize("command", [("export", "--to", "csv"), ("report",)])
def test_what_is_no_record_is_told_and_nothing_is_written(
    results: Path, command: tuple[str, ...], text: str, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = results / "results.json"
    path.write_text(text, encoding="utf-8")
    name, *more = command
    line = said(capsys, name, results, *more)
    assert re.fullmatch(
        rf"winnow: {re.escape(str(path))} is not a results\.json that this winnow wrote \(.*\): grade again", line
    )
    assert what in line
    assert [found.name for found in results.iterdir()] == ["results.json"]


def test_a_format_that_there_is_not_is_told_with_those_there_are(
    results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["export", str(results), "--to", "excel"])
    assert ended.value.code == 2
    assert "'excel' (choose from 'csv', 'json', 'junit'" in capsys.readouterr().err


def test_a_target_that_cannot_be_written_is_told(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("a file")
    for to in OFFERED:
        out = tmp_path / "file" / "out"
        line = said(capsys, "export", results, "--to", to, "--out", out)
        assert re.fullmatch(rf"winnow: {tmp_path}/file(/out)? cannot be written: (Not a directory|File exists)", line)
    for to in ("csv", "json", "junit", "moodle", "canvas"):
        assert said(capsys, "export", results, "--to", to, "--out", tmp_path) == (
            f"winnow: {tmp_path} cannot be written: Is a directory"
        )
    line = said(capsys, "export", results, "--to", "json", "--out", results / "results.json")
    assert line == f"winnow: --out {results / 'results.json'} is the record itself: name another file"
    line = said(capsys, "export", results, "--to", "gradescope", "--out", tmp_path / "one.json")
    assert line == f"winnow: {tmp_path / 'one.json'} is one file, but there are 60 learners: name a folder instead"
    (results / "report.html").mkdir()
    assert said(capsys, "report", results) == f"winnow: {results / 'report.html'} cannot be written: Is a directory"


@pytest.mark.parametrize("to", sorted({*OFFERED} - {"gradescope", "classroom"}))
def test_an_export_goes_to_a_device_as_it_is_and_a_full_one_is_told(
    results: Path, to: str, capsys: pytest.CaptureFixture[str]
) -> None:
    full = Path("/dev/full")
    assert said(capsys, "export", results, "--to", to, "--out", full) == (
        f"winnow: {full} cannot be written: {os.strerror(errno.ENOSPC)}"
    )
    assert full.is_char_device()


@pytest.mark.parametrize("to", OFFERED)
def test_an_export_that_fails_on_the_way_leaves_what_was_there(
    results: Path, tmp_path: Path, to: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "exported"
    assert main(["export", str(results), "--to", to, "--out", str(out)]) == 0
    before = {path: path.read_bytes() for path in tmp_path.rglob("exported*") if path.is_file()}

    def full(self: Path, target: Path) -> Path:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "replace", full)
    line = said(capsys, "export", results, "--to", to, "--out", out)
    assert re.fullmatch(rf"winnow: {out}\S* cannot be written: No space left on device", line)
    assert {path: path.read_bytes() for path in before} == before
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize(
    ("table", "what"),
    [
        (b"student,id\ns01\n", ", line 2, has 1 values where the first line names 2: give each one"),
        (b"student,id\n\ns01,1\ns02,2,3\n", ", line 4, has 3 values where the first line names 2: give each one"),
        (b"id,student\n1,s01\n2,s01\n", ", line 3, lists 's01' again: keep one line for each learner"),
        (b"student,id\ns01,1\ns02,1\n",
         ", line 3, gives 's02' the id '1', which line 2 gives 's01': learners are found by it"),
        (b"mail,student\n,s01\n", ", line 2, gives 's01' no mail: learners are found by it"),
        (b'student,id\ns01,1\ns02,"2\n', ", line 3, is no line of a CSV file: unexpected end of data"),
        (b"name,id\ns01,1\n", " must begin with a line that names `student` and another column, once each"),
        (b"student,id\ns01,1\n", " has no row for "),
        # What a spreadsheet in Europe saves is read; a byte that no encoding of spreadsheets has is not.
        ("student,id\ns01,Zoë\n".encode("latin-1"), " has no row for "),
        (b"student,id\ns01,Zo\x81\n", ": save it as CSV in UTF-8"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("to", ["csv", "gradescope"])
def test_a_wrong_line_of_the_mapping_file_is_named(
    results: Path, tmp_path: Path, table: bytes, what: str, to: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = tmp_path / "ids.csv"
    ids.write_bytes(table)
    line = said(capsys, "export", results, "--to", to, "--ids", ids, "--out", tmp_path / "new" / "out")
    assert line.startswith(f"winnow: {ids}")
    assert what in line
    assert not (tmp_path / "new").exists()
    assert said(capsys, "export", results, "--to", to, "--ids", tmp_path / "none.csv") == (
        f"winnow: {tmp_path / 'none.csv'} cannot be read: No such file or directory"
    )


def test_a_mapping_file_may_have_its_names_in_pieces(results: Path, tmp_path: Path) -> None:
    record_file.write(RunResult((), [one for one in RUN.submissions if "Zo" in one.student]), results / "results.json")
    ids = tmp_path / "ids.csv"
    ids.write_text("student,id\nZoe\u0308 Mu\u0308ller,17\n", encoding="utf-8")
    assert main(["export", str(results), "--to", "csv", "--ids", str(ids)]) == 0
    assert (results / "grades.csv").read_text(encoding="utf-8-sig").splitlines()[1].startswith("Zoë Müller,17,")


def test_submissions_that_are_not_there_are_told_by_the_report(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = said(capsys, "report", results, "--submissions", tmp_path / "none")
    assert line.startswith(f"winnow: there is no folder {tmp_path / 'none'}: name the folder that holds")
    assert not (results / "report.html").exists()


def test_a_file_that_may_not_be_opened_is_named(
    results: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    is_dir = Path.is_dir

    def refuse(place: Path) -> bool:
        if place == results:
            raise PermissionError(errno.EACCES, "Permission denied", str(place))
        return is_dir(place)

    monkeypatch.setattr(Path, "is_dir", refuse)
    assert said(capsys, "export", results, "--to", "csv") == f"winnow: {results} cannot be used: Permission denied"


def test_the_usage_of_a_command_is_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["export", "--help"])
    assert capsys.readouterr().out.startswith("usage: winnow export [-h] ")
