"""Known misconceptions: whose answers, on all that a check asked, are the learner's?"""

from __future__ import annotations

import hashlib
import inspect
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from winnow.checks import compare
from winnow.checks.calls import Batch, Call
from winnow.checks.subjects import Asked, Transcript, Trusted, load_module
from winnow.course import CourseError, Exercise
from winnow.worker.observe import Observation


@dataclass(frozen=True)
class Misconception:
    """A wrong way to write an exercise: its id, its sentence, and the functions it stands for."""

    name: str
    sentence: str
    functions: dict[str, Callable[..., Any]]


@dataclass(frozen=True)
class Match:
    """One misconception, or two at once, whose answers are the learner's."""

    names: tuple[str, ...]
    sentence: str
    functions: tuple[Trusted, ...]


def read(exercise: Exercise) -> list[Misconception]:
    """The misconceptions of an exercise, in the order of their file.

    Raises:
        CourseError: one of them has no sentence, or stands for no function of the exercise.
    """
    module = load_module(exercise.misconceptions, f"misconceptions_of_{exercise.id}")
    where = exercise.misconceptions.relative_to(exercise.root)
    found = []
    for name, thing in vars(module).items():
        if name.startswith("_") or getattr(thing, "__module__", None) != module.__name__:
            continue
        sentence = " ".join((inspect.getdoc(thing) or "").split())
        if inspect.isclass(thing):
            functions = {key: getattr(thing, key) for key in exercise.functions if key in vars(thing)}
        elif inspect.isfunction(thing) and len(exercise.functions) == 1:
            functions = {exercise.functions[0]: thing}
        else:
            continue
        if not sentence:
            raise CourseError(f"{where}: {name} has no docstring; it is the sentence that a learner reads")
        if not functions:
            raise CourseError(f"{where}: {name} has none of the functions {', '.join(exercise.functions)}")
        found.append(Misconception(name, sentence, functions))
    return found


@dataclass(frozen=True)
class Entry:
    """One call of a transcript: what was seen, what is right, and whether that is the same."""

    asked: Asked
    at: int
    right: Observation
    wrong: bool

    @property
    def call(self) -> Call:
        return self.asked.batch.calls[self.at]

    @property
    def seen(self) -> Observation:
        return self.asked.seen[self.at]

    @property
    def judge(self) -> Callable[..., str | None]:
        return self.asked.question.judge if self.asked.question is not None else _judge


class Known:
    """The misconceptions of one exercise, with their answers to every call they were ever compared on.

    A misconception is asked call by call and dropped at the first that does not fit, wrong answers first: most are
    dropped at once, and only what a learner's answers resemble is computed at length.
    """

    # Two misconceptions at once are looked for on this many wrong answers, and then held against all.
    SAMPLE = 6

    def __init__(self, exercise: Exercise, reference: Trusted) -> None:
        self.exercise = exercise
        self.reference = reference
        self._answers: dict[tuple[str, bytes], Observation] = {}
        self._keys: dict[int, tuple[Batch, list[bytes]]] = {}

    @cached_property
    def misconceptions(self) -> list[Misconception]:
        return read(self.exercise)

    @cached_property
    def subjects(self) -> dict[str, Trusted]:
        """Each misconception as a subject: its own functions, and the reference's for the others."""
        return {one.name: Trusted({**self.reference.functions, **one.functions}) for one in self.misconceptions}

    def match(self, transcript: Transcript, everything: list[Transcript]) -> Match | None:
        """The misconception whose answers are the learner's on all that this check asked.

        Of several, the one that fits most of what the other checks asked; then, two at once: every wrong answer is
        that of one or of the other.
        """
        entries = self._entries(transcript)
        wrong = [entry for entry in entries if entry.wrong]
        if not wrong:
            return None
        ordered = wrong + [entry for entry in entries if not entry.wrong]
        fitting = [
            one.name
            for one in self.misconceptions
            if all(self._fits(one.name, entry) for entry in ordered)
            and any(self._errs(one.name, entry) for entry in wrong)
        ]
        if len(fitting) > 1:
            fitting.sort(key=lambda name: -self._consistency(name, everything))
        if fitting:
            return self._matched(fitting[0])
        return self._pair(wrong) if len(wrong) > 1 else None

    def _entries(self, transcript: Transcript) -> list[Entry]:
        entries = []
        for asked in transcript.asked:
            question = asked.question
            rights = question.right if question is not None else None
            for at, seen in enumerate(asked.seen):
                right = rights[at] if rights is not None else self._answer("", asked, at)
                judge = question.judge if question is not None else _judge
                wrong = _judged(judge, asked.batch.calls[at], seen, right) is not None
                entries.append(Entry(asked, at, right, wrong))
        return entries

    def _matched(self, *names: str) -> Match:
        sentences = {one.name: one.sentence for one in self.misconceptions}
        text = " ".join(sentences[name] for name in names)
        if len(names) > 1:
            text = f"Two things at once. {text}"
        return Match(names, text, tuple(self.subjects[name] for name in names))

    def _pair(self, wrong: list[Entry]) -> Match | None:
        step = max(1, len(wrong) // self.SAMPLE)
        sample = wrong[::step][: self.SAMPLE]
        cover = {
            one.name: fits
            for one in self.misconceptions
            if any(fits := [self._fits(one.name, entry) for entry in sample])
        }
        for first, second in itertools.combinations(cover, 2):
            if not all(a or b for a, b in zip(cover[first], cover[second], strict=True)):
                continue
            ours = [self._fits(first, entry) for entry in wrong]
            theirs = [self._fits(second, entry) for entry in wrong]
            if all(a or b for a, b in zip(ours, theirs, strict=True)) and not all(ours) and not all(theirs):
                return self._matched(first, second)
        return None

    def _consistency(self, name: str, everything: list[Transcript]) -> float:
        shares = []
        for transcript in everything:
            fits = [self._fits(name, entry) for entry in self._entries(transcript)]
            if fits:
                shares.append(sum(fits) / len(fits))
        return sum(shares)

    def _fits(self, name: str, entry: Entry) -> bool:
        """Whether the misconception gives the learner's answer here."""
        theirs = self._answer(name, entry.asked, entry.at)
        return _alike(entry.judge, entry.call, entry.seen, theirs)

    def _errs(self, name: str, entry: Entry) -> bool:
        """Whether the misconception is wrong here. What is alike is so up to rounding, and without messages."""
        theirs = self._answer(name, entry.asked, entry.at)
        return _judged(entry.judge, entry.call, theirs, entry.right) is not None

    def _answer(self, name: str, asked: Asked, at: int) -> Observation:
        batch, keys = self._keys.get(id(asked.batch), (None, []))
        if batch is not asked.batch:
            singles = [Batch(asked.batch.request, [call]) for call in asked.batch.calls]
            keys = [hashlib.sha256(single.body).digest() for single in singles]
            if len(self._keys) > 500:
                self._keys.clear()
            # The batch is kept with its keys: its id stands for it only as long as it lives.
            self._keys[id(asked.batch)] = asked.batch, keys
        key = name, keys[at]
        if key not in self._answers:
            subject = self.subjects[name] if name else self.reference
            (self._answers[key],) = subject.ask(Batch(asked.batch.request, [asked.batch.calls[at]]))
        return self._answers[key]


def _judge(call: Call, got: Observation, want: Observation) -> str | None:
    return compare.same(got, want)


def _judged(judge: Callable[..., str | None], call: Call, got: Observation, want: Observation) -> str | None:
    try:
        return judge(call, got, want)
    except Exception:
        # A judge is written for right answers on one side; what it cannot read is not the same.
        return "it cannot be compared"


def _alike(judge: Callable[..., str | None], call: Call, seen: Observation, theirs: Observation) -> bool:
    """Whether two observations are equal, exceptions and side effects included."""
    if (seen.raised is None) != (theirs.raised is None) or seen.changed != theirs.changed:
        return False
    if seen.raised is not None and theirs.raised is not None:
        return seen.raised.bases[:1] == theirs.raised.bases[:1]
    if [len(shapes) for shapes in seen.spied] != [len(shapes) for shapes in theirs.spied]:
        return False
    plain = Observation(seen.value, gradients=seen.gradients, spied=theirs.spied)
    other = Observation(theirs.value, gradients=theirs.gradients, spied=theirs.spied)
    if judge is not _judge and _judged(judge, call, plain, other) is None:
        return True
    return compare.same(plain, other) is None
