"""GitHub Classroom: a clone for each learner, `homework-1-submissions/homework-1-mkim/`, as `gh classroom clone
student-repos` makes them; or clones named after their learners alone, as Classroom Assistant made them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import takewhile

from ...record import Person
from ..model import Place
from ..places import is_folder, name_of, within
from .layout import Grouped, HandIn, Layout, most, some

_PARENT = "-submissions"


def recognise(folder: Place, entries: Sequence[Place]) -> bool:
    """Most folders are clones."""
    folders = some(entry for entry in entries if is_folder(entry))
    return most(sum(map(_is_clone, folders)), len(folders))


def group(folder: Place, entries: Sequence[Place], exercises: Collection[str]) -> Grouped:
    """One learner, or team, for each clone, called by what follows the assignment in the repository's name."""
    clones = [entry for entry in entries if is_folder(entry)]
    before = len(_assignment(name_of(folder), [name_of(entry) for entry in clones]))
    hand_ins = []
    for entry in clones:
        ids = {"github_username": name_of(entry)[before:]}
        hand_ins.append(HandIn(ids["github_username"], entry, Person(ids=ids), ids))
    return Grouped(hand_ins, [entry for entry in entries if not is_folder(entry)])


def _is_clone(folder: Place) -> bool:
    return any(name_of(entry) == ".git" for entry in within(folder))


def _assignment(parent: str, names: Sequence[str]) -> str:
    """What all names begin with, up to a hyphen: the assignment. Learners may share a beginning of their own, too; the
    folder around them says where the assignment ends."""
    named = f"{parent.removesuffix(_PARENT)}-"
    if parent.endswith(_PARENT) and all(name.startswith(named) and name != named for name in names):
        return named
    if len(names) < 2:
        return ""
    ends = zip(min(names), max(names), strict=False)
    shared = "".join(first for first, _ in takewhile(lambda pair: pair[0] == pair[1], ends))
    return shared[: shared.rfind("-") + 1]


LAYOUT = Layout("github", "GitHub Classroom", "a clone (with its .git) for each learner", recognise, group)
