"""From what a system delivers to grades that go back into it: every learner once, with the name that the system has."""

from __future__ import annotations

import csv
import json
import os
import re
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from winnow.cli import main
from winnow.commands.handed_over import LAYOUTS as OFFERED
from winnow.submission import SubmissionsError, find_class, read_submission
from winnow.submission.layouts import LAYOUTS

from ..support import delivered
from ..support.delivered import CLASS, GRADES, RIGHT, STUB, WRONG, archive
from ..support.small_course import make
from ..support.submission_course import EXERCISES, MAE, notebook, zipped


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make(tmp_path / "course").root
    monkeypatch.setenv("WINNOW_COURSE", str(root))
    return root


def grade(submissions: Path, out: Path, *more: str) -> int:
    words = ["grade", str(submissions), "--out", str(out), "--sandbox=off", "--jobs=1"]
    return main([*words, *more])


def export(out: Path, to: str) -> list[dict[str, str]]:
    """What a system is given, as rows by the headings of its file."""
    path = out / f"{to}.csv"
    assert main(["export", str(out), "--to", to, "--out", str(path)]) == 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def record(out: Path) -> dict[str, dict[str, Any]]:
    data = json.loads((out / "results.json").read_text(encoding="utf-8"))
    return {one["student"]: one for one in data["submissions"]}


def holds(grades: dict[str, str], key: Callable[[delivered.Learner], str]) -> None:
    """Every learner has the grade that is due, and nobody else has one."""
    assert grades.keys() == {key(one) for one in CLASS}
    for one in CLASS:
        due, given = GRADES[one.number], grades[key(one)]
        if isinstance(due, float):
            assert float(given) == due, one
        elif due == "":
            assert given in ("", "-"), one
        else:
            assert 0 < float(given) < 10, one


def test_canvas(course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    zipped_class, roster = delivered.canvas(tmp_path)
    assert grade(zipped_class, tmp_path / "out", "--roster", str(roster)) == 0
    said = capsys.readouterr().err
    assert "is read as Canvas hands a class over" in said
    assert "match nobody" not in said
    rows = export(tmp_path / "out", "canvas")
    assert "Points Possible" in rows[0]["Student"]
    holds({row["ID"]: row["double: Twice as much"] for row in rows[1:]}, lambda one: str(one.number))
    assert {row["SIS User ID"]: row["Student"] for row in rows[1:]} == {
        one.sis: f"{one.last}, {one.first}" for one in CLASS
    }
    kept = record(tmp_path / "out")
    assert {student for student, one in kept.items() if one["person"]["late"]} == {one.sis for one in CLASS if one.late}
    assert kept["20230102"]["exercises"][0]["notes"] == []


def test_an_export_says_where_an_institution_cannot_know_the_learners(
    course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, _ = delivered.moodle(tmp_path)
    assert grade(path, tmp_path / "out") == 0
    capsys.readouterr()
    export(tmp_path / "out", "moodle")
    assert "Moodle finds them by Username or ID number or Email address: grade with --roster" in capsys.readouterr().err
    export(tmp_path / "out", "csv")
    assert capsys.readouterr().err == ""


def test_canvas_without_a_roster(course: Path, tmp_path: Path) -> None:
    zipped_class, _ = delivered.canvas(tmp_path)
    assert grade(zipped_class, tmp_path / "out") == 0
    handed_in = [one for one in CLASS if one.text is not None]
    assert record(tmp_path / "out").keys() >= {"김민수_101", "obrienseán_102", "leejimin_104", "leejimin_105"}
    rows = export(tmp_path / "out", "canvas")
    assert {row["ID"] for row in rows[1:]} == {str(one.number) for one in handed_in}


@pytest.mark.parametrize("flat", [False, True])
def test_moodle(course: Path, tmp_path: Path, flat: bool, capsys: pytest.CaptureFixture[str]) -> None:
    zipped_class, roster = delivered.moodle(tmp_path, flat)
    assert grade(zipped_class, tmp_path / "out", "--roster", str(roster)) == 0
    said = capsys.readouterr().err
    assert "is read as Moodle hands a class over" in said
    assert "match nobody" not in said
    rows = export(tmp_path / "out", "moodle")
    holds({row["Email address"]: row["double: Twice as much"] for row in rows}, lambda one: one.email)
    assert len(record(tmp_path / "out")) == len(CLASS)


def test_moodles_worksheet_goes_back(course: Path, tmp_path: Path) -> None:
    zipped_class, worksheet = delivered.moodle(tmp_path)
    assert grade(zipped_class, tmp_path / "out", "--roster", str(worksheet)) == 0
    rows = moodle_reads(export(tmp_path / "out", "moodle-worksheet"), 10.0)
    holds({str(one.number): str(rows.get(one.number + 40000, "")) for one in CLASS}, lambda one: str(one.number))


def test_a_group_before_moodles_names_hides_nobody(course: Path, tmp_path: Path) -> None:
    zipped_class, worksheet = delivered.moodle(tmp_path)
    with zipfile.ZipFile(zipped_class) as opened:
        files = {f"Grupo 2-{name}": opened.read(name) for name in opened.namelist()}
    of_group = archive(tmp_path / "group.zip", files)
    assert grade(of_group, tmp_path / "out", "--roster", str(worksheet)) == 0
    assert record(tmp_path / "out").keys() == {one.email for one in CLASS}


def moodle_reads(rows: list[dict[str, str]], highest: float) -> dict[int, float]:
    """The rules of Moodle's importer: the participant's number, a grade within the range, and no row without one."""
    grades = {}
    for row in rows:
        assert row["Last modified (grade)"] == "-"
        assert "double" in row["Feedback comments"]
        if row["Grade"]:
            assert 0 <= float(row["Grade"]) <= highest
            grades[int(row["Identifier"][len("Participant ") :])] = float(row["Grade"])
    return grades


def test_blackboard(course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    zipped_class, roster = delivered.blackboard(tmp_path)
    assert grade(zipped_class, tmp_path / "out", "--roster", str(roster)) == 0
    said = capsys.readouterr().err
    assert "is read as Blackboard hands a class over" in said
    assert "match nobody" not in said
    rows = export(tmp_path / "out", "blackboard")
    holds({row["Username"]: row["double: Twice as much [Total Pts: 10 Score]"] for row in rows}, lambda one: one.login)
    told = record(tmp_path / "out")["20230102"]["person"]
    assert (told["name"], told["handed_in"]) == ("Seán O'Brien", "2024-05-01 11:22")


def test_gradescope(course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    zipped_class, roster = delivered.gradescope(tmp_path)
    assert grade(zipped_class, tmp_path / "out", "--roster", str(roster)) == 0
    said = capsys.readouterr().err
    assert "is read as Gradescope hands a class over" in said
    assert "match nobody" not in said
    folder = tmp_path / "results"
    assert main(["export", str(tmp_path / "out"), "--to", "gradescope", "--out", str(folder)]) == 0
    for one in CLASS:
        if one.text in (RIGHT, WRONG):
            # Gradescope's harness knows the submission by this number.
            told = json.loads((folder / f"submission_{one.number + 98000}.json").read_text(encoding="utf-8"))
            assert (told["score"] == 10.0) == (one.text == RIGHT)
    kept = record(tmp_path / "out")
    assert kept["20230102"]["person"]["handed_in"] == "2024-05-01 11:22 UTC"
    holds({row["email"]: row["double"] for row in export(tmp_path / "out", "csv")}, lambda one: one.email)


ROADS: dict[str, tuple[Callable[[Path], tuple[Path, Path]], str, str, Callable[[delivered.Learner], str]]] = {
    "canvas": (delivered.canvas, "canvas", "ID", lambda one: str(one.number)),
    "moodle": (delivered.moodle, "moodle", "Email address", lambda one: one.email),
    "moodle-worksheet": (
        delivered.moodle,
        "moodle-worksheet",
        "Identifier",
        lambda one: f"Participant {one.number + 40000}",
    ),
    "blackboard": (delivered.blackboard, "blackboard", "Username", lambda one: one.login),
    "brightspace": (delivered.brightspace, "csv", "email", lambda one: one.email),
    "gradescope": (delivered.gradescope, "csv", "email", lambda one: one.email),
    "github": (delivered.github, "csv", "student", lambda one: one.sis),
    "nbgrader": (delivered.nbgrader, "csv", "student", lambda one: one.login),
    "teams": (delivered.teams, "csv", "student", lambda one: one.sis),
    "folders": (delivered.folders, "csv", "student", lambda one: one.sis),
}
"""How each system hands a class over and has its list; what goes back, and the heading by which a learner is found."""


def decomposed(submissions: Path, roster: Path) -> tuple[Path, Path]:
    """Names as macOS writes them, and in no order."""
    if submissions.is_dir():
        for path in sorted(submissions.iterdir()):
            path.rename(path.with_name(unicodedata.normalize("NFD", path.name)))
        return submissions, roster
    other = submissions.with_name(f"other {submissions.name}")
    with zipfile.ZipFile(submissions) as read, zipfile.ZipFile(other, "w") as made:
        for info in reversed(read.infolist()):
            name = info.filename if info.flag_bits & 0x800 else info.filename.encode("cp437").decode("utf-8")
            made.writestr(unicodedata.normalize("NFD", name), read.read(info))
    return other, roster


def listed_otherwise(submissions: Path, roster: Path) -> tuple[Path, Path]:
    """The list as a spreadsheet saves it again: decomposed, other ends of lines, the rows turned round."""
    raw = roster.read_bytes()
    text = raw.decode("utf-16" if raw.startswith(b"\xff\xfe") else "utf-8-sig")
    header, *rows = text.splitlines()
    other = roster.with_name(f"other {roster.name}")
    other.write_bytes(unicodedata.normalize("NFD", "\n".join([header, *reversed(rows)])).encode("utf-8-sig"))
    return submissions, other


def unpacked(submissions: Path, roster: Path) -> tuple[Path, Path]:
    """By hand, into a folder of its own, beside which systems leave their notes."""
    if submissions.is_file():
        submissions = members(submissions, submissions.parent / "by hand" / "class")
    (submissions / ".DS_Store").write_bytes(b"\0")
    (submissions / "Thumbs.db").write_bytes(b"\0")
    return submissions, roster


@pytest.mark.parametrize("changed", [decomposed, unpacked])
@pytest.mark.parametrize("system", ROADS)
def test_everybody_has_the_grade_that_is_due(
    course: Path,
    tmp_path: Path,
    system: str,
    changed: Callable[[Path, Path], tuple[Path, Path]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    deliver, to, heading, key = ROADS[system]
    submissions, roster = listed_otherwise(*changed(*deliver(tmp_path)))
    assert find_class(submissions).layout.name == system.partition("-")[0]
    assert grade(submissions, tmp_path / "out", "--roster", str(roster)) == 0
    said = capsys.readouterr().err
    assert "match nobody" not in said
    assert "left out" not in said
    rows = [row for row in export(tmp_path / "out", to) if "Points Possible" not in next(iter(row.values()))]
    assert len(rows) == len(CLASS)
    column = next(name for name in rows[0] if name == "Grade" or name == "double" or name.startswith("double: "))
    holds({row[heading]: row[column] for row in rows}, key)
    late = {student for student, one in record(tmp_path / "out").items() if one["person"].get("late")}
    assert len(late) == (sum(one.late for one in CLASS) if system == "canvas" else 0)


def test_a_submission_of_two_people_counts_for_both(course: Path, tmp_path: Path) -> None:
    folder = tmp_path / "class" / "submission_7"
    folder.mkdir(parents=True)
    (folder / "double.py").write_text(RIGHT, encoding="utf-8")
    (folder.parent / "submission_metadata.yml").write_text(
        "---\nsubmission_7:\n  :submitters:\n  - :name: 김민수\n    :email: a@x.kr\n"
        "  - :name: 이지민\n    :email: b@x.kr\n  :created_at: 2024-05-01 11:22:33 Z\n",
        encoding="utf-8",
    )
    assert grade(tmp_path / "class", tmp_path / "out") == 0
    assert {one["person"]["name"]: one["score"] for one in record(tmp_path / "out").values()} == {
        "김민수": 10.0,
        "이지민": 10.0,
    }


def test_github_classroom(course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clones, roster = delivered.github(tmp_path)
    assert grade(clones, tmp_path / "out", "--roster", str(roster)) == 0
    said = capsys.readouterr().err
    assert "is read as GitHub Classroom hands a class over" in said
    assert "match nobody" not in said
    holds({row["student"]: row["double"] for row in export(tmp_path / "out", "csv")}, lambda one: one.sis)
    folder = tmp_path / "results"
    assert main(["export", str(tmp_path / "out"), "--to", "classroom", "--out", str(folder)]) == 0
    assert json.loads((folder / "sobrien.json").read_text(encoding="utf-8"))["status"] == "pass"


def test_nbgraders_exchange(course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inbound, roster = delivered.nbgrader(tmp_path)
    assert grade(inbound, tmp_path / "out", "--roster", str(roster)) == 0
    said = capsys.readouterr().err
    assert "is read as nbgrader hands a class over" in said
    assert "match nobody" not in said
    holds({row["student"]: row["double"] for row in export(tmp_path / "out", "csv")}, lambda one: one.login)
    assert record(tmp_path / "out")["sobrien"]["person"]["handed_in"] == "2024-05-01 11:22 UTC"


def test_one_folder_per_learner_and_a_roster_of_ones_own(
    course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {}
    for one in CLASS:
        if one.text is not None:
            # As macOS writes names, and as people call folders.
            name = unicodedata.normalize("NFD", f"{one.sis}_{one.full}" if one.number > 103 else one.full)
            files[f"hw1/{name}/double.py"] = one.text
    roster = tmp_path / "roster.csv"
    text = "id;name;email;section\n" + "".join(f"{one.sis};{one.last} {one.first};{one.email};A\n" for one in CLASS)
    roster.write_bytes(text.replace("ë", "e").replace("ü", "u").replace("á", "a").encode("cp949"))
    for name in list(files):
        plain = unicodedata.normalize("NFC", name).replace("ü", "u").replace("á", "a")
        files[plain] = files.pop(name)
    assert grade(archive(tmp_path / "class.zip", files), tmp_path / "out", "--roster", str(roster)) == 0
    assert "match nobody" not in capsys.readouterr().err
    rows = export(tmp_path / "out", "csv")
    holds({row["student"]: row["double"] for row in rows}, lambda one: one.sis)
    assert {row["name"] for row in rows} >= {"김 민수", "O'Brien Sean"}
    assert {row["section"] for row in rows} == {"A"}


def members(path: Path, folder: Path) -> Path:
    """An archive, unpacked by hand."""
    with zipfile.ZipFile(path) as opened:
        opened.extractall(folder)
    return folder


@pytest.mark.parametrize("system", [delivered.moodle, delivered.blackboard, delivered.gradescope])
def test_an_archive_that_was_unpacked_is_read_as_the_archive_is(
    tmp_path: Path, system: Callable[[Path], tuple[Path, Path]]
) -> None:
    path, _ = system(tmp_path)
    packed, unpacked = find_class(path), find_class(members(path, tmp_path / "unpacked" / "again"))
    assert [one.student for one in packed.hand_ins] == [one.student for one in unpacked.hand_ins]
    for one, other in zip(packed.hand_ins, unpacked.hand_ins, strict=True):
        read = [read_submission("s", place.handed_in, EXERCISES) for place in (one, other)]
        assert read[0].digest == read[1].digest
        assert one.person == other.person


def test_an_archive_in_a_folder_beside_a_list_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    delivered.canvas(folder)
    assert len(find_class(folder).hand_ins) == 6


def test_every_layout_is_offered() -> None:
    assert tuple(LAYOUTS) == OFFERED


def test_the_layout_that_was_named_decides(tmp_path: Path) -> None:
    for name in ("hw_1_2_kim.py", "hw_2_3_lee.py"):
        (tmp_path / name).write_text(MAE)
    assert find_class(tmp_path).layout.name == "canvas"
    found = find_class(tmp_path, layout="folders")
    assert [one.student for one in found.hand_ins] == ["hw_1_2_kim", "hw_2_3_lee"]
    with pytest.raises(SubmissionsError, match="is not as Moodle hands a class over"):
        find_class(tmp_path, layout="moodle")


@pytest.mark.parametrize(
    "names",
    [
        ["kim_mae.py", "lee_mae.py"],
        ["mae-kim.py", "groupby_na-kim.py", "mae-lee.py"],
        ["Kim Minsu mae.ipynb"],
        ["kim_quiz_answers.toml", "kim.py"],
        ["kim-1.py", "kim-2.py", "lee-1.py", "lee-2.py"],
        ["1_kim.ipynb", "2_kim.ipynb", "1_lee.ipynb", "2_lee.ipynb"],
    ],
)
def test_a_flat_folder_that_fits_nothing_is_refused(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / name).write_text(MAE)
    with pytest.raises(SubmissionsError, match=r"several learners side by side .* into a folder .* --layout") as caught:
        find_class(tmp_path, EXERCISES)
    assert "\n" not in str(caught.value)
    assert find_class(tmp_path, EXERCISES, "folders").hand_ins


@pytest.mark.parametrize(
    "names", [["kim_minsu.py", "kim_jiwoo.py", "lee_minsu.py"], ["s01.py", "s02.ipynb"], ["마에.py"]]
)
def test_a_flat_folder_of_one_file_each_is_a_class(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / name).write_text(MAE)
    assert len(find_class(tmp_path, EXERCISES).hand_ins) == len(names)


@pytest.mark.parametrize(
    "names",
    [
        ["mae.py"],
        ["mae.py", "robust_losses.py", "notes.txt"],
        ["mae (1).py", "data/sales.csv"],
        ["quiz_answers.toml"],
        ["exercises/m05_losses/mae.py", "README.md"],
        ["m05_losses/mae.py"],
        ["assignment.ipynb"],
        ["HW2_20240317/hw2/mae.py"],
    ],
)
def test_the_folder_of_one_learner_is_refused(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text(MAE)
    with pytest.raises(SubmissionsError, match=r"holds the files of one learner .* name the folder around it"):
        find_class(tmp_path, EXERCISES)


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["kim.py", "kim (1).py", "lee.py"], r"holds kim\.py and kim \(1\)\.py, which may both be one learner's"),
        (["김민수.ipynb", "김민수 - 복사본.ipynb"], r"holds 김민수\.ipynb and 김민수 - 복사본\.ipynb, which may both"),
        (["kim/mae.py", "kim (2)/mae.py"], r"holds kim and kim \(2\), which may both be one learner's"),
        (["kim/mae.py", "kim_late/mae.py", "lee/mae.py"], r"holds kim and kim_late, which may both be one learner's"),
        (
            ["김민수.zip", "김민수_재제출.zip", "이지민.zip"],
            r"holds 김민수\.zip and 김민수_재제출\.zip, which may both",
        ),
        (
            ["Submitted files/kim/hw/mae.py", "Submitted files/lee/hw/mae.py"],
            r"Submitted files holds kim and lee, and nothing lies beside it: if these are learners, name \S",
        ),
        (
            [f"{section}/{name}{section}/mae.py" for section in "AB" for name in ("kim", "lee", "o'neil")],
            r"holds folders of several learners each \(A/kimA\): if A and B are sections of the class, name one",
        ),
        (
            ["B/park/mae.py", "A/kim/mae.py", "A/lee/main.py"],
            r"holds folders of several learners each \(A/kim\): if A and B are sections of the class, name one",
        ),
        (
            ["분반 1/김민수.zip", "분반 2/이지민.zip", "분반 2/박서준.zip"],
            r"holds folders of several learners each \(분반 1/김민수\.zip\): if 분반 1 and 분반 2 are sections",
        ),
        (
            ["Section A/kim/mae.py", "Section A/lee/mae.py", "Section B/kim/mae.py", "LATE/lee/x.py", "solutions/a.py"],
            r"holds folders of several learners each \(Section A/kim\): if Section A and Section B are sections",
        ),
        (
            ["week 1/kim/mae.py", "week 1/lee/mae.py", "week 2/kim/main.py", "week 2/lee/main.py"],
            r"holds week 1, which is hardly a learner: if week 1/kim is, grade week 1 by itself, or put what is in it",
        ),
        (
            ["kim/mae.py", "late/lee/mae.py", "late/park/mae.py"],
            r"holds late, which is hardly a learner: if late/lee is",
        ),
        (
            ["mae/kim/mae.py", "mae/lee/mae.py", "x/y.py"],
            r"holds mae, which is hardly a learner: if mae/kim is, grade mae by",
        ),
        (
            ["HW5/Kim - mae.py", "HW5/Lee - mae.py"],
            r"HW5 holds files of several learners side by side \(Kim - mae\.py\)",
        ),
        (
            ["Mon 10h/Kim/mae.py", "Mon 10h/Lee/mae.py", "Tue 14h/Choi/mae.py", "Tue 14h/Park/mae.py"],
            r"holds folders of several learners each \(Mon 10h/Kim\): if Mon 10h and Tue 14h are sections",
        ),
        (
            [f"Attempt {number}/{name}/mae.py" for number in (1, 2) for name in ("Kim", "Lee", "Park")],
            r"holds Attempt 1, which is hardly a learner: if Attempt 1/Kim is",
        ),
        (
            ["late/Choi/mae.py", "on time/Kim/mae.py", "on time/Lee/mae.py"],
            r"holds on time, which is hardly a learner: if on time/Kim is",
        ),
        (
            ["Aufgabe 1/Kim.py", "Aufgabe 1/Lee.py", "Aufgabe 2/Kim.py", "Aufgabe 2/Lee.py"],
            r"holds Aufgabe 1, which is hardly a learner: if Kim\.py in it is one learner's and Lee\.py another's, put",
        ),
        (
            ["mae/Kim.py", "mae/Lee.py"],
            r"holds mae, which is hardly a learner: if Kim\.py in it is one learner's and Lee\.py another's, put",
        ),
        (
            ["Kim/mae.py", "Lee/mae.py", "hw5.ipynb"],
            r"holds hw5\.ipynb beside Kim and Lee: if these are learners, take hw5\.ipynb away",
        ),
        (
            ["Kim/mae.py", "Lee/mae.py", "solution/mae.py"],
            r"holds solution beside Kim and Lee: if these are learners, take solution away",
        ),
        (
            ["Choi/mae.py", "Choi (2nd attempt)/mae.py", "Lee/mae.py"],
            r"holds Choi and Choi \(2nd attempt\), which may both be one learner's",
        ),
        (
            ["Kim (mk) - 2024-05-01 10-00-00/mae.py", "Kim (mk) - 2024-05-02 09-30-00/mae.py", "Lee/mae.py"],
            r"holds Kim \(mk\) - 2024-05-01 10-00-00 and Kim \(mk\) - 2024-05-02 09-30-00, which may both be one",
        ),
        (
            ["1001_kim_AC.py", "1002_lee_WA.py", "1003_lee_AC.py"],
            r"holds 1002_lee_WA\.py and 1003_lee_AC\.py, which may both be one learner's",
        ),
        (
            ["kim-7-wrong-answer.py", "kim-12-Accepted.py"],
            r"holds kim-12-Accepted\.py and kim-7-wrong-answer\.py, which",
        ),
        (["20231235/mae.py", "20231235_1/mae.py"], r"holds 20231235 and 20231235_1, which may both be"),
        (["kim__1714500000000.zip", "kim__1714600000000.zip"], r"holds kim__1714500000000\.zip and kim__1714600000000"),
        (["kim_20240501101500/mae.py", "kim_20240502T101500/mae.py"], r"holds kim_20240501101500 and kim_20240502T101"),
        (["Kim.ipynb", "Kim_corrected.ipynb"], r"holds Kim\.ipynb and Kim_corrected\.ipynb, which may both be"),
        (
            ["HW5-20240501T101500Z-001.zip", "HW5-20240501T101500Z-002.zip"],
            r"HW5-20240501T101500Z-001 and HW5-20240501T101500Z-002, parts of one download from Google Drive: unpack",
        ),
        (
            ["HW-20240501T101500Z-1-001/kim/mae.py", "HW-20240501T101500Z-1-002/lee/mae.py"],
            r"holds HW-20240501T101500Z-1-001 and HW-20240501T101500Z-1-002, parts of one download from Google Drive",
        ),
        (
            ["submitted/kim/hw/hw.ipynb", "autograded/kim/hw/hw.ipynb"],
            r"is nbgrader's course folder: name \S+/submitted, or give --nbgrader",
        ),
    ],
)
def test_learners_that_are_not_told_apart_are_asked_about(tmp_path: Path, names: list[str], told: str) -> None:
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text(MAE)
    with pytest.raises(SubmissionsError, match=told) as caught:
        find_class(tmp_path, EXERCISES)
    assert "\n" not in str(caught.value)
    assert len(find_class(tmp_path, EXERCISES, "folders").hand_ins) == len({name.split("/")[0] for name in names})


@pytest.mark.parametrize(
    "names", [["A/hw_a/mae.py", "B/hw_b/mae.py"], ["A/mae.py", "A/data/a.py", "B/b/x.py", "B/c/y.py"]]
)
def test_learners_called_by_letters_are_no_sections(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text(MAE)
    assert [one.student for one in find_class(tmp_path, EXERCISES).hand_ins] == ["A", "B"]


def test_of_several_submissions_to_brightspace_the_latest_of_each_assignment_counts(tmp_path: Path) -> None:
    for name, text in {
        "101-7 - Anne-Marie O'Neil - Dec 9, 2024 900 AM/mae.py": "x = 1\n",
        "101-7 - Anne-Marie O'Neil- Dec 10, 2024 1205 AM/mae.py": MAE,
        "101-8 - Anne-Marie O'Neil - Dec 1, 2024 1159 PM - mlp_forward.py": MAE,
        "102-7 - Kim - 2024년 12월 1일 오후 1159/mae.py": MAE,
        "103-7 - Élise Roy - 1 déc. 2024 9 h 05/mae.py": MAE,
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "index.html").write_text("")
    found = {one.student: one for one in find_class(tmp_path, EXERCISES).hand_ins}
    assert found.keys() == {"Anne-Marie O'Neil_101", "Kim_102", "Élise Roy_103"}
    assert found["Anne-Marie O'Neil_101"].person.handed_in == "2024-12-10 00:05"
    sources = read_submission("a", found["Anne-Marie O'Neil_101"].handed_in, EXERCISES).sources
    assert [name for name, one in sources.items() if one.status == "found"] == ["mae", "mlp_forward"]
    assert sources["mae"].cells[0].source == MAE


@pytest.mark.parametrize(
    ("earlier", "later", "handed_in"),
    [
        ("Mar 3, 2025 110 PM", "Mar 3, 2025 230 PM", "2025-03-03 14:30"),
        ("Mar 3, 2025 1159 AM", "Mar 3, 2025 1205 PM", "2025-03-03 12:05"),
        ("28 February, 2025 905 PM", "1 March, 2025 105 AM", "2025-03-01 01:05"),
        ("Mar 3, 2025 110", "Mar 3, 2025 930", "2025-03-03 09:30"),
    ],
)
def test_brightspaces_times_are_read_without_colon_and_leading_zero(
    tmp_path: Path, earlier: str, later: str, handed_in: str
) -> None:
    for time in (earlier, later):
        (tmp_path / f"101-7 - Kim - {time}").mkdir()
        (tmp_path / f"101-7 - Kim - {time}" / "mae.py").write_text(f"{MAE}# {time}\n")
    [kim] = find_class(tmp_path, EXERCISES).hand_ins
    assert kim.person.handed_in == handed_in
    assert read_submission("kim", kim.handed_in, EXERCISES).sources["mae"].cells[0].source.endswith(f"# {later}\n")


def test_two_submissions_to_brightspace_whose_times_cannot_be_read_are_asked_about(tmp_path: Path) -> None:
    for time in ("2024년 12월 9일 오후 905", "2024년 12월 10일 오후 905"):
        (tmp_path / f"101-7 - Kim - {time}").mkdir()
    with pytest.raises(SubmissionsError, match=r"two submissions of Kim for one assignment.*keep the later one"):
        find_class(tmp_path, EXERCISES)


@pytest.mark.parametrize(
    "names",
    [
        ["HW5/Minsu Kim - mae.py", "HW5/이지민 - mae.py"],
        ["kimminsu101_question_5678_9012_mae.py", "leejiho102_question_5678_9013_mae.py"],
        ["week1/kim/mae.py", "week1/lee/mae.py", "week2/kim/main.py"],
    ],
)
def test_a_class_in_an_archive_is_not_taken_for_one_learner(tmp_path: Path, names: list[str]) -> None:
    (tmp_path / "class.zip").write_bytes(zipped(dict.fromkeys(names, MAE)))
    with pytest.raises(SubmissionsError, match="learner"):
        find_class(tmp_path / "class.zip", EXERCISES)


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["{}_1_assignsubmission_file_/mae.py", "{}_2_assignsubmission_file_/mae.py"], "Moodle"),
        (["export/{}_1_50{}_mae.py", "export/{}_2_51{}_mae.py"], "Canvas"),
        (["HW_{}a_attempt_2024-05-01-10-00-00_mae.py", "HW_{}b_attempt_2024-05-01-10-00-00_mae.py"], "Blackboard"),
        (["{}1-7 - Kim - Mar 3, 2025 110 PM/mae.py", "{}2-7 - Lee - Mar 3, 2025 110 PM/mae.py"], "Brightspace"),
        (["{}kim/mae.py", "{}lee/mae.py", "{}park/mae.py"], ""),
    ],
)
@pytest.mark.parametrize("unpacked", [False, True])
def test_classes_side_by_side_are_no_learners(tmp_path: Path, names: list[str], told: str, unpacked: bool) -> None:
    for section in (3, 4):
        path = tmp_path / f"part{section}.zip"
        path.write_bytes(zipped({name.format(section, section): MAE for name in names}))
        if unpacked:
            members(path, tmp_path / path.stem)
            path.unlink()
    said = f"part3{'' if unpacked else r'.zip'}, a class as {told} hands it over" if told else "several learners each"
    with pytest.raises(SubmissionsError, match=said) as caught:
        find_class(tmp_path, EXERCISES)
    assert "\n" not in str(caught.value)
    assert len(find_class(tmp_path, EXERCISES, "folders").hand_ins) == 2


def test_classes_in_one_archive_are_not_taken_for_one_learner(tmp_path: Path) -> None:
    names = ["a/kim_1_10_mae.py", "a/lee_2_11_mae.py", "b/choi_3_12_mae.py", "b/park_4_13_mae.py"]
    (tmp_path / "all.zip").write_bytes(zipped(dict.fromkeys(names, MAE)))
    with pytest.raises(SubmissionsError, match=r"all\.zip holds a, a class as Canvas hands it over"):
        find_class(tmp_path / "all.zip", EXERCISES)


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["kim.ipynb", "lee.ipynb", "park.ipynb"], "kim.ipynb, lee.ipynb and 1 more"),
        (["kim/mae.py", "lee/mae.py", "park.zip"], "kim, lee and 1 more"),
    ],
)
@pytest.mark.parametrize("around", ["", "class/"])
def test_files_or_archives_of_learners_in_an_archive_are_not_taken_for_one_learner(
    tmp_path: Path, names: list[str], told: str, around: str
) -> None:
    path = tmp_path / "class.zip"
    path.write_bytes(zipped({f"{around}{name}": MAE for name in names}))
    cure = "unpack " if around else "give --layout folders"
    with pytest.raises(SubmissionsError, match=re.escape(f" holds {told}: if each is a learner's, {cure}")):
        find_class(path, EXERCISES)


@pytest.mark.parametrize(
    "names",
    [
        ["hw/train.py", "hw/model.py", "hw/tools.py"],
        ["old/mae.py", "new/mae.py", "data.zip"],
        ["src/mae.py", "a.zip", "b.zip"],
    ],
)
def test_modules_versions_and_data_in_an_archive_are_one_learners(tmp_path: Path, names: list[str]) -> None:
    path = tmp_path / "kim.zip"
    path.write_bytes(zipped(dict.fromkeys(names, MAE)))
    assert [one.student for one in find_class(path, EXERCISES).hand_ins] == ["kim"]


def test_archives_of_learners_with_a_folder_for_each_exercise_are_no_classes(tmp_path: Path) -> None:
    for learner, names in (
        ("kim", ("mae", "conv2d", "x")),
        ("lee", ("01 mae", "02", "03")),
        ("park", ("hw1", "hw2", "hw3")),
    ):
        (tmp_path / f"{learner}.zip").write_bytes(zipped({f"{name}/main.py": MAE for name in names}))
    (tmp_path / "choi.zip").write_bytes(zipped({"HW_1_2_mae.py": MAE}))
    assert len(find_class(tmp_path, EXERCISES).hand_ins) == 4


def test_a_class_in_an_archive_in_an_archive_is_not_taken_for_one_learner(tmp_path: Path) -> None:
    inner = zipped({f"{name}_assignsubmission_file_/mae.py": MAE for name in ("Kim_1", "Lee_2")})
    (tmp_path / "outer.zip").write_bytes(zipped({"outer/class.zip": inner, "outer/readme.txt": ""}))
    with pytest.raises(
        SubmissionsError, match=r"outer\.zip/outer holds only class\.zip: unpack it, and name class\.zip where"
    ):
        find_class(tmp_path / "outer.zip", EXERCISES)
    assert len(find_class(tmp_path / "outer.zip", EXERCISES, "folders").hand_ins) == 1


@pytest.mark.parametrize("names", [["kim_mae.py", "kim_mlp_forward.py"], ["hw/mae.py", "hw/mae_plot.py", "hw/a/x.py"]])
def test_the_archive_of_one_learner_is_no_class(tmp_path: Path, names: list[str]) -> None:
    (tmp_path / "kim.zip").write_bytes(zipped(dict.fromkeys(names, MAE)))
    assert [one.student for one in find_class(tmp_path / "kim.zip", EXERCISES).hand_ins] == ["kim"]


@pytest.mark.parametrize("folder", ["", "HW 5"])
def test_sakais_folders_are_learners(tmp_path: Path, folder: str) -> None:
    for name in ("Kim, Minsu(mkim)", "Lee, Jiho(jlee)", "Núñez, José(jn)"):
        (tmp_path / folder / name / "Submission attachment(s)").mkdir(parents=True)
        (tmp_path / folder / name / "Submission attachment(s)" / "mae.py").write_text(MAE)
        (tmp_path / folder / name / "timestamp.txt").write_text("20240501112233123\n")
    (tmp_path / folder / "grades.csv").write_text("")
    names = [one.student for one in find_class(tmp_path, EXERCISES).hand_ins]
    assert names == ["Kim, Minsu(mkim)", "Lee, Jiho(jlee)", "Núñez, José(jn)"]


@pytest.mark.parametrize(
    ("own", "instructors", "earlier"),
    [
        ("Submission attachment(s)", "Feedback Attachment(s)", None),
        ("2_submissions", "6_solutions", None),
        ("4_revisions_1", "6_solutions", "2_submissions"),
    ],
)
def test_what_instructors_gave_is_not_graded(tmp_path: Path, own: str, instructors: str, earlier: str | None) -> None:
    folders = [("kim", own), ("kim", instructors), ("lee", instructors), *([("kim", earlier)] if earlier else [])]
    for learner, folder in folders:
        (tmp_path / learner / folder).mkdir(parents=True)
        (tmp_path / learner / folder / "mae.py").write_text(f"{MAE}# {folder}\n")
    found = find_class(tmp_path, EXERCISES)
    sources = {one.student: read_submission("", one.handed_in, EXERCISES).sources["mae"] for one in found.hand_ins}
    assert sources["kim"].cells[0].source.endswith(f"# {own}\n")
    assert sources["lee"].status == "missing"
    assert found.remarks == (f"{instructors} in the folders of learners: left out, being the instructor's",)


def test_files_that_are_no_submission_are_named(tmp_path: Path) -> None:
    for name in ("lee.docx", "park.eml", "grades.csv", "README.md"):
        (tmp_path / name).write_text("")
    with pytest.raises(SubmissionsError, match=r"holds no submissions \(lee\.docx, park\.eml\): put into it"):
        find_class(tmp_path, EXERCISES)
    (tmp_path / "kim.py").write_text(MAE)
    [said] = find_class(tmp_path, EXERCISES).remarks
    assert said.startswith("lee.docx, park.eml were left out: a submission is")


def test_an_archive_of_a_class_that_is_not_opened_is_no_learner(tmp_path: Path) -> None:
    (tmp_path / "hw5.tar.gz").write_bytes(b"")
    with pytest.raises(SubmissionsError, match=r"hw5\.tar\.gz is an archive that is not opened here: unpack it"):
        find_class(tmp_path / "hw5.tar.gz", EXERCISES)
    (tmp_path / "grades.csv").write_text("")
    with pytest.raises(SubmissionsError, match=r"if it is one learner's, unpack it into a folder with the learner's"):
        find_class(tmp_path, EXERCISES)
    (tmp_path / "kim.py").write_text(MAE)
    assert [one.student for one in find_class(tmp_path, EXERCISES).hand_ins] == ["hw5", "kim"]


@pytest.mark.parametrize(
    ("folders", "files", "last", "time"),
    [
        # Moodle's VPL, and Submitty.
        (["2024-05-01-09-30-00", "2024-05-01-10-30-00"], {}, "2024-05-01-10-30-00", "2024-05-01 10:30"),
        (["2024-05-01-10-30-00.ceg", "2024-05-01-09-30-00"], {}, "2024-05-01-09-30-00", "2024-05-01 09:30"),
        (["9", "2", "10"], {".submit.timestamp": "2024-05-01 10:00:00\n"}, "10", "2024-05-01 10:00"),
        (["9", "10"], {".submit.timestamp": "?"}, "10", ""),
    ],
)
def test_of_several_attempts_the_latest_counts(
    tmp_path: Path, folders: list[str], files: dict[str, str], last: str, time: str
) -> None:
    for learner in ("kim", "lee"):
        for folder in folders:
            (tmp_path / learner / folder).mkdir(parents=True)
            (tmp_path / learner / folder / "mae.py").write_text(f"{MAE}# {folder}\n")
            for name, text in files.items():
                (tmp_path / learner / folder / name).write_text(text)
    found = find_class(tmp_path, EXERCISES)
    assert found.remarks == (
        "of a learner with several attempts, each in a folder, the latest is graded, or the one that the learner chose",
    )
    for one in found.hand_ins:
        source = read_submission("", one.handed_in, EXERCISES).sources["mae"]
        assert (source.cells[0].source.split("# ")[1], one.person.handed_in) == (f"{last}\n", time)
        assert source.notes == ()


@pytest.mark.parametrize(("told", "counts"), [('{"active_version": 1, "history": []}', "1"), ("{", "2")])
def test_the_attempt_that_a_learner_chose_in_submitty_counts(tmp_path: Path, told: str, counts: str) -> None:
    for name in ("kim/1", "kim/2", "lee/1"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "mae.py").write_text(f"{MAE}# {name}\n")
        (tmp_path / name / ".submit.timestamp").write_text("2024-05-01 10:00:00\n")
    (tmp_path / "kim" / "user_assignment_settings.json").write_text(told)
    source = read_submission("kim", find_class(tmp_path, EXERCISES).hand_ins[0].handed_in, EXERCISES).sources["mae"]
    assert source.cells[0].source.endswith(f"# kim/{counts}\n")


def test_folders_called_by_numbers_are_no_attempts(tmp_path: Path) -> None:
    for name in ("kim/1/mae.py", "kim/2/other.py", "lee/1/mae.py", "lee/2024-05-01-10-30-00/mae.py"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(MAE)
    found = find_class(tmp_path, EXERCISES)
    assert ([one.handed_in for one in found.hand_ins], found.remarks) == ([tmp_path / "kim", tmp_path / "lee"], ())


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2024-05-01 10:00:30 +0200", "2024-05-01 08:00:40 Z"),
        ("2024-05-01 10:00:00 +0200", "2024-05-01 10:00:00 +0200"),
        ("'2024-05-01 09:00:00.5 +02:00'", "'2024-05-01 08:00:00 +0000'"),
        ("never", "2024-05-01 08:00:00 Z"),
    ],
)
def test_of_submissions_to_gradescope_the_later_counts_and_of_two_at_one_time_the_higher_number(
    tmp_path: Path, first: str, second: str
) -> None:
    about = ""
    for number, time in ((9, first), (10, second)):
        (tmp_path / f"submission_{number}").mkdir()
        about += f"submission_{number}:\n  :submitters:\n  - :name: Kim\n    :sid: 1\n  :created_at: {time}\n"
    (tmp_path / "submission_metadata.yml").write_text(about)
    [one] = find_class(tmp_path, EXERCISES).hand_ins
    assert one.person.ids["Submission"] == "submission_10"


def test_in_the_hour_that_comes_twice_the_second_is_later(tmp_path: Path) -> None:
    for time in ("02:50:00 CEST", "02:10:00 CET", "02:55:00 CEST", "bad"):
        folder = tmp_path / f"kim+m05_losses+2024-10-27 {time}"
        folder.mkdir()
        (folder / "mae.py").write_text(f"{MAE}# {time}\n")
    (tmp_path / "lee+m05_losses+2024-10-27 99:99:99 UTC").mkdir()
    found = find_class(tmp_path, EXERCISES, "nbgrader")
    kim = next(one for one in found.hand_ins if one.student == "kim")
    source = read_submission("", kim.handed_in, EXERCISES).sources["mae"]
    assert source.cells[0].source.endswith("# 02:10:00 CET\n")


def test_what_was_typed_is_found_and_a_file_that_is_nobodys_is_named(tmp_path: Path) -> None:
    (tmp_path / "Minsu Kim_12_assignsubmission_file_mae.py").write_text(MAE)
    (tmp_path / "José_14_assignsubmission_onlinetext.html").write_text(f"<pre>{MAE}</pre>")
    (tmp_path / "plan.docx").write_text("")
    found = find_class(tmp_path, EXERCISES)
    sources = {one.student: read_submission("", one.handed_in, EXERCISES).sources["mae"] for one in found.hand_ins}
    assert {name: source.status for name, source in sources.items()} == {"José_14": "found", "Minsu Kim_12": "found"}
    assert found.remarks == ("plan.docx was left out: a submission is Minsu Kim_12345_assignsubmission_file_",)


def test_a_folder_of_an_exercise_is_seen_behind_one_that_is_empty(tmp_path: Path) -> None:
    for name in ("mae/kim.py", "mae/lee.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(MAE)
    (tmp_path / "hw1").mkdir()
    with pytest.raises(SubmissionsError, match=r"holds mae, which is hardly a learner: if kim\.py in it is"):
        find_class(tmp_path, EXERCISES)


def test_gradescopes_numbers_keep_their_zeros_and_the_unknown_is_told(tmp_path: Path) -> None:
    for name in ("submission_1", "submission_2"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "mae.py").write_text(MAE)
    about = "submission_1:\n  :submitters:\n  - :name: Kim\n    :sid: 007\n"
    (tmp_path / "submission_metadata.yml").write_text(about)
    found = find_class(tmp_path, EXERCISES)
    assert [one.student for one in found.hand_ins] == ["Kim_007", "submission_2"]
    assert found.remarks[0].startswith("submission_2 is not in submission_metadata.yml")


@pytest.mark.parametrize("submitted", ["Eingereichte Dateien", "제출된 파일"])
def test_teams_in_other_languages(tmp_path: Path, submitted: str) -> None:
    for name in (f"{submitted}/kim/hw/Version 1", f"{submitted}/lee/hw/Version 2", "others/park/hw"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "mae.py").write_text(MAE)
    found = find_class(tmp_path, EXERCISES)
    assert (found.layout.name, [one.student for one in found.hand_ins]) == ("teams", ["kim", "lee"])


@pytest.mark.parametrize(
    "names", [["old", "new"], ["v1", "v2", "v3"], ["hw1", "hw2"], ["Version 1", "수정본"], ["draft", "final", "final2"]]
)
def test_versions_in_the_folder_of_the_only_learner_are_no_learners(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / "class" / "kim" / name).mkdir(parents=True)
        (tmp_path / "class" / "kim" / name / "mae.py").write_text(MAE)
    (tmp_path / "kim.zip").write_bytes(zipped({f"{name}/mae.py": MAE for name in names}))
    for path in (tmp_path / "class", tmp_path / "kim.zip"):
        assert [one.student for one in find_class(path, EXERCISES).hand_ins] == ["kim"]


def test_copies_of_one_file_from_google_classroom_are_their_learners(tmp_path: Path) -> None:
    names = ["Minsu Kim - HW5", "José Núñez - HW5", "Copy of Anna O'Hara - HW5"]
    (tmp_path / "hw.zip").write_bytes(zipped({f"{name}.ipynb": notebook(MAE) for name in names}))
    assert {one.student for one in find_class(tmp_path / "hw.zip", EXERCISES).hand_ins} == set(names)
    for own in (["mae - Copy.py", "mae - final.py"], ["mae - kim.py", "groupby_na - kim.py"]):
        (tmp_path / "kim.zip").write_bytes(zipped(dict.fromkeys(own, MAE)))
        assert {one.student for one in find_class(tmp_path / "kim.zip", EXERCISES).hand_ins} == {"kim"}


def test_what_a_browser_saves_beside_a_page_is_no_learner(tmp_path: Path) -> None:
    for name in ("kim.ipynb", "kim.html", "kim_files/a.js", "lee_files/mae.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(MAE)
    found = find_class(tmp_path, EXERCISES)
    assert [one.student for one in found.hand_ins] == ["kim", "lee_files"]
    assert found.remarks[0] == "kim_files left out, being what browsers save beside a page"


def test_three_numbers_in_the_only_folder_are_learners(tmp_path: Path) -> None:
    for name in ("20231234", "20231235", "20231236"):
        (tmp_path / "hw" / name).mkdir(parents=True)
        (tmp_path / "hw" / name / "mae.py").write_text(MAE)
    assert len(find_class(tmp_path, EXERCISES).hand_ins) == 3


def test_learners_with_a_folder_for_each_week_are_no_sections(tmp_path: Path) -> None:
    for name in (f"{learner}/hw{week}/main.py" for learner in ("kim", "lee") for week in (1, 2, 3)):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text(MAE)
    assert [one.student for one in find_class(tmp_path, EXERCISES).hand_ins] == ["kim", "lee"]


def test_what_was_not_handed_in_to_teams_is_nobodys(tmp_path: Path) -> None:
    files, others = tmp_path / "class" / "Student Work", tmp_path / "others"
    for name in ("Submitted files/kim/hw/Version 1", "Submitted files/lee/hw", "Working files/park/hw"):
        (files / name).mkdir(parents=True)
        (files / name / "mae.py").write_text(MAE)
    for name in ("Submitted files/kim/hw", "Submitted files/lee/hw", "Working files/park/hw"):
        (others / name).mkdir(parents=True)
        (others / name / "mae.py").write_text(MAE)
    for folder in (tmp_path / "class", files, files / "Submitted files", others):
        found = find_class(folder, EXERCISES)
        assert (found.layout.name, [one.student for one in found.hand_ins]) == ("teams", ["kim", "lee"])


@pytest.mark.parametrize(
    ("submitted", "working", "version"),
    [
        ("Archivos enviados", "Archivos de trabajo", "Versión"),
        ("Fichiers envoyés", "Fichiers de travail", "Version"),
        ("提出済みのファイル", "作業中のファイル", "バージョン"),
    ],
)
def test_teams_is_known_by_its_versions_in_every_language(
    tmp_path: Path, submitted: str, working: str, version: str
) -> None:
    for name in (f"{submitted}/kim/hw/{version} 9", f"{submitted}/kim/hw/{version} 10", f"{submitted}/lee/hw",
                 f"{working}/kim/hw", f"{working}/lee/hw", f"{working}/park/hw"):  # fmt: skip
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "mae.py").write_text(f"{MAE}# {name}\n", encoding="utf-8")
    for folder in (tmp_path, tmp_path / submitted):
        found = find_class(folder, EXERCISES)
        assert (found.layout.name, [one.student for one in found.hand_ins]) == ("teams", ["kim", "lee"])
        source = read_submission("kim", found.hand_ins[0].handed_in, EXERCISES).sources["mae"]
        assert source.cells[0].source.endswith(f"{version} 10\n")


@pytest.mark.parametrize("unpacked", [False, True])
def test_uploads_to_google_forms_are_no_single_learners(tmp_path: Path, unpacked: bool) -> None:
    uploads = {f"HW5 (File responses)/Upload mae.py (File responses)/mae - {name}.py": MAE for name in ("Kim", "Lee")}
    path = tmp_path / "drive-download-20240503T081500Z-001.zip"
    path.write_bytes(zipped(uploads))
    if unpacked:
        path = members(path, tmp_path / "unpacked")
    with pytest.raises(SubmissionsError, match=r"holds uploads to Google Forms.*folder with the learner's name$"):
        find_class(path, EXERCISES)


def test_teams_with_folders_of_the_same_names_are_no_sections(tmp_path: Path) -> None:
    for name in ("Group 1/src/a.py", "Group 1/tests/b.py", "Group 2/src/a.py", "Group 2/docs/c.py"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(MAE)
    assert [one.student for one in find_class(tmp_path, EXERCISES).hand_ins] == ["Group 1", "Group 2"]


def test_a_zip_of_one_learner_is_one_learner_and_one_of_a_class_a_class(tmp_path: Path) -> None:
    one = tmp_path / "kim.zip"
    one.write_bytes(zipped({"exercises/m05_losses/mae.py": MAE, "data/a.py": "x = 1"}))
    assert [found.student for found in find_class(one, EXERCISES).hand_ins] == ["kim"]
    many = tmp_path / "class.zip"
    many.write_bytes(zipped({f"hw1/{name}/mae.py": MAE for name in ("kim", "lee", "park")}))
    assert [found.student for found in find_class(many, EXERCISES).hand_ins] == ["kim", "lee", "park"]
    packed = {f"{name}.zip": zipped({"mae.py": MAE}) for name in ("kim", "lee")}
    many.write_bytes(zipped(packed))
    found = find_class(many, EXERCISES).hand_ins
    assert [one.student for one in found] == ["kim", "lee"]
    assert read_submission("lee", found[1].handed_in, EXERCISES).sources["mae"].status == "found"
    many.write_bytes(zipped({f"{name}.ipynb": MAE for name in ("kim", "lee", "park")}))
    with pytest.raises(SubmissionsError, match=r"holds kim\.ipynb, lee\.ipynb and 1 more: if each is a learner's"):
        find_class(many, EXERCISES)
    assert len(find_class(many, EXERCISES, "folders").hand_ins) == 3
    damaged = tmp_path / "cut.zip"
    damaged.write_bytes(many.read_bytes()[:100])
    with pytest.raises(SubmissionsError, match=r"cut\.zip cannot be read: it is no zip archive, or was cut short"):
        find_class(damaged, EXERCISES)


def test_what_fits_no_learner_of_a_system_is_not_lost_without_a_word(tmp_path: Path) -> None:
    path, _ = delivered.canvas(tmp_path)
    folder = members(path, tmp_path / "class")
    (folder / "gradebook.csv").write_text("")
    assert len(find_class(folder).hand_ins) == 6
    (folder / "late one.py").write_text(RIGHT)
    with pytest.raises(SubmissionsError, match=r"as Canvas hands a class over, but late one\.py is not called so"):
        find_class(folder)


def test_the_latest_attempt_counts_and_what_was_typed_is_kept(tmp_path: Path) -> None:
    start = "HW 1_kim_attempt_2024-05-0"
    for name, text in (
        (f"{start}1-10-00-00_mae.py", MAE),
        (f"{start}2-10-00-00.txt", "이름: 김민수 (kim)\n\nSubmission Field:\n여기에 썼습니다\n"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    [found] = find_class(tmp_path, EXERCISES).hand_ins
    assert (found.student, found.person.name, found.person.handed_in) == ("kim", "김민수", "2024-05-02 10:00")
    assert read_submission("kim", found.handed_in, EXERCISES).sources["mae"].status == "missing"


def test_a_file_that_is_called_like_anothers_attempt_is_its_own_learners(tmp_path: Path) -> None:
    attempt = "_attempt_2024-05-01-10-00-00"
    theirs = f"HW 1_choi{attempt}_HW 1_lee_attempt_2030-01-01-00-00-00"
    for name in (f"HW 1_lee{attempt}_mae.py", f"{theirs}_mae.py", f"{theirs}.txt"):
        (tmp_path / name).write_text(MAE)
    choi, lee = find_class(tmp_path, EXERCISES).hand_ins
    assert (choi.student, [place.name for _, place in choi.handed_in.pieces]) == (
        "choi",
        [f"{theirs}.txt", f"{theirs}_mae.py"],
    )
    assert (lee.student, lee.person.handed_in, len(lee.handed_in.pieces)) == ("lee", "2024-05-01 10:00", 1)


@pytest.mark.parametrize("called", ["x_attempt_2024-05-01-10-00-00_mae.py", "Kim_1_assignsubmission_file_mae.py"])
def test_a_file_that_is_called_as_in_another_system_does_not_hold_the_class_up(tmp_path: Path, called: str) -> None:
    for name in ("kim_1_10_mae.py", "lee_2_11_mae.py", f"choi_3_12_{called}"):
        (tmp_path / name).write_text(MAE)
    found = find_class(tmp_path, EXERCISES)
    assert (found.layout.name, [one.student for one in found.hand_ins]) == ("canvas", ["choi_3", "kim_1", "lee_2"])


def test_a_second_upload_takes_the_place_of_the_first_but_a_numbered_file_is_another(tmp_path: Path) -> None:
    for name in ("kim_1_10_mae.py", "kim_1_11_mae-1.py", "kim_1_12_lab-2.py", "lee_2_13_mae-1.py"):
        (tmp_path / name).write_text(MAE if "mae-1" in name else "def other(a, b):\n    return 1\n")
    kim, lee = find_class(tmp_path, EXERCISES).hand_ins
    source = read_submission("kim", kim.handed_in, EXERCISES).sources["mae"]
    assert (source.path, source.cells[0].source, source.notes) == ("mae.py", MAE, ())
    assert sorted(parts for parts, _ in kim.handed_in.pieces) == [("lab-2.py",), ("mae.py",)]
    assert [parts for parts, _ in lee.handed_in.pieces] == [("mae.py",)]


@pytest.mark.parametrize(
    "page",
    [
        "<p>def mae(y_true, y_pred):<br>&nbsp; &nbsp; return 0.625</p>",
        "<p>def mae(y_true, y_pred):</p>\n<p>&nbsp;&nbsp;&nbsp;&nbsp;return 0.625</p>",
        "<!-- <p>def no(): -->\n<p>Here it is, &lt;finally&gt;:</p>"
        "<pre>def mae(y_true, y_pred):\n    return 0.625</pre><p>thank you</p>",
        "<html><head><title>HW</title></head><body><h1>HW: Kim, Minsu</h1>\n"
        "<div>My answer<br />def mae(y_true, y_pred):<br />&nbsp; &nbsp; return 0.625</div></body></html>",
    ],
)
@pytest.mark.parametrize("name", ["kim_1_text.html", "Minsu Kim_1_assignsubmission_onlinetext_/onlinetext.html"])
def test_code_that_was_typed_into_the_platform_is_found(tmp_path: Path, name: str, page: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(page, encoding="utf-8")
    [kim] = find_class(tmp_path, EXERCISES).hand_ins
    source = read_submission("kim", kim.handed_in, EXERCISES).sources["mae"]
    assert source.cells[0].source == MAE
    assert source.notes == (f"found in {source.path}: name the file mae.py",)


def test_a_word_that_was_typed_beside_the_files_is_no_remark(tmp_path: Path) -> None:
    for name, text in {
        "file_/mae.py": MAE,
        "onlinetext_/onlinetext.html": "<p>죄송합니다, I define mae below</p>",
    }.items():
        path = tmp_path / f"Kim_1_assignsubmission_{name}"
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
    [kim] = find_class(tmp_path, EXERCISES).hand_ins
    read = read_submission("kim", kim.handed_in, EXERCISES)
    assert (read.notes, read.sources["mae"].notes) == ((), ())


def test_answers_to_several_quizzes_are_all_kept(tmp_path: Path) -> None:
    for name in ("kim_1_10_quiz_answers.toml", "kim_1_11_quiz_answers-1.toml"):
        (tmp_path / name).write_text("a = 1\n")
    [kim] = find_class(tmp_path, EXERCISES).hand_ins
    assert len(kim.handed_in.pieces) == 2


def test_archives_of_learners_are_read_within_what_a_system_delivers(tmp_path: Path) -> None:
    for name in ("kim", "lee"):
        (tmp_path / f"{name}_{len(name) + ord(name[0])}_{ord(name[0])}_hw.zip").write_bytes(
            zipped({f"hw/{name}/mae.py": MAE})
        )
    for one in find_class(tmp_path, EXERCISES).hand_ins:
        source = read_submission(one.student, one.handed_in, EXERCISES).sources["mae"]
        assert source.cells[0].source == MAE


def test_names_of_a_korean_windows_are_read_in_an_archive_that_does_not_tell(tmp_path: Path) -> None:
    for encoding in ("cp949", "utf-8", "cp437"):
        names = ["김민수", "이지민", "박뷁"] if encoding != "cp437" else ["Müller", "René", "Ñandú"]
        path = tmp_path / f"{encoding}.zip"
        with zipfile.ZipFile(path, "w") as made:
            for name in names:
                info = delivered.untold(f"{name}/mae.py", encoding)
                made.writestr(info, MAE)
        assert [one.student for one in find_class(path, EXERCISES).hand_ins] == sorted(names)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_folder_that_cannot_be_read_holds_up_nobody_else(tmp_path: Path) -> None:
    for name in ("kim", "lee"):
        (tmp_path / name).mkdir()
    (tmp_path / "kim").chmod(0)
    assert len(find_class(tmp_path, EXERCISES).hand_ins) == 2
    (tmp_path / "kim").chmod(0o700)


def test_anonymous_learners_of_canvas_have_names_of_their_own(tmp_path: Path) -> None:
    for name in ("anon_Ab3dE_10_mae.py", "LATE_anon_Xy9zQ_11_mae.py"):
        (tmp_path / name).write_text(MAE)
    found = find_class(tmp_path).hand_ins
    assert [(one.student, one.person.late) for one in found] == [("anon_Ab3dE", False), ("anon_Xy9zQ", True)]


def test_a_link_in_the_exchange_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "mae.py").write_text(MAE)
    (tmp_path / "inbound").mkdir()
    (tmp_path / "inbound" / "kim+m05+2024-05-01 11:22:33.1 UTC+x").symlink_to(tmp_path / "secret")
    [found] = find_class(tmp_path / "inbound").hand_ins
    read = read_submission("kim", found.handed_in, EXERCISES)
    assert read.sources["mae"].status == "missing"
    assert "is a link and was left out" in read.notes[0]


def test_nothing_is_graded_into_the_folder_that_is_graded(
    course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "class" / "kim").mkdir(parents=True)
    (tmp_path / "class" / "kim" / "double.py").write_text(STUB)
    for out in ("class", "class/results"):
        assert grade(tmp_path / "class", tmp_path / out) == 2
        (said,) = capsys.readouterr().err.splitlines()
        assert said.startswith(f"winnow: --out {tmp_path / out} lies in {tmp_path / 'class'}")
    assert not (tmp_path / "class" / "results").exists()
