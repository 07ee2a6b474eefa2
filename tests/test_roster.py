"""Who is in the class: rosters as they come, and every hand-in given to the learner whose it is, or to nobody."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from winnow.cli import main
from winnow.csv_table import TableError, read_table
from winnow.exports.ids import read_ids
from winnow.record import Person
from winnow.roll_call import call
from winnow.roster import Roster, RosterError, read_roster
from winnow.submission import Gathered
from winnow.submission.layouts import HandIn

from .support.delivered import RIGHT
from .support.small_course import make


def roster(folder: Path, text: str, encoding: str = "utf-8") -> Roster:
    path = folder / "roster.csv"
    path.write_bytes(text.encode(encoding))
    return read_roster(path)


def test_a_roster_of_ones_own_has_id_name_email_and_section(tmp_path: Path) -> None:
    (one,) = roster(tmp_path, "id,name,email,section\n20231234,김민수,kim@x.kr,A\n").members
    assert (one.student, one.line) == ("20231234", 2)
    assert (one.person.name, one.person.email, one.person.section) == ("김민수", "kim@x.kr", "A")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_spreadsheet_may_save_it_in_its_own_way(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = f'id{delimiter}name\r\n\r\n7{delimiter}"김, 민수"\r\n'
    (one,) = roster(tmp_path, text, encoding).members
    assert (one.student, one.person.name, one.line) == ("7", "민수 김", 3)
    ids = read_ids(roster_of_ids(tmp_path, text.replace("id", "student", 1), encoding))
    assert ids.named("7") == {"name": "김, 민수"}


@pytest.mark.parametrize(
    ("encoding", "text", "name"),
    [
        ("cp1252", "id;name\n7;Ángela Núñez\n", "Ángela Núñez"),
        ("cp1252", "Matrikelnummer;Name;Vorname\n7;Groß;Jürgen\n", "Jürgen Groß"),
        ("cp1252", "N° étudiant;Nom;Prénom\n7;Bœuf;Noël\n", "Noël Bœuf"),
        ("cp949", "id,name\n7,김민수A\n8,이지민\n", "김민수A"),
        ("gb18030", "学号,姓名\n7,王伟\n", "王伟"),
        ("cp932", "学籍番号,氏名\n7,佐藤 花子\n", "佐藤 花子"),
    ],
)
def test_what_a_spreadsheet_means_by_csv_elsewhere_is_read(tmp_path: Path, encoding: str, text: str, name: str) -> None:
    one, *_ = roster(tmp_path, text, encoding).members
    assert (one.student, one.person.name) == ("7", name)


def roster_of_ids(folder: Path, text: str, encoding: str) -> Path:
    path = folder / "ids.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("told", ["sep=;", '"sep=;"', "Sep=\t", "sep=|"])
def test_the_line_by_which_excel_tells_its_delimiter_is_no_row(tmp_path: Path, told: str) -> None:
    text = f"{told}\r\nid;name\r\n7;Kim, Minsu\r\n"
    (one,) = roster(tmp_path, text.replace(";", told.strip('"')[4])).members
    assert (one.student, one.person.name, one.line) == ("7", "Minsu Kim", 3)


@pytest.mark.parametrize(
    ("text", "student", "name"),
    [
        ("Student,ID,SIS User ID,SIS Login ID,Section\n\"Kim, Minsu\",5,2023,mkim,A\n", "2023", "Minsu Kim"),
        ("Student,ID,SIS Login ID,Section\n\"Kim, Minsu\",5,mkim,A\n", "mkim", "Minsu Kim"),
        ("First name,Surname,ID number,Institution,Email address\nMinsu,Kim,2023,X,k@x.kr\n", "2023", "Minsu Kim"),
        ("First name,Last name,Email address,Groups\nMinsu,Kim,k@x.kr,A\n", "k@x.kr", "Minsu Kim"),
        ("이름,성,이메일 주소\n민수,김,k@x.kr\n", "k@x.kr", "김민수"),
        ("Identifier,Full name,Email address,Status\nParticipant 7,Minsu Kim,k@x.kr,\n", "k@x.kr", "Minsu Kim"),
        ("id,last_name,first_name,email,lms_user_id\nmkim,Kim,Minsu,k@x.kr,\n", "mkim", "Minsu Kim"),
        ("Last Name,First Name,Username,Student ID\nKim,Minsu,mkim,2023\n", "2023", "Minsu Kim"),
        ("First Name,Last Name,SID,Email,Sections\nMinsu,Kim,2023,k@x.kr,A\n", "2023", "Minsu Kim"),
        ('"identifier","github_username","github_id","name"\n"2023","mkim","9","Minsu Kim"\n', "2023", "Minsu Kim"),
        ("OrgDefinedId,Username,Last Name,First Name,End-of-Line\n#2023,#mk,Kim,Minsu,#\n", "2023", "Minsu Kim"),
        ("학번,성명\n2023,김민수\n", "2023", "김민수"),
        ("student,section\ns01,A\n", "s01", ""),
        ("email\nk@x.kr\n", "k@x.kr", ""),
        # Moodle's worksheets and lists in other languages, and what spreadsheets and offices write there.
        ("ID,Vollständiger Name,E-Mail-Adresse\nTeilnehmer/in12,Jürgen Groß,j@x.de\n", "j@x.de", "Jürgen Groß"),
        ("Identifiant,Nom complet,Adresse de courriel\nParticipant 7,Élise Roy,e@x.fr\n", "e@x.fr", "Élise Roy"),
        ("Identificador,Nombre completo,Dirección de correo\nParticipante 7,Ana Paz,a@x.es\n", "a@x.es", "Ana Paz"),
        ("Matrikel-Nr.;Name;Vorname\n007;Groß;Uwe\n", "007", "Uwe Groß"),
        ('"Vorname";"Nachname";"Benutzername";"E-Mail"\n"Uwe";"Groß";"ug";"u@x.de"\n', "ug", "Uwe Groß"),
        ("N° étudiant;Nom;Prénom;Courriel;Groupe\n007;Roy;Élise;e@x.fr;A\n", "007", "Élise Roy"),
        ("Prénom,Nom,Numéro d\u2019identification\nÉlise,Roy,007\n", "007", "Élise Roy"),
        ("Matrícula,Apellido(s),Nombre,Correo electrónico\n007,Paz,Ana,a@x.es\n", "007", "Ana Paz"),
        ("Matricola;Cognome;Nome;Indirizzo email\n007;Rossi;Maria;m@x.it\n", "007", "Maria Rossi"),
        ("Matrícula;Nome;Sobrenome;Endereço de email\n007;João;Silva;j@x.pt\n", "007", "João Silva"),
        ("学号,姓名,班级\n007,王伟,1\n", "007", "王伟"),
        ("学籍番号,氏名,メールアドレス\n007,佐藤 花子,h@x.jp\n", "007", "佐藤 花子"),
        ("名,姓,メールアドレス\n花子,佐藤,h@x.jp\n", "h@x.jp", "佐藤花子"),
        ('id;name\n="007";Kim\n', "007", "Kim"),
        ("id,name\n2023.0,Kim\n", "2023", "Kim"),
    ],
)  # fmt: skip
def test_what_systems_export_is_read_as_it_is(tmp_path: Path, text: str, student: str, name: str) -> None:
    (one,) = roster(tmp_path, text).members
    assert (one.student, one.person.name) == (student, name)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "must begin with a line that names its columns"),
        ("20231234,Kim\n", "must begin with a line that names its columns"),
        ("id,name\n", "names no learners"),
        ("id,name\n7,Kim\n7,Lee\n", "lines 2 and 3, are two learners called 7"),
        ("name\nMinsu Kim\nMinsu Kim\n", ""),
        ("id,name\n7,Kim,A\n", "line 2, has 3 values where the first line names 2"),
    ],
)
def test_a_roster_that_cannot_be_right_is_refused(tmp_path: Path, text: str, said: str) -> None:
    if not said:
        # Two lines that say the same are one learner: nbgrader has one for each assignment.
        assert len(roster(tmp_path, text).members) == 1
        return
    with pytest.raises(RosterError, match=said) as caught:
        roster(tmp_path, text)
    assert "\n" not in str(caught.value)


def test_a_spreadsheet_that_is_no_csv_is_told(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    path.write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(TableError, match=r"roster\.xlsx is a spreadsheet, not a CSV file"):
        read_table(path)
    with pytest.raises(RosterError, match="cannot be read: No such file"):
        read_roster(tmp_path / "none.csv")


TWO = "id,name,email\n20231111,Jimin Lee,jlee@x.kr\n20232222,Jimin Lee,jlee2@x.kr\n20233333,Seán O'Brien,so@x.kr\n"


def folder(name: str) -> HandIn:
    return HandIn(name, Gathered((((), Path(name)),)))


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("20231111", "20231111"),
        ("JLEE2@x.kr", "20232222"),
        ("jlee2", "20232222"),
        ("Jimin Lee_20232222_hw1", "20232222"),
        ("20231111-LeeJimin", "20231111"),
        ("Sean O'Brien", None),
        ("Sea\u0301n OBrien", "20233333"),
        ("O'Brien, Seán", "20233333"),
        ("hw1 OBrien Seán (late)", "20233333"),
        ("Jimin", None),
        ("2023", None),
    ],
)
def test_a_folder_is_whose_id_or_name_it_has(tmp_path: Path, name: str, student: str | None) -> None:
    called = call(roster(tmp_path, TWO), [folder(name)])
    found = {one.student for one in called.hand_ins if one.handed_in != Gathered()}
    assert found == {student or name}
    assert len(called.hand_ins) == (3 if student else 4)
    assert bool(called.remarks) == (student is None)


@pytest.mark.parametrize("name", ["Jimin Lee", "Lee Jimin_hw1", "20231111 Seán OBrien"])
def test_a_name_that_two_learners_have_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(RosterError, match=rf"{name} fits two learners of .*roster\.csv, lines \d and \d: name the"):
        call(roster(tmp_path, TWO), [folder(name)])


@pytest.mark.parametrize("name", ["Lee, Jimin(jilee)", "Lee_Jimin_jilee", "Jimin Lee (JILEE) - late"])
def test_a_user_name_tells_two_learners_of_one_name_apart(tmp_path: Path, name: str) -> None:
    listed = roster(tmp_path, "Name;Username;Email\nLee, Jimin;jlee;a@x\nLee, Jimin;jilee;b@x\nPark, Bo;lee;c@x\n")
    called = call(listed, [folder(name)])
    assert [one.student for one in called.hand_ins if one.handed_in != Gathered()] == ["jilee"]


def test_moodles_participants_are_found_by_number_in_every_language(tmp_path: Path) -> None:
    listed = roster(
        tmp_path, "ID,Vollständiger Name,E-Mail\nTeilnehmer/in7,Jimin Lee,a@x\nTeilnehmer/in8,Jimin Lee,b@x\n"
    )
    one = HandIn("Jimin Lee_8", Gathered(), Person("Jimin Lee", handed_in="now"), {"Identifier": "Participant 8"})
    [found] = [one for one in call(listed, [one]).hand_ins if one.person.handed_in]
    assert found.student == "b@x"


def test_two_hand_ins_of_one_learner_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RosterError, match=r"20231111 and jlee both fit Jimin Lee \(line 2\)"):
        call(roster(tmp_path, TWO), [folder("20231111"), folder("jlee")])


def test_those_on_no_list_are_told_and_keep_their_names(tmp_path: Path) -> None:
    names = [f"guest{n}" for n in range(7)]
    called = call(roster(tmp_path, TWO), [folder(name) for name in names])
    assert {one.student for one in called.hand_ins} >= set(names)
    (said,) = called.remarks
    assert said.startswith("7 of 7 hand-ins match nobody in ")
    assert said.endswith("guest0, guest1, guest2, guest3, guest4 and 2 more")


def test_a_number_of_one_system_is_not_taken_for_that_of_another(tmp_path: Path) -> None:
    """Canvas' user 101 is not the learner 101 of a list of one's own, unless the names agree."""
    mine = roster(tmp_path, "id,name\n101,Jimin Lee\n102,Seán O'Brien\n")
    handles = {"ID": "101"}
    other = HandIn("obrienseán_101", Gathered(), Person("obrienseán", ids=handles), handles)
    assert [one.student for one in call(mine, [other]).hand_ins if one.person.ids.get("ID") == "101"] == ["102"]
    group = HandIn("Group A_101", Gathered(), Person("Group A"), {"Identifier": "Participant 101"})
    worksheet = roster(tmp_path, "Identifier,Full name\nParticipant 101,Jimin Lee\n")
    assert call(worksheet, [group]).remarks


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make(tmp_path / "course").root
    monkeypatch.setenv("WINNOW_COURSE", str(root))
    return root


def test_who_handed_in_nothing_has_a_row_and_no_grade(
    course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "class" / "20231111"
    own.mkdir(parents=True)
    (own / "double.py").write_text(RIGHT, encoding="utf-8")
    (tmp_path / "class" / "guest").mkdir()
    path = tmp_path / "roster.csv"
    path.write_text(TWO, encoding="utf-8")
    words = ["grade", str(tmp_path / "class"), "--out", str(tmp_path / "out"), "--sandbox=off", "--jobs=1"]
    assert main([*words, "--roster", str(path)]) == 0
    assert "match nobody in" in capsys.readouterr().err
    lines = (tmp_path / "out" / "grades.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines == [
        "student,name,email,score,points,double,status,double status",
        "20231111,Jimin Lee,jlee@x.kr,10,10,10,graded,graded",
        "20232222,Jimin Lee,jlee2@x.kr,,10,,not handed in,not handed in",
        "20233333,Seán O'Brien,so@x.kr,,10,,not handed in,not handed in",
        "guest,,,,10,,not handed in,not handed in",
    ]
    told = json.loads((tmp_path / "out" / "results.json").read_text(encoding="utf-8"))
    assert any("match nobody" in remark for remark in told["remarks"])
    assert (tmp_path / "out" / "feedback" / "20232222.html").is_file()
    path.write_text("id,name\n1,Kim\n1,Lee\n", encoding="utf-8")
    assert main([*words, "--roster", str(path)]) == 2
