"""Brightspace (D2L): a folder for each submission, `100101-4711 - Minsu Kim - Mar 3, 2025 1159 PM/mae.py`, and beside
them an `index.html`. The first number is the learner's, the second that of the assignment; the time has no colon in it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from ...record import Person
from ..model import Gathered, Parts, Place, SubmissionsError
from ..places import is_folder, name_of, title_of
from .layout import Grouped, HandIn, Layout, most, some

_NAME = re.compile(
    r"(?P<user>\d+)-(?P<assignment>\d+)\s*- (?P<name>.+?)\s*- "
    r"(?P<time>(?=[^-]*\d{4})[\w,. ]*(?:\d{3,4}|\d ?h ?\d\d)(?: [\w.]{2,4})?)(?:\s*- (?P<file>.+))?"
)
# `110 PM` is ten past one: without its colon, Python would read eleven o'clock.
_ONE_DIGIT = re.compile(r"\b(?=\d{3}\b)")
_TIMES = ("%b %d, %Y %I%M %p", "%B %d, %Y %I%M %p", "%d %B, %Y %I%M %p", "%d %b %Y %I%M %p", "%b %d, %Y %H%M")


def recognise(folder: Place, entries: Sequence[Place]) -> bool:
    """Most entries have such a name."""
    return most(sum(_fits(entry) is not None for entry in some(entries)), len(some(entries)))


def group(folder: Place, entries: Sequence[Place], exercises: Collection[str]) -> Grouped:
    """One learner for each number, with the latest submission for each assignment. Raises SubmissionsError where it
    cannot be told which is the latest."""
    latest: dict[tuple[str, str], dict[str, tuple[str, list[tuple[Parts, Place]]]]] = {}
    left = []
    for entry in entries:
        found = _fits(entry)
        if found is None:
            left.append(entry)
            continue
        tried = latest.setdefault((found["name"], found["user"]), {})
        time, before = tried.get(found["assignment"], ("", []))
        piece = ((found["file"],) if found["file"] else (), entry)
        told = _time(found["time"])
        if told == time:
            before.append(piece)
        elif time and not (_is_read(told) and _is_read(time)):
            raise SubmissionsError(
                f"{title_of(folder)} has two submissions of {found['name']} for one assignment, and their times cannot "
                f"be compared ({told}): keep the later one"
            )
        elif told > time:
            tried[found["assignment"]] = told, [piece]
    return Grouped([_hand_in(*who, list(tried.values())) for who, tried in latest.items()], left)


def _fits(entry: Place) -> re.Match[str] | None:
    found = _NAME.fullmatch(name_of(entry))
    # A folder's name ends with the time; a file's goes on.
    return found if found and bool(found["file"]) != is_folder(entry) else None


def _time(text: str) -> str:
    """A time that can be compared; as it stands, where the site has another language."""
    return next((f"{time:%Y-%m-%d %H:%M}" for time in _times(_ONE_DIGIT.sub("0", text))), text)


def _is_read(time: str) -> bool:
    return time[4:5] == time[7:8] == "-"


def _times(text: str) -> Iterator[datetime]:
    for form in _TIMES:
        try:
            yield datetime.strptime(text, form)
        except ValueError:
            continue


def _hand_in(name: str, user: str, tried: list[tuple[str, list[tuple[Parts, Place]]]]) -> HandIn:
    pieces = tuple(piece for _, found in tried for piece in found)
    # The number is Brightspace's own: a roster that has it beside the same name tells whose it is.
    person = Person(name, handed_in=max(time for time, _ in tried))
    return HandIn(f"{name}_{user}", Gathered(pieces), person, {"Identifier": user})


LAYOUT = Layout("brightspace", "Brightspace", "100101-4711 - Minsu Kim - Mar 3, 2025 1159 PM", recognise, group)
