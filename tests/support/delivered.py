"""A class with the names that real classes have, as each system delivers it: the archive, and the system's own list."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

RIGHT = "def double(x):\n    return x + x\n\ndef half(x):\n    return x / 2\n"
WRONG = "def double(x):\n    return x * x\n\ndef half(x):\n    return x / 2\n"
STUB = 'def double(x):\n    """Twice x."""\n    raise NotImplementedError("double is not written yet")\n'


@dataclass(frozen=True)
class Learner:
    """One learner. `text` is what was handed in last, `before` an earlier try; None: nothing."""

    first: str
    last: str
    number: int
    login: str
    text: str | None
    before: str | None = None
    late: bool = False

    @property
    def email(self) -> str:
        return f"{self.login}@example.edu"

    @property
    def full(self) -> str:
        return f"{self.first} {self.last}"

    @property
    def sis(self) -> str:
        return f"2023{self.number:04}"


CLASS = (
    Learner("민수", "김", 101, "minsu.kim", RIGHT),
    Learner("Seán", "O'Brien", 102, "sobrien", RIGHT, before=WRONG),
    Learner("Anne-Marie", "Müller-Lüdenscheidt", 103, "amueller", WRONG, late=True),
    Learner("Jimin", "Lee", 104, "jimin.lee", RIGHT, late=True),
    Learner("Jimin", "Lee", 105, "jlee2", WRONG),
    Learner("Zoë", "Quiet", 106, "zquiet", None),
    Learner("Tom", "Stub", 107, "tstub", STUB),
)

GRADES = {101: 10.0, 102: 10.0, 103: None, 104: 10.0, 105: None, 106: "", 107: ""}
"""The grade of each number: "" is none, None one between nothing and full marks."""


class _Untold(zipfile.ZipInfo):
    """A member whose name does not say how it is encoded."""

    encoding = "utf-8"

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode(self.encoding), self.flag_bits & ~0x800


def untold(name: str, encoding: str) -> zipfile.ZipInfo:
    """A member as rubyzip (UTF-8) and Windows (its code page) write it."""
    info = _Untold(name, (2024, 5, 1, 11, 22, 32))
    info.encoding = encoding
    return info


def archive(path: Path, files: Mapping[str, str | bytes], says_utf_8: bool = True) -> Path:
    """Write a zip archive; without `says_utf_8` nothing in it tells how names are encoded."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, (2024, 5, 1, 11, 22, 32)) if says_utf_8 else untold(name, "utf-8")
            info.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(info, content)
    return path


def table(path: Path, rows: Iterable[Iterable[object]], encoding: str = "utf-8-sig") -> Path:
    """Write a CSV file."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def canvas(folder: Path) -> tuple[Path, Path]:
    """`submissions.zip`, and the gradebook as Canvas exports it, with its rows that are nobody's."""
    files: dict[str, str] = {}
    attachment = 5000
    for one in CLASS:
        slug = "".join(letter for letter in f"{one.last}{one.first}".lower() if letter.isalnum())
        start = f"{slug}_LATE_{one.number}" if one.late else f"{slug}_{one.number}"
        for text, name in ((one.before, "double.py"), (one.text, "double-1.py" if one.before else "double.py")):
            if text is not None:
                attachment += 1
                files[f"{start}_{attachment}_{name}"] = text
    rows = [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "double (901)", "Current Score"],
        ["", "", "", "", "", "Manual Posting", ""],
        ["    Points Possible", "", "", "", "", "10.00", "(read only)"],
        *([f"{one.last}, {one.first}", one.number, one.sis, one.login, "DL-01", "", ""] for one in CLASS),
        ["Student, Test", "999", "", "a1b2c3", "DL-01", "", ""],
    ]
    return archive(folder / "submissions.zip", files, says_utf_8=False), table(folder / "gradebook.csv", rows)


def _cleaned(text: str) -> str:
    """Without what Moodle's `clean_filename` takes out."""
    return "".join(letter for letter in text if letter not in "&<>\"`|':\\/")


def moodle(folder: Path, flat: bool = False) -> tuple[Path, Path]:
    """The archive, with folders or without, and the grading worksheet."""
    files = {}
    for one in CLASS:
        if one.text is not None:
            start = _cleaned(f"{one.full}_{one.number + 40000}")
            between = "_" if flat else "_/"
            files[f"{start}_assignsubmission_file{between}double.py"] = one.text
            if one.number == 101:
                files[f"{start}_assignsubmission_onlinetext{between}onlinetext.html"] = "<p>안녕하세요</p>"
    rows = [
        ["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade", "Grade can be changed",
         "Last modified (submission)", "Last modified (grade)", "Feedback comments"],
        *([f"Participant {one.number + 40000}", one.full, one.email, "Submitted for grading", "", "10.00", "Yes",
           "Wednesday, 1 May 2024, 11:22 AM", "-", ""] for one in CLASS),
    ]  # fmt: skip
    return archive(folder / "DL101-Homework 1-4711.zip", files), table(folder / "worksheet.csv", rows)


RECEIPT = """Name: {full} ({login})
Assignment: Homework_1
Date Submitted: Wednesday, May 1, 2024 {time} PM KST
Current Grade: Needs Grading

Submission Field:
There is no student submission text data for this assignment.

Comments:
There are no student comments for this assignment.

Files:
\tOriginal filename: double.py
\tFilename: {name}
"""


def blackboard(folder: Path) -> tuple[Path, Path]:
    """The archive with every attempt, and the grade centre as it is downloaded: tabs, UTF-16."""
    files = {}
    for one in CLASS:
        for text, time in ((one.before, "10-00-00"), (one.text, "11-22-33")):
            if text is not None:
                start = f"Homework_1_{one.login}_attempt_2024-05-01-{time}"
                files[f"{start}_double.py"] = text
                told = RECEIPT.format(full=one.full, login=one.login, time=time, name=f"{start}_double.py")
                files[f"{start}.txt"] = told
    header = ["Last Name", "First Name", "Username", "Student ID", "Last Access", "Availability"]
    rows = [header, *([one.last, one.first, one.login, one.sis, "", "Yes"] for one in CLASS)]
    text = "".join("\t".join(f'"{cell}"' for cell in row) + "\r\n" for row in rows)
    path = folder / "gc_DL101_column.xls"
    path.write_bytes(text.encode("utf-16"))
    return archive(folder / "gradebook_DL101_Homework1_2024-05-01-12-00-00.zip", files), path


def brightspace(folder: Path) -> tuple[Path, Path]:
    """The archive with every submission and the page that lists them, and a list in which two of one name have the
    number that Brightspace gives them."""
    files = {"index.html": "<html><body>Homework 1</body></html>"}
    for one in CLASS:
        for text, time in ((one.before, "Apr 30, 2024 1100 PM"), (one.text, "May 1, 2024 1122 AM")):
            if text is not None:
                files[f"{one.number + 100000}-4711 - {_cleaned(one.full)} - {time}/double.py"] = text
    rows = [
        ["OrgDefinedId", "Identifier", "Last Name", "First Name", "Email"],
        *([f"#{one.sis}", one.number + 100000, one.last, one.first, one.email] for one in CLASS),
    ]
    return archive(folder / "Homework 1 Download May 2, 2024 0900 AM.zip", files), table(folder / "list.csv", rows)


def teams(folder: Path) -> tuple[Path, Path]:
    """The folder of submitted files as it is downloaded, with the numbers that schools put into names, and a list."""
    files = {}
    for one in CLASS:
        for version, text in enumerate(filter(None, (one.before, one.text)), start=1):
            files[f"Submitted files/{_cleaned(one.full)} {one.sis}/Homework 1/Version {version}/double.py"] = text
    rows = [["id", "name", "email"], *([one.sis, one.full, one.email] for one in CLASS)]
    return archive(folder / "OneDrive_2024-05-02.zip", files), table(folder / "list.csv", rows)


def gradescope(folder: Path) -> tuple[Path, Path]:
    """The export in its folder, with the metadata, and the roster."""
    top = "assignment_4711_export"
    files, metadata = {}, ["---"]
    for one in CLASS:
        for text, number, hour in ((one.before, one.number + 90000, 10), (one.text, one.number + 98000, 11)):
            if text is not None:
                files[f"{top}/submission_{number}/double.py"] = text
                metadata += [
                    f"submission_{number}:",
                    "  :submitters:",
                    f'  - :name: "{one.full}"',
                    f"    :sid: '{one.sis}'",
                    f"    :email: {one.email}",
                    f"  :created_at: 2024-05-01 {hour}:22:33.123456000 Z",
                    "  :score: 0.0",
                    "  :results:",
                    "    :tests:",
                    "    - :output: |",
                    "        :submitters: nobody",
                    "      :score: !ruby/object:BigDecimal 18:0.1e1",
                    "  :history: []",
                ]
    files[f"{top}/submission_metadata.yml"] = "\n".join(metadata) + "\n"
    rows = [
        ["First Name", "Last Name", "SID", "Email", "Sections"],
        *([one.first, one.last, one.sis, one.email, "DL-01"] for one in CLASS),
    ]
    return archive(folder / f"{top}.zip", files), table(folder / "roster.csv", rows)


def github(folder: Path) -> tuple[Path, Path]:
    """The folder of clones, and the roster of the classroom."""
    top = folder / "homework-1-submissions"
    for one in CLASS:
        if one.text is not None:
            clone = top / f"homework-1-{one.login.replace('.', '-')}"
            (clone / ".git" / "refs").mkdir(parents=True)
            (clone / "double.py").write_text(one.text, encoding="utf-8")
    rows = [
        ["identifier", "github_username", "github_id", "name"],
        *([one.sis, one.login.replace(".", "-"), one.number, one.full] for one in CLASS),
    ]
    return top, table(folder / "classroom_roster.csv", rows, "utf-8")


def folders(folder: Path) -> tuple[Path, Path]:
    """An archive with a folder for each learner, and a list of one's own, with semicolons."""
    files = {}
    for one in CLASS:
        if one.text is not None:
            # As people call folders: by number and name, by address, by name alone where nobody else has it.
            called = {102: one.full, 103: f"{one.full} ({one.sis})", 107: one.email}
            files[f"hw1/{called.get(one.number, f'{one.sis}_{one.full}_hw1')}/double.py"] = one.text
    rows = ["id;name;email;section", *(f"{one.sis};{one.last}, {one.first};{one.email};A" for one in CLASS)]
    path = folder / "list.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return archive(folder / "class.zip", files), path


def nbgrader(folder: Path) -> tuple[Path, Path]:
    """The exchange's `inbound`, and the grades that nbgrader exports: a row for each learner and assignment."""
    top = folder / "inbound"
    for one in CLASS:
        for text, time in ((one.before, "10:00:00.000001"), (one.text, "11:22:33.123456")):
            if text is not None:
                place = top / f"{one.login}+m01+2024-05-01 {time} UTC+x{one.number}"
                place.mkdir(parents=True)
                (place / "double.py").write_text(text, encoding="utf-8")
                (place / "timestamp.txt").write_text(f"2024-05-01 {time} UTC", encoding="utf-8")
    header = ["assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email", "score"]
    rows = [header]
    for assignment in ("m00", "m01"):
        rows += [[assignment, "", "", one.login, one.last, one.first, one.email, ""] for one in CLASS]
    return top, table(folder / "grades.csv", rows, "utf-8")
