"""No system at all: one folder, archive, notebook or script for each learner, called by the learner's name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from ...record import Person
from ..files import OTHER_ARCHIVES, contents
from ..model import Gathered, Place, SubmissionsError
from ..names import CODE_SUFFIXES
from ..places import is_file, is_folder, name_of, title_of
from . import attempts
from .layout import Grouped, HandIn, Layout

SUFFIXES = (*CODE_SUFFIXES, ".zip", *OTHER_ARCHIVES)
# Within the folder of a learner, Sakai and OpenOLAT keep what was handed in and what instructors gave apart.
_HANDED_IN = re.compile(r"Submission attachment\(s\)|\d+_(?:submissions|dropbox|revisions)(?:_\d+)?")
_INSTRUCTORS = re.compile(r"Feedback Attachment\(s\)|\d+_(?:task|corrections|returnbox|solutions|grading)(?:_\d+)?")

_SEVERAL = (
    "of a learner with several attempts, each in a folder, the latest is graded, or the one that the learner chose"
)


def recognise(folder: Place, entries: Sequence[Place]) -> bool:
    """It is what is left when no system is recognised."""
    return any(learner(entry) is not None for entry in entries)


def group(folder: Place, entries: Sequence[Place], exercises: Collection[str]) -> Grouped:
    """One learner for each entry. Raises SubmissionsError where two have one name."""
    found: dict[str, Place] = {}
    pages = [entry for entry in entries if _is_of_a_page(entry, entries)]
    entries = [entry for entry in entries if entry not in pages]
    aside = [f"{', '.join(map(name_of, pages))} left out, being what browsers save beside a page"] if pages else []
    for entry in entries:
        name = learner(entry)
        if name is None:
            continue
        if name in found:
            both = f"{name_of(found[name])} and {name_of(entry)}"
            raise SubmissionsError(f"{title_of(folder)} has two submissions of {name}: {both}; keep one")
        found[name] = entry
    left = [entry for entry in entries if learner(entry) is None]
    inside = {name: _inside(entry) for name, entry in found.items()}
    if not any(_HANDED_IN.fullmatch(name_of(place)) for places in inside.values() for place in places):
        latest = {name: attempts.latest(places) for name, places in inside.items()}
        several = any(latest.values())
        remarks = [_SEVERAL] if several else []
        return Grouped([_latest(name, entry, latest[name]) for name, entry in found.items()], left, remarks + aside)
    hand_ins = [HandIn(name, _handed_in(inside[name]) if inside[name] else found[name]) for name in found]
    return Grouped(hand_ins, left, _on_instructors(inside.values()) + aside)


def _is_of_a_page(entry: Place, entries: Sequence[Place]) -> bool:
    """Whether it is a folder such as `kim_files`, which a browser lays beside `kim.html`."""
    name = name_of(entry)
    page = name.removesuffix("_files")
    return page != name and is_folder(entry) and any(name_of(one) in (f"{page}.html", f"{page}.htm") for one in entries)


def _inside(entry: Place) -> list[Place]:
    """What lies in the folder of a learner; nothing, where it is no folder, or a link that may be to another's."""
    if not is_folder(entry) or (isinstance(entry, Path) and entry.is_symlink()):
        return []
    return contents(entry)


def _latest(name: str, entry: Place, attempt: tuple[Place, str] | None) -> HandIn:
    if attempt is None:
        return HandIn(name, entry)
    place, time = attempt
    return HandIn(name, Gathered((((), place),)), Person(handed_in=time))


def _handed_in(inside: Sequence[Place]) -> Gathered:
    """What is not the instructor's. What was handed in last lies at the top, so that it is found first."""
    own = [place for place in inside if not _INSTRUCTORS.fullmatch(name_of(place))]
    last = next((place for place in reversed(own) if _HANDED_IN.fullmatch(name_of(place)) and is_folder(place)), None)
    return Gathered(tuple((() if place == last else (name_of(place),), place) for place in own))


def _on_instructors(insides: Iterable[Sequence[Place]]) -> list[str]:
    names = {name_of(place) for inside in insides for place in inside if _INSTRUCTORS.fullmatch(name_of(place))}
    if not names:
        return []
    return [f"{', '.join(sorted(names))} in the folders of learners: left out, being the instructor's"]


def learner(entry: Place) -> str | None:
    """The learner an entry belongs to; None for what is no submission. Archives that cannot be opened are one, so that
    their learners are not lost without a word."""
    name = name_of(entry)
    if is_folder(entry):
        return name
    suffix = next((suffix for suffix in SUFFIXES if name.lower().endswith(suffix)), None)
    if suffix is None or not is_file(entry):
        return None
    return name[: -len(suffix)].removesuffix(".tar") or name


LAYOUT = Layout("folders", "folders", "one folder, .zip, .ipynb or .py per learner", recognise, group)
