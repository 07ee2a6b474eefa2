"""Who is in the class: a table of id, name, email and section, or what Canvas, Moodle, nbgrader, Blackboard,
Brightspace, Gradescope and GitHub Classroom export of their own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from winnow.csv_table import TableError, read_table
from winnow.errors import UsageError
from winnow.record import Person


class RosterError(UsageError):
    """A roster that cannot be used, or does not say who is who; the message is one sentence."""


IDS = {
    "SIS User ID": ("sis user id",),
    "Student ID": (
        "student id", "student number", "studentid", "matriculation number", "orgdefinedid", "matrikelnummer",
        "matrikelnr", "matrikel nr", "matrícula", "matricola", "numéro étudiant", "numéro d étudiant", "n étudiant",
        "학번", "学号", "學號", "学籍番号", "学生番号",
    ),
    "SID": ("sid",),
    "ID number": (
        "id number", "idnumber", "id nummer", "numéro d identification", "número de id", "id 번호",
        "id 号码", "idナンバー",
    ),
    "SIS Login ID": ("sis login id",),
    "ID": ("id",),
    "Identifier": ("identifier", "roster identifier", "identifiant", "identificador"),
    "Username": (
        "username", "user name", "login", "benutzername", "anmeldename", "nom d utilisateur", "nombre de usuario",
        "사용자 이름", "用户名", "使用者名稱", "ユーザ名", "ユーザー名",
    ),
    "github_username": ("github username",),
}  # fmt: skip
"""What institutions call a learner, by the heading that exports have; the first that a row has is the learner's name in
a run. `Email address` and `Student`, a name, come after them."""

PLAIN_ID = "id"
"""The heading of an id that is no system's own."""

_NAMES = {
    "name": (
        "name", "full name", "fullname", "student name", "vollständiger name", "nom complet", "nombre completo",
        "nome completo", "성명", "전체 이름", "姓名", "全名", "氏名", "名前", "フルネーム",
    ),
    "first": ("first name", "firstname", "given name", "vorname", "prénom", "nombre", "nome", "이름", "名"),
    "last": (
        "last name", "lastname", "surname", "family name", "nachname", "familienname", "nom", "nom de famille",
        "apellido", "apellidos", "apellido s", "cognome", "sobrenome", "apelido", "성", "姓",
    ),
    "email": (
        "email", "email address", "e mail", "e mail address", "mail", "e mail adresse", "adresse de courriel",
        "courriel", "adresse e mail", "adresse mail", "correo", "correo electrónico", "dirección de correo",
        "dirección de correo electrónico", "dirección email", "indirizzo email", "endereço de email",
        "이메일", "이메일 주소", "邮箱", "电子邮箱", "电子邮件", "电子邮件地址", "電子郵件",
        "メール", "メールアドレス",
    ),
    "section": (
        "section", "sections", "group", "groups", "group name", "class", "gruppe", "groupe", "grupo", "gruppo", "분반",
        "班级", "班級", "クラス",
    ),
    "student": ("student",),
    "highest": ("maximum grade",),
}  # fmt: skip
_COLUMNS = {alias: name for table in (IDS, _NAMES) for name, aliases in table.items() for alias in aliases}
_NUMBER = re.compile(r"\A(\d+)\.0\Z")
# Moodle's word for a learner whose name it hides, and the number: "Participant 12", "Teilnehmer/in12".
_PARTICIPANT = re.compile(
    r"(?:participante?|partecipante|teilnehmer\W?(?:in)?|참가자|参加者|参与者) ?(\d+)", re.IGNORECASE
)


@dataclass(frozen=True)
class Member:
    """One learner of the class: the name in a run, what is known, and the line where it stands."""

    student: str
    person: Person
    line: int


@dataclass(frozen=True)
class Roster:
    """A class. `is_canvas`: it is Canvas' own, where `ID` is the number that Canvas gives to its users."""

    source: str
    members: tuple[Member, ...]
    is_canvas: bool = False


def read_roster(path: Path) -> Roster:
    """Read a roster. Raises RosterError when the file cannot be read, names nobody, or two learners alike."""
    try:
        table = read_table(path, lambda header: bool(_columns(header)))
    except TableError as error:
        raise RosterError(str(error)) from None
    columns = _columns(table.header)
    if not {*IDS, "email", "name", "first", "last", "student"} & columns.keys():
        raise RosterError(
            f"{path} must begin with a line that names its columns: id, name, email, section, or those of an export of "
            "Canvas, Moodle or nbgrader"
        )
    is_canvas = "student" in columns and ("SIS User ID" in columns or {"ID", "section"} <= columns.keys())
    members: dict[str, Member] = {}
    for number, row in table.rows:
        if len(row) > len(table.header) and any(row[len(table.header) :]):
            raise RosterError(
                f"{path}, line {number}, has {len(row)} values where the first line names {len(table.header)} columns"
            )
        cells = {name: _value(row[at], name) for name, at in columns.items() if at < len(row) and row[at]}
        member = None if is_canvas and _is_none(cells) else _member(cells, number, is_canvas)
        if member is None:
            continue
        before = members.setdefault(member.student, member)
        if before.person != member.person:
            raise RosterError(
                f"{path}, lines {before.line} and {number}, are two learners called {member.student}: give each an id "
                "of its own"
            )
    if not members:
        raise RosterError(f"{path} names no learners: a line for each, below the one that names the columns")
    return Roster(str(path), tuple(members.values()), is_canvas)


def _columns(header: tuple[str, ...]) -> Mapping[str, int]:
    """Where each column that we know stands; the first of two counts."""
    found: dict[str, int] = {}
    for at, heading in enumerate(header):
        name = _COLUMNS.get(_words(heading))
        if name is not None:
            found.setdefault(name, at)
    if "last" not in found and {"name", "vorname"} <= set(map(_words, header)):
        found["last"] = found.pop("name")
    if "first" in found and "last" not in found and "name" not in found:
        # 이름 alone is the whole name.
        found["name"] = found.pop("first")
    return found


def _words(heading: str) -> str:
    return " ".join(re.split(r"[\W_]+", unicodedata.normalize("NFC", heading).casefold())).strip()


def participant(value: str) -> str:
    """The number that Moodle gives to a participant; empty where the value is none, in whatever language.

    >>> participant("Participant 12"), participant("Teilnehmer/in12"), participant("kim12")
    ('12', '12', '')
    """
    found = _PARTICIPANT.fullmatch(value)
    return found[1] if found else ""


def _value(cell: str, column: str) -> str:
    """What a cell says: Brightspace puts a sign before ids, so that no spreadsheet takes them for numbers, and pandas
    takes them for numbers, `20231234.0`."""
    return _NUMBER.sub(r"\1", cell.removeprefix("#")) if column in IDS else cell


def _is_none(cells: Mapping[str, str]) -> bool:
    """Whether a row of Canvas is no learner's: the points that can be had, what is posted by hand, the test student."""
    student = cells.get("student", "")
    test = student in ("Student, Test", "Test Student") and "SIS User ID" not in cells
    return not student or "Points Possible" in student or test


def _member(cells: Mapping[str, str], line: int, is_canvas: bool) -> Member | None:
    # Canvas' own number is of use to Canvas alone.
    ids = {name if is_canvas or name != "ID" else PLAIN_ID: cells[name] for name in IDS if name in cells}
    name, email, student = _name(cells), cells.get("email", ""), cells.get("student", "")
    telling = [value for value in ids.values() if not participant(value)]
    if student and (name or not ids):
        telling.insert(0, student)
    elif student:
        # Canvas calls the column of names so.
        name, ids["Student"] = _first_name_first(student), student
    chosen = next((value for value in (*telling, email, *ids.values(), name) if value), "")
    if email:
        ids["Email address"] = email
    if "highest" in cells:
        # Of the assignment whose worksheet this is; it goes back with the grades.
        ids["Maximum Grade"] = cells["highest"]
    return Member(chosen, Person(name, email, cells.get("section", ""), ids), line) if chosen else None


def _name(cells: Mapping[str, str]) -> str:
    if "name" in cells:
        return _first_name_first(cells["name"])
    first, last = cells.get("first", ""), cells.get("last", "")
    # Chinese, Japanese and Korean names are written together, the family's first.
    together = first and last and all(letter >= "\u2e80" for letter in first + last)
    return last + first if together else f"{first} {last}".strip()


def _first_name_first(name: str) -> str:
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() else name
