"""A class against its roster: who handed in what, who handed in nothing, and who is on no list."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from winnow.record import Person
from winnow.roster import Member, Roster, RosterError, participant
from winnow.submission import Gathered
from winnow.submission.layouts import HandIn

_SHORT = 6
"""What is shorter may be a number in another system, too: then the names must agree."""
_OWN = frozenset(("Username", "SID", "Email", "github_username"))
"""Headings under which systems and rosters mean the same."""
_SHOWN = 5


@dataclass(frozen=True)
class Called:
    """Everybody on the roster and everybody who handed in, sorted by name, and what is to be said."""

    hand_ins: list[HandIn]
    remarks: tuple[str, ...] = ()


def call(roster: Roster, hand_ins: list[HandIn]) -> Called:
    """Give every hand-in to the learner on the roster whose it is.

    Raises:
        RosterError: one fits two learners, or one learner two of them.
    """
    finder = _Finder(roster)
    taken: dict[str, HandIn] = {}
    unknown: list[HandIn] = []
    for one in hand_ins:
        member = finder.find(one)
        if member is None:
            unknown.append(one)
            continue
        if member.student in taken:
            both = f"{taken[member.student].student} and {one.student}"
            raise RosterError(
                f"{both} both fit {_shown(member)} of {roster.source}: keep one of them, or name each by an id"
            )
        taken[member.student] = one
    everybody = {member.student: _together(member, taken.get(member.student)) for member in roster.members}
    # No hand-in is called as a learner is: that learner would have been found.
    everybody |= {one.student: one for one in unknown}
    return Called([everybody[name] for name in sorted(everybody)], _remarks(roster, unknown, len(hand_ins)))


def forms(name: str) -> set[str]:
    """A name as systems write it: letters and digits alone, in small, whichever part comes first."""
    words = [word for part in re.split(r"[\s,]+", name) if (word := _plain(part))]
    return {"".join(words[at:] + words[:at]) for at in range(len(words))}


def _plain(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFC", text).casefold() if letter.isalnum())


def _same(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().strip()


class _Finder:
    """Looks for learners by what they are called."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._by_value: dict[str, list[Member]] = defaultdict(list)
        self._by_local: dict[str, list[Member]] = defaultdict(list)
        self._by_form: dict[str, list[Member]] = defaultdict(list)
        self._forms = {member.student: forms(member.person.name) for member in roster.members}
        for member in roster.members:
            values = {member.student, *(value for key, value in member.person.ids.items() if key != "Student")}
            values |= {f"Participant {number}" for value in values if (number := participant(value))}
            for value in {_same(value) for value in values}:
                self._by_value[value].append(member)
            # The beginning of an address is what people call folders, but another's name in another system.
            self._by_local[_same(member.person.email.partition("@")[0])].append(member)
            for form in self._forms[member.student]:
                self._by_form[form].append(member)

    def find(self, one: HandIn) -> Member | None:
        """The learner whose hand-in it is; None where nobody fits. Raises RosterError where two do."""
        for members in self._candidates(one):
            if len(members) == 1:
                return members[0]
            if members:
                lines = " and ".join(str(member.line) for member in members[:2])
                raise RosterError(
                    f"{one.student} fits two learners of {self._roster.source}, lines {lines}: name the hand-in by the "
                    "learner's id, or give the roster that the system itself exports"
                )
        return None

    def _candidates(self, one: HandIn) -> Iterator[list[Member]]:
        """Those who fit, by one sign after another, the surest first."""
        yield _distinct(
            member
            for heading, value in one.handles.items()
            for member in self._by_value.get(_same(value), ())
            if self._fits(one, member, heading, value)
        )
        yield self._by_value.get(_same(one.student), [])
        yield self._named(forms(one.person.name or one.student))
        if not one.handles:
            yield self._by_local.get(_same(one.student), [])
            yield self._mentioned(one.student)

    def _fits(self, one: HandIn, member: Member, heading: str, value: str) -> bool:
        """Whether what the system calls the learner is this learner's."""
        told = "Email address" if heading == "Email" else heading
        means_same = heading in _OWN or (heading == "ID" and self._roster.is_canvas)
        if means_same and _same(member.person.ids.get(told, "")) == _same(value):
            return True
        if len(value) >= _SHORT and heading != "Identifier":
            return True
        return not one.person.name or not member.person.name or self._agree(one.person, member)

    def _mentioned(self, name: str) -> list[Member]:
        """Those whose number or name is somewhere in the name of a folder: `20231234_Kim Minsu_hw1`."""
        words = [word for word in re.split(r"[^\w.@]+|_", name) if word]
        telling = [word for word in words if "@" in word or (len(word) >= 4 and any(map(str.isdigit, word)))]
        by_value = _distinct(member for word in telling for member in self._by_value.get(_same(word), ()))
        runs = (words[at:end] for at in range(len(words)) for end in range(at + 1, min(at + 4, len(words)) + 1))
        by_name = self._named({"".join(map(_plain, run)) for run in runs})
        if len(by_value) == 1 and (not by_name or by_value[0] in by_name):
            return by_value
        if len(by_name) > 1 and not by_value:
            # Of two who have one name, one's user name may stand there: `Lee, Jo(jlee)`.
            said = set(map(_same, words))
            called = [one for one in by_name if said & set(map(_same, one.person.ids.values()))]
            return called if len(called) == 1 else by_name
        return _distinct(iter([*by_value, *by_name]))

    def _agree(self, person: Person, member: Member) -> bool:
        # Older versions of Moodle put the chosen group and a hyphen before every learner's name.
        parts = person.name.split("-")
        told = set().union(*(forms("-".join(parts[at:])) for at in range(len(parts))))
        return bool(told & self._forms[member.student])

    def _named(self, wanted: set[str]) -> list[Member]:
        return _distinct(member for form in sorted(wanted) for member in self._by_form.get(form, ()))


def _distinct(members: Iterator[Member]) -> list[Member]:
    return list({member.student: member for member in members}.values())


def _together(member: Member, one: HandIn | None) -> HandIn:
    if one is None:
        return HandIn(member.student, Gathered(), member.person)
    known, told = member.person, one.person
    person = Person(
        known.name or told.name,
        known.email or told.email,
        known.section,
        {**told.ids, **known.ids},
        told.handed_in,
        told.late,
    )
    return replace(one, student=member.student, person=person)


def _shown(member: Member) -> str:
    return f"{member.person.name or member.student} (line {member.line})"


def _remarks(roster: Roster, unknown: list[HandIn], of: int) -> tuple[str, ...]:
    if not unknown:
        return ()
    names = ", ".join(one.student for one in unknown[:_SHOWN])
    more = f" and {len(unknown) - _SHOWN} more" if len(unknown) > _SHOWN else ""
    return (f"{len(unknown)} of {of} hand-ins match nobody in {roster.source}: {names}{more}",)
