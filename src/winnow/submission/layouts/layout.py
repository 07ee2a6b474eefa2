"""What a layout is: how one system hands a class over."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from ...record import NOBODY, Person
from ..model import Gathered, Place


@dataclass(frozen=True)
class HandIn:
    """What one learner handed in.

    `student`: a name that no other learner of the class has, whoever else hands in. `handles`: what the system calls
    the learner in its own tables, by their headings; a roster is searched for them.
    """

    student: str
    handed_in: Place | Gathered
    person: Person = NOBODY
    handles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Grouped:
    """The learners of a class, the files and folders that belong to none, and what is to be said of the class."""

    hand_ins: list[HandIn]
    left: list[Place] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Layout:
    """One system. `name` is what `--layout` takes, `title` and `shape` are for sentences.

    `recognise` is given a folder and what lies in it, `group` also the names of the course's exercises.
    """

    name: str
    title: str
    shape: str
    recognise: Callable[[Place, Sequence[Place]], bool]
    group: Callable[[Place, Sequence[Place], Collection[str]], Grouped]


def some(entries: Iterable[Place]) -> list[Place]:
    """As many of a class as it takes to see how it is handed over."""
    return list(islice(entries, 100))


def most(fitting: int, of: int) -> bool:
    """Whether so many fit that the others are strays."""
    return fitting > 0 and 2 * fitting >= of
