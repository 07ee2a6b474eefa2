"""Microsoft Teams: the folder of submitted files, with a folder for each learner, in it one for each assignment, and in
this one for each time that it was handed in, `Minsu Kim/Homework 1/Version 2/mae.py`. The folder around it may be
given, which also has the working files: what was not handed in.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path

from ...record import Person
from ..files import contents
from ..model import Gathered, Place
from ..places import is_folder, name_of, within
from .layout import Grouped, HandIn, Layout, most, some

_VERSION = re.compile(r"(?:versione?|versión|versão|versie|버전|バージョン|版本) ?(\d{1,6})", re.IGNORECASE)

_SUBMITTED = frozenset(("Submitted files", "Eingereichte Dateien", "제출된 파일"))
_WORKING = frozenset(("Working files", "Arbeitsdateien", "작업 파일"))


def recognise(folder: Place, entries: Sequence[Place]) -> bool:
    """Submitted files lie beside working files, or most folders hold assignments with versions."""
    submitted = _submitted(entries)
    folders = some(entry for entry in submitted if is_folder(entry))
    if folders and submitted is not entries and any(name_of(entry) in _WORKING for entry in entries):
        return True
    return most(sum(map(_has_versions, folders)), len(folders))


def group(folder: Place, entries: Sequence[Place], exercises: Collection[str]) -> Grouped:
    """One learner for each folder, with the latest version of each assignment."""
    entries = _submitted(entries)
    learners = [entry for entry in entries if is_folder(entry)]
    return Grouped([_hand_in(entry) for entry in learners], [entry for entry in entries if entry not in learners])


def _submitted(entries: Sequence[Place]) -> Sequence[Place]:
    """What was handed in, where it may lie beside the working files."""
    found = next((entry for entry in entries if name_of(entry) in _SUBMITTED and _is_own(entry)), None)
    folders = [entry for entry in entries if _is_own(entry)]
    if found is None and len(folders) == 2:
        # In other languages it is the one of the two that has versions.
        versioned = [entry for entry in folders if any(map(_has_versions, within(entry)))]
        found = versioned[0] if len(versioned) == 1 else None
    return entries if found is None else contents(found)


def _has_versions(learner: Place) -> bool:
    return _is_own(learner) and any(map(_latest, within(learner)))


def _latest(assignment: Place) -> Place | None:
    """The folder of the last version; None where there is none."""
    versions = {
        int(found[1]): entry
        for entry in (within(assignment) if _is_own(assignment) else ())
        if (found := _VERSION.fullmatch(name_of(entry))) and is_folder(entry)
    }
    return versions[max(versions)] if versions else None


def _is_own(folder: Place) -> bool:
    """Whether it is a folder, and no link to one that may be somebody else's."""
    return is_folder(folder) and not (isinstance(folder, Path) and folder.is_symlink())


def _hand_in(entry: Place) -> HandIn:
    name = name_of(entry)
    if not _is_own(entry):
        return HandIn(name, entry, Person(name))
    inside = contents(entry)
    # The folder of a single assignment is Teams' own, and no learner put the files there.
    is_single = len(inside) == 1 and _latest(inside[0]) is not None
    pieces = tuple((() if is_single else (name_of(place),), _latest(place) or place) for place in inside)
    return HandIn(name, Gathered(pieces), Person(name))


LAYOUT = Layout("teams", "Microsoft Teams", "Minsu Kim/Homework 1/Version 1/mae.py", recognise, group)
