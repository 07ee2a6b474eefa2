"""Moodle: a folder for each learner and kind of hand-in, `Minsu Kim_12345_assignsubmission_file_/mae.py`; or all files
side by side, `Minsu Kim_12345_assignsubmission_file_mae.py`.

Text that was typed lies in `..._assignsubmission_onlinetext_/onlinetext.html`. The number is the participant's, or that
of a group, and is left out for the group of all who are in none (`mod/assign/classes/downloader.php` of moodle/moodle).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence

from ...record import Person
from ..model import Gathered, Parts, Place
from ..places import is_folder, name_of
from .layout import Grouped, HandIn, Layout

_NAME = re.compile(r"(?P<name>.+?)(?:_(?P<number>\d+))?_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<file>.*))?")
# Where the name of the file is that of the kind, some versions write it once.
_TYPED = re.compile(r"(?P<name>.+?)(?:_(?P<number>\d+))?_assignsubmission_(?P<file>onlinetext\.html)")


def recognise(folder: Place, entries: Sequence[Place]) -> bool:
    """One such name is enough: nobody else gives it."""
    return any(_fits(entry) for entry in entries)


def group(folder: Place, entries: Sequence[Place], exercises: Collection[str]) -> Grouped:
    """One learner for each name and number, with all that was handed in in whatever way."""
    pieces: dict[tuple[str, str], list[tuple[Parts, Place]]] = defaultdict(list)
    left = []
    for entry in entries:
        found = _fits(entry)
        if found is None:
            left.append(entry)
        else:
            parts = () if is_folder(entry) else (found["file"],)
            pieces[found["name"], found["number"] or ""].append((parts, entry))
    return Grouped([_hand_in(name, number, tuple(found)) for (name, number), found in pieces.items()], left)


def _fits(entry: Place) -> re.Match[str] | None:
    if typed := _TYPED.fullmatch(name_of(entry)):
        return None if is_folder(entry) else typed
    found = _NAME.fullmatch(name_of(entry))
    # A folder's name ends with the kind, and in older versions with a line below it; a file's goes on.
    return found if found and bool(found["file"]) != is_folder(entry) else None


def _hand_in(name: str, number: str, pieces: tuple[tuple[Parts, Place], ...]) -> HandIn:
    student = f"{name}_{number}" if number else name
    # A number alone may be a group's: only a roster that has it beside the same name tells whose it is.
    handles = {"Identifier": f"Participant {number}"} if number else {}
    return HandIn(student, Gathered(pieces), Person(name), handles)


LAYOUT = Layout("moodle", "Moodle", "Minsu Kim_12345_assignsubmission_file_", recognise, group)
