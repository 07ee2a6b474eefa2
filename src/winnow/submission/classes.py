"""Classes that lie side by side, or beside learners: what systems hand over for each section, or each assignment."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..course import Exercise
from .doubts import holds_class, of_versions
from .files import contents
from .layouts import LAYOUTS, Layout
from .layouts.layout import most, some
from .model import Packed, Place, SubmissionsError
from .places import is_archive, is_folder, name_of, title_of

# Those whose names for files and folders nobody else gives.
_PLAIN = tuple(LAYOUTS[name] for name in ("gradescope", "moodle", "blackboard", "brightspace", "canvas"))
_LEAST = 3
"""So many folders in an archive are learners, and not what one of them handed in twice."""


def of_classes(folder: Place, entries: Sequence[Place], exercises: Sequence[Exercise]) -> str:
    """Why some entries are no learners but classes, and what to do, in a sentence; empty where none is."""
    where, names = title_of(folder), {exercise.id for exercise in exercises}
    opened = {name_of(entry): found for entry in some(entries) if (found := _inside(entry)) is not None}
    for name, (place, inside) in opened.items():
        for system in _PLAIN:
            if system.recognise(place, inside) and _has_several(place, inside, system, names):
                return (
                    f"{where} holds {name}, a class as {system.title} hands it over, and what lies beside it: grade "
                    f"{name} by itself, or put the folders of all learners side by side; or, if it is one learner's, "
                    "--layout folders"
                )
    packed = {name: inside for name, (place, inside) in opened.items() if isinstance(place, Packed)}
    many = [name for name, inside in packed.items() if holds_class(inside, _LEAST) and not of_versions(inside)]
    inner = [name_of(one) for name in many for one in packed[name] if is_folder(one)]
    if len(many) < 2 or not most(len(many), len(packed)) or len(set(inner)) < len(inner) or names & set(inner):
        return ""
    first, second = many[:2]
    return (
        f"{where} holds archives of several learners each ({first}/{inner[0]}): if {first} and {second} are sections "
        "of the class, name one of them, or unpack all and put the folders of all learners side by side; or, if each "
        "is one learner's, --layout folders"
    )


def _inside(entry: Place) -> tuple[Place, list[Place]] | None:
    """What lies in a folder or an archive, and where; without one folder around all."""
    place = entry
    if isinstance(entry, Path) and entry.name.lower().endswith(".zip") and is_archive(entry):
        place = Packed(entry)
    elif not is_folder(entry) or (isinstance(entry, Path) and entry.is_symlink()):
        return None
    inside = contents(place)
    if len(inside) == 1 and is_folder(inside[0]):
        place = inside[0]
        inside = contents(place)
    return place, inside


def _has_several(place: Place, inside: Sequence[Place], system: Layout, exercises: set[str]) -> bool:
    try:
        return len(system.group(place, inside, exercises).hand_ins) > 1
    except SubmissionsError:
        # It is known that there are learners, and not what counts of theirs.
        return True
