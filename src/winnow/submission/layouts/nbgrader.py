"""nbgrader's exchange: in `inbound/` a folder for each submission, `mkim+m05_losses+2024-05-01 11:22:33.1 UTC+x7f`;
and `submitted/` of its course folder, `mkim/m05_losses/` with a `timestamp.txt` in it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta

from ...record import Person
from ..model import Gathered, Place
from ..places import is_file, is_folder, name_of, text_of, within
from .layout import Grouped, HandIn, Layout, most, some

TIMESTAMP = "timestamp.txt"
# Colons become lines where a Windows program unpacked it.
_INBOUND = re.compile(
    r"(?P<user>[^+]+)\+(?P<assignment>[^+]+)\+(?P<time>\d{4}-\d\d-\d\d \d\d[:_]\d\d[:_]\d\d(?:\.\d+)? [^+]*)(?:\+.*)?"
)
_TIME = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:\.\d+)? ?(\w*)")
_ZONES = {
    "BST": 1, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "JST": 9, "KST": 9, "EST": -5, "EDT": -4, "CST": -6,
    "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
"""Hours before UTC, of the zones that change in the year and of two that do not."""
# Sakai writes a file of this name, too, with a time that has no such form. One that cannot be read tells no time.
_STAMP = re.compile(r"\s*(?:\d{4}-\d\d-\d\d[ T]|\Z)")


def recognise(folder: Place, entries: Sequence[Place]) -> bool:
    """Most folders have such a name, or hold assignments with a time."""
    folders = some(entry for entry in entries if is_folder(entry))
    named = sum(bool(_INBOUND.fullmatch(name_of(entry))) for entry in folders)
    return most(named, len(folders)) or most(sum(any(_stamps(entry)) for entry in folders), len(folders))


def group(folder: Place, entries: Sequence[Place], exercises: Collection[str]) -> Grouped:
    """One learner for each user, with the latest submission for each assignment."""
    latest: dict[str, dict[str, tuple[str, Place]]] = defaultdict(dict)
    left = []
    for entry in entries:
        found = _INBOUND.fullmatch(name_of(entry)) if is_folder(entry) else None
        if found is not None:
            before = latest[found["user"]].get(found["assignment"], ("", entry))
            latest[found["user"]][found["assignment"]] = max(
                before, (found["time"], entry), key=lambda one: _moment(one[0])
            )
        elif is_folder(entry):
            times = {name_of(place): text_of(stamp).strip() for place, stamp in _stamps(entry)}
            for place in within(entry):
                latest[name_of(entry)][name_of(place)] = (times.get(name_of(place), ""), place)
        else:
            left.append(entry)
    return Grouped([_hand_in(user, found) for user, found in latest.items()], left)


def _stamps(folder: Place) -> Iterator[tuple[Place, Place]]:
    """The assignments in a learner's folder, each with its time."""
    for place in within(folder):
        if is_folder(place):
            for entry in within(place):
                if name_of(entry) == TIMESTAMP and is_file(entry) and _STAMP.match(text_of(entry)):
                    yield place, entry


def _moment(time: str) -> tuple[datetime, str]:
    """A time, to be compared: in the hour that comes twice, CEST is before CET."""
    found = _TIME.match(time.replace("_", ":"))
    try:
        moment = datetime.fromisoformat(found[1]) if found else datetime.min
    except ValueError:
        moment = datetime.min
    hours = _ZONES.get(found[2] if found else "", 0)
    return moment - timedelta(hours=hours) if moment.year > 1 else moment, time


def _hand_in(user: str, found: dict[str, tuple[str, Place]]) -> HandIn:
    pieces = tuple(((assignment,), place) for assignment, (_, place) in found.items())
    time = max((time for time, _ in found.values()), default="").replace("_", ":")
    zone = time.rpartition(" ")[2] if time.count(" ") > 1 else ""
    return HandIn(user, Gathered(pieces), Person(handed_in=f"{time[:16]} {zone}".strip()), {"id": user})


LAYOUT = Layout("nbgrader", "nbgrader", "mkim+m05_losses+2024-05-01 11:22:33 UTC", recognise, group)
