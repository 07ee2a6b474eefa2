"""Blackboard: all files side by side, `Homework 1_mkim_attempt_2024-05-01-11-22-33_mae.py`, and beside the files of
each attempt a receipt of the same name that ends with the time, `.txt`.

The receipt has in its first line the learner's name and in brackets the user name, at its end what each file was called
before it was handed in, and the text that was typed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ...record import Person
from ..model import Gathered, Place
from ..places import is_file, name_of, text_of
from .layout import Grouped, HandIn, Layout

# The first time that stands in a name is Blackboard's: the learner may have called a file like another's attempt.
_NAME = re.compile(r"(?P<before>.+?)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|(?P<receipt>\.txt))")
_WHO = re.compile(r"[^:]+:\s*(?P<name>.*?)\s*\((?P<user>[^()]+)\)\s*")


@dataclass
class _Attempt:
    """What was handed in at one time, and its receipt."""

    files: dict[str, Place] = field(default_factory=dict)
    receipt: Place | None = None


def recognise(folder: Place, entries: Sequence[Place]) -> bool:
    """One such name is enough: nobody else gives it."""
    return any(is_file(entry) and _NAME.fullmatch(name_of(entry)) for entry in entries)


def group(folder: Place, entries: Sequence[Place], exercises: Collection[str]) -> Grouped:
    """One learner for each user name, with the latest attempt at each assignment."""
    attempts: dict[str, dict[str, _Attempt]] = defaultdict(lambda: defaultdict(_Attempt))
    left = []
    for entry in entries:
        found = _NAME.fullmatch(name_of(entry)) if is_file(entry) else None
        if found is None:
            left.append(entry)
        elif found["receipt"]:
            attempts[found["before"]][found["time"]].receipt = entry
        else:
            attempts[found["before"]][found["time"]].files[name_of(entry)] = entry
    by_user: dict[str, list[HandIn]] = defaultdict(list)
    for before, tried in attempts.items():
        one = _hand_in(before, tried)
        by_user[one.student].append(one)
    return Grouped([_together(found) for found in by_user.values()], left)


def _hand_in(before: str, tried: dict[str, _Attempt]) -> HandIn:
    """One learner's latest attempt at one assignment; `before`: the assignment and the user, with a line between."""
    time = max(tried)
    attempt = tried[time]
    lines = text_of(attempt.receipt).split("\n") if attempt.receipt is not None else []
    who = _WHO.fullmatch(lines[0]) if lines else None
    # A user name may have a line in it, and so may an assignment: the receipt knows.
    user = who["user"] if who and before.endswith(f"_{who['user']}") else before.rpartition("_")[2]
    called = _called(lines, attempt.files)
    pieces = [((called.get(name, _own(name)),), place) for name, place in attempt.files.items()]
    if not pieces and attempt.receipt is not None:
        # What was typed stands in the receipt.
        pieces = [((f"{before.removesuffix(f'_{user}')}.txt",), attempt.receipt)]
    year, month, day, hour, minute, _ = time.split("-")
    ids = {"Username": user}
    person = Person(who["name"] if who else "", ids=ids, handed_in=f"{year}-{month}-{day} {hour}:{minute}")
    return HandIn(user, Gathered(tuple(pieces)), person, ids)


def _own(name: str) -> str:
    found = _NAME.fullmatch(name)
    return found["file"] if found else name


def _called(lines: list[str], files: Collection[str]) -> dict[str, str]:
    """What each file was called: two lines for each, whose labels are in the language of the site."""
    values = [line.strip().partition(":")[2].strip() for line in lines]
    found = {}
    for original, name in pairwise(values):
        if name in files and original and "/" not in original:
            found[name] = original
    return found


def _together(hand_ins: list[HandIn]) -> HandIn:
    """One learner's hand-ins for several assignments as one."""
    first, *others = hand_ins
    if not others:
        return first
    pieces = tuple(piece for one in hand_ins if isinstance(one.handed_in, Gathered) for piece in one.handed_in.pieces)
    latest = max(hand_ins, key=lambda one: one.person.handed_in)
    return HandIn(first.student, Gathered(pieces), latest.person, first.handles)


LAYOUT = Layout("blackboard", "Blackboard", "Homework 1_mkim_attempt_2024-05-01-11-22-33_mae.py", recognise, group)
