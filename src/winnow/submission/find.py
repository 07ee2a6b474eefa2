"""A class as it was handed over: which learners there are, and what each of them handed in."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..course import Exercise
from .classes import of_classes
from .doubts import (
    by_assignment,
    doubt,
    holds_class,
    of_nbgrader,
    of_one_title,
    of_questions,
    of_versions,
    several_in_one,
    two_folders,
)
from .files import IN_THE_CLOUD, OTHER_ARCHIVES, contents, hidden, ignored, in_the_cloud
from .layouts import FOLDERS, LAYOUTS, SYSTEMS, Grouped, HandIn, Layout
from .layouts.folders import SUFFIXES, learner
from .model import Gathered, Packed, Place, SubmissionsError, shown
from .places import index, is_archive, is_file, is_folder, name_of, title_of, within

WANTED = FOLDERS.shape
NAMED = 5
"""So many are named of what is left out."""
ENCLOSING = 2
"""So many folders or archives may enclose a class: unpacking makes one, packing again another."""
# Brightspace's page of all files, nbgrader's grade book.
_SYSTEMS_OWN = ("index.html", "gradebook.db", "nbgrader_config.py")
_LISTS = (".csv", ".tsv", ".xls", ".xlsx", ".ods", ".toml", ".yml", ".yaml")


@dataclass(frozen=True)
class Class:
    """Who handed in, sorted by name, how the class was handed over, and what is to be said of it."""

    hand_ins: list[HandIn]
    layout: Layout
    remarks: tuple[str, ...] = ()

    @property
    def entries(self) -> list[tuple[str, Place | Gathered]]:
        """Each learner, and where the hand-in lies."""
        return [(one.student, one.handed_in) for one in self.hand_ins]


def find_submissions(folder: Path) -> list[tuple[str, Place | Gathered]]:
    """One entry per learner, sorted by name, and where it lies; as `find_class` finds them."""
    return find_class(folder).entries


def find_class(path: Path, exercises: Sequence[Exercise] = (), layout: str | None = None) -> Class:
    """The class at `path`: a folder, or a zip archive as a system delivers it.

    A file of one learner in place of a folder is the only submission.

    Args:
        exercises: those of the course, by whose names the files of one learner are told from a class.
        layout: the name of how the class is handed over, where it is not to be recognised.

    Raises:
        SubmissionsError: there is nobody, or it is not clear who is who.
    """
    if not path.exists():
        raise SubmissionsError(f"there is no folder {path}: name the folder that holds {WANTED}")
    if path.is_file() and not (path.name.lower().endswith(".zip") and path.stat().st_size):
        return _only(path)
    top: Place = Packed(path) if path.is_file() else path
    if isinstance(top, Path):
        try:
            os.scandir(top).close()
        except OSError as error:
            raise SubmissionsError(f"{path} cannot be read: {error.strerror}") from None
    levels = [(level, contents(level)) for level in _levels(top)]
    tried = [LAYOUTS[layout]] if layout is not None else SYSTEMS
    names = {exercise.id for exercise in exercises}
    for level, entries in levels:
        known = [system for system in tried if system is not FOLDERS and system.recognise(level, entries)]
        if known:
            # A learner may call a file as another system does; that one leaves what all others handed in.
            grouped = [(system, system.group(level, entries, names)) for system in known]
            return _class(level, *min(grouped, key=lambda one: len(_strays(one[1]))))
    if layout == FOLDERS.name:
        level, entries = levels[0]
        return _class(level, FOLDERS, FOLDERS.group(level, entries, names))
    if layout is not None:
        title, shape = LAYOUTS[layout].title, LAYOUTS[layout].shape
        raise SubmissionsError(f"{path} is not as {title} hands a class over: there it is {shape}")
    archives = [entry for entry in levels[0][1] if _counts(entry)]
    if len(archives) == 1 and is_file(archives[0]) and name_of(archives[0]).lower().endswith(OTHER_ARCHIVES):
        raise SubmissionsError(_unopened(title_of(archives[0])))
    innermost = [entry for entry in levels[-1][1] if _counts(entry)]
    if len(innermost) == 1 and isinstance(innermost[0], Packed) and name_of(innermost[0]).lower().endswith(".zip"):
        packed = name_of(innermost[0])
        raise SubmissionsError(
            f"{title_of(levels[-1][0])} holds only {packed}: unpack it, and name {packed} where that holds a class; "
            "or, if it is one learner's, --layout folders"
        )
    for level, entries in levels:
        if said := of_questions(level, entries) or of_nbgrader(level, entries):
            raise SubmissionsError(said)
    level, entries = levels[0]
    if isinstance(top, Packed) or len(levels) > 1:
        # One learner may have an old and a new version, each in a folder: three are a class.
        least = 2 if isinstance(top, Packed) else 3
        chosen = next((level for level in levels if _is_class(level[1], least, exercises)), None)
        if isinstance(top, Packed) and chosen is None:
            for inner, those in levels:
                if (
                    said := of_classes(inner, those, exercises)
                    or by_assignment(inner, those, exercises)
                    or several_in_one(inner, those, exercises)
                ):
                    raise SubmissionsError(said)
            for inner, those in levels:
                if said := _may_be_class(path, inner, those, exercises):
                    raise SubmissionsError(said)
            return _only(path)
        for inner, those in levels[1:] if chosen is None else ():
            if said := two_folders(title_of(inner), those):
                raise SubmissionsError(said)
        level, entries = chosen or levels[0]
    said = of_classes(level, entries, exercises) or doubt(level, entries, exercises)
    if said:
        raise SubmissionsError(said)
    return _class(level, FOLDERS, FOLDERS.group(level, entries, names))


def _may_be_class(archive: Path, level: Place, entries: Sequence[Place], exercises: Sequence[Exercise]) -> str:
    """What to do where three files in an archive, or folders of one kind with archives beside them, may be learners'
    each; empty where they hardly are."""
    counting = [entry for entry in entries if _counts(entry)]
    folders = [entry for entry in counting if is_folder(entry)]
    if len(counting) < 3 or doubt(level, entries, exercises) or of_versions(entries):
        return ""
    packed = all(name_of(entry).lower().endswith(".zip") for entry in counting if entry not in folders)
    if folders and not (packed and len(folders) < len(counting) and holds_class(folders, 2)):
        return ""
    is_top = isinstance(level, Packed) and not level.parts
    if not (folders or is_top) and any(name_of(entry).lower().endswith(".py") for entry in counting):
        # A folder of several modules is one learner's work.
        return ""
    first, second = name_of(counting[0]), name_of(counting[1])
    held = f"{title_of(level)} holds {first}, {second} and {len(counting) - 2} more"
    if is_top:
        return (
            f"{held}: if each is a learner's, give --layout folders; if all are one learner's, put them into a folder "
            "with the learner's name"
        )
    return f"{held}: if each is a learner's, unpack {archive} and name that folder; if not, --layout folders"


def _is_class(entries: Sequence[Place], least: int, exercises: Sequence[Exercise]) -> bool:
    return of_one_title(entries, exercises) or (holds_class(entries, least) and not of_versions(entries))


def _unopened(archive: str) -> str:
    return (
        f"{archive} is an archive that is not opened here: unpack it, and name the folder that holds {WANTED}; if it "
        "is one learner's, unpack it into a folder with the learner's name"
    )


def _only(path: Path) -> Class:
    if path.name.lower().endswith(OTHER_ARCHIVES):
        raise SubmissionsError(_unopened(str(path)))
    name = learner(path)
    if name is None:
        raise SubmissionsError(f"{path} is not a submission: name a folder that holds {WANTED}")
    return Class([HandIn(name, path)], FOLDERS)


def _levels(top: Place) -> Iterator[Place]:
    """A folder; and what it holds, where that is one folder or archive."""
    for _ in range(ENCLOSING + 1):
        yield top
        counting = [entry for entry in contents(top) if _counts(entry)]
        if len(counting) != 1:
            return
        (only,) = counting
        if is_folder(only):
            top = only
        elif isinstance(only, Path) and only.name.lower().endswith(".zip") and is_archive(only):
            top = Packed(only)
        else:
            return


def _counts(entry: Place) -> bool:
    """Whether it may be a hand-in: lists and notes lie beside them."""
    return is_folder(entry) or name_of(entry).lower().endswith(SUFFIXES)


def _class(folder: Place, layout: Layout, grouped: Grouped) -> Class:
    strays = _strays(grouped)
    where = title_of(folder)
    if strays:
        more = f" and {len(strays) - 1} more" if len(strays) > 1 else ""
        raise SubmissionsError(
            f"{where} is as {layout.title} hands a class over, but {strays[0]}{more} is not called so "
            f"({layout.shape}): take it away, or name another --layout"
        )
    others = [name_of(entry) for entry in grouped.left if is_file(entry) and not _is_list(name_of(entry))]
    if not grouped.hand_ins:
        found = f" ({_named(others)})" if others else ""
        raise SubmissionsError(f"{where} holds no submissions{found}: put into it {WANTED}")
    by_name: dict[str, HandIn] = {}
    for one in grouped.hand_ins:
        if one.student in by_name:
            raise SubmissionsError(f"{where} has two submissions of {one.student}: keep one")
        by_name[one.student] = one
    remarks = [*grouped.remarks, *_passed_over(folder)]
    if others:
        remarks.append(f"{_listed(others)} left out: a submission is {layout.shape}")
    return Class([by_name[name] for name in sorted(by_name)], layout, tuple(remarks))


def _strays(grouped: Grouped) -> list[str]:
    """What may be a hand-in, and fits no learner of a system."""
    return [name_of(entry) for entry in grouped.left if _counts(entry) and (is_folder(entry) or is_file(entry))]


def _passed_over(folder: Place) -> Iterator[str]:
    """A sentence on what may be a hand-in, and is no learner's."""
    entries = within(folder)
    names = [name_of(entry) for entry in entries if hidden(name_of(entry)) and _counts(entry)]
    if names:
        yield f"{_listed(names)} left out, being hidden: give what is a learner's a name without the dot in front"
    names = [name_of(entry) for entry in entries if in_the_cloud(name_of(entry))]
    if names:
        yield f"{_listed(names)} left out: what {IN_THE_CLOUD} is to be downloaded"
    names = [name_of(entry) for entry in entries if not (is_folder(entry) or is_file(entry) or ignored(name_of(entry)))]
    if names:
        yield f"{_listed(names)} left out: a link that leads to no file or folder, a pipe, a socket or a device"
    if isinstance(folder, Packed):
        left = [
            (parts, why) for parts, why in index(folder.archive).left(()) if parts[:-1] == folder.parts or ".." in parts
        ]
        yield from (f"{shown('/'.join(parts))} {why}" for parts, why in left[:NAMED])


def _is_list(name: str) -> bool:
    """Whether a file beside the submissions is a list or a note of the instructor, or what a system adds."""
    low = name.lower()
    return low.endswith(_LISTS) or low.startswith("readme") or low in _SYSTEMS_OWN


def _listed(names: Sequence[str]) -> str:
    return f"{_named(names)} {'was' if len(names) == 1 else 'were'}"


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"{', '.join(names[:NAMED])}{more}"
