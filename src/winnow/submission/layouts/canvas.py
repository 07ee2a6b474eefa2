"""Canvas: all files side by side, `kimminsu_LATE_101_5001_mae-1.py` or `kimminsu_101_text.html`.

The name is the learner's sortable one in small letters without blanks, then come the learner's and the file's numbers,
as `lib/content_zipper.rb` of instructure/canvas-lms writes them; `anon_Ab3dE` takes the place of name and number where
learners are anonymous.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ...course import ANSWERS
from ...record import Person
from ..model import Gathered, Place
from ..places import is_file, name_of
from .layout import Grouped, HandIn, Layout, most

_NAME = re.compile(
    r"(?:(?P<name>.+?)_)??(?:(?P<late>late)_)?(?P<user>(?<=_)\d+|anon_[0-9a-z]{5})_"
    r"(?:(?P<attachment>\d+)_(?P<file>.+)|(?P<typed>text|link)\.html)",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"-\d{1,3}(?=\.[^.]+$|$)")


@dataclass(frozen=True)
class _Upload:
    """One file: whose it is, its number, which grows from upload to upload, and its name when it was uploaded."""

    student: str
    user: str
    name: str
    late: bool
    attachment: int
    file: str
    place: Place


def recognise(folder: Place, entries: Sequence[Place]) -> bool:
    """Most entries have such a name, and the numbers are those of people and files: each has one."""
    files = [entry for entry in entries if is_file(entry)]
    uploads = [upload for entry in files if (upload := _upload(entry))]
    people = {(upload.user, upload.name) for upload in uploads}
    attachments = [upload.attachment for upload in uploads if upload.attachment]
    return (
        most(len(uploads), len(entries))
        and len({user for user, _ in people}) == len(people)
        and len(set(attachments)) == len(attachments)
    )


def group(folder: Place, entries: Sequence[Place], exercises: Collection[str]) -> Grouped:
    """One learner for each number; of a file that was uploaded again, the latest."""
    by_student: dict[str, list[_Upload]] = defaultdict(list)
    left = []
    for entry in entries:
        upload = _upload(entry) if is_file(entry) else None
        if upload is None:
            left.append(entry)
        else:
            by_student[upload.student].append(upload)
    return Grouped([_hand_in(student, uploads, exercises) for student, uploads in by_student.items()], left)


def _upload(entry: Place) -> _Upload | None:
    found = _NAME.fullmatch(name_of(entry))
    if found is None:
        return None
    name, user = found["name"] or "", found["user"]
    file = found["file"] or f"{found['typed']}.html"
    student = f"{name}_{user}" if name else user
    return _Upload(student, user, name, bool(found["late"]), int(found["attachment"] or 0), file, entry)


def _hand_in(student: str, uploads: list[_Upload], exercises: Collection[str]) -> HandIn:
    latest: dict[str, _Upload] = {}
    for upload in sorted(uploads, key=lambda upload: upload.attachment):
        latest[_first_name(upload.file, uploads, exercises)] = upload
    pieces = tuple(((file,), upload.place) for file, upload in latest.items())
    first = uploads[0]
    ids = {"ID": first.user} if first.user.isdigit() else {}
    person = Person(first.name, ids=ids, late=any(upload.late for upload in latest.values()))
    return HandIn(student, Gathered(pieces), person, ids)


def _first_name(file: str, uploads: list[_Upload], exercises: Collection[str]) -> str:
    """The name of a file before Canvas counted: the second `mae.py` of a learner is called `mae-1.py`.

    Files of answers are called alike in every module.
    """
    before = _AGAIN.sub("", file)
    if before == ANSWERS:
        return file
    counted = before.partition(".")[0] in exercises or any(upload.file == before for upload in uploads)
    return before if counted else file


LAYOUT = Layout("canvas", "Canvas", "kimminsu_101_5001_mae.py", recognise, group)
