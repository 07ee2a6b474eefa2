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
from winnow.checks.calls import Call
from winnow.checks.subjects import Asked, Transcript, Trusted, load_module
from winnow.course import Course, CourseError, Exercise
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


def sentences(course: Course) -> dict[str, dict[str, str]]:
    """The sentence of every misconception, by exercise and id."""
    return {exercise.id: {one.name: one.sentence for one in read(exercise)} for exercise in course.exercises}


class Known:
    """The misconceptions of one exercise, with their answers to every batch that was ever asked."""

    def __init__(self, exercise: Exercise, reference: Trusted) -> None:
        self.exercise = exercise
        self.reference = reference
        self._answers: dict[tuple[str, bytes], list[Observation]] = {}

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
        vectors: dict[str, list[bool]] = {}
        wrong: list[bool] | None = None
        for one in self.misconceptions:
            fits, differs, wrong = self._compare(one.name, transcript)
            if all(fits) and any(d for d, w in zip(differs, wrong, strict=True) if w):
                vectors[one.name] = fits
        if vectors:
            name = max(vectors, key=lambda name: self._consistency(name, everything))
            return self._matched(name)
        if wrong is None or sum(wrong) < 2:
            return None
        return self._pair(transcript)

    def _matched(self, *names: str) -> Match:
        sentences = {one.name: one.sentence for one in self.misconceptions}
        text = " ".join(sentences[name] for name in names)
        if len(names) > 1:
            text = f"Two things at once. {text}"
        return Match(names, text, tuple(self.subjects[name] for name in names))

    def _pair(self, transcript: Transcript) -> Match | None:
        cover: dict[str, list[bool]] = {}
        for one in self.misconceptions:
            fits, differs, wrong = self._compare(one.name, transcript)
            explained = [f and d for f, d, w in zip(fits, differs, wrong, strict=True) if w]
            if any(explained):
                cover[one.name] = explained
        for first, second in itertools.combinations(cover, 2):
            both = list(zip(cover[first], cover[second], strict=True))
            if all(a or b for a, b in both) and not all(cover[first]) and not all(cover[second]):
                return self._matched(first, second)
        return None

    def _consistency(self, name: str, everything: list[Transcript]) -> float:
        shares = []
        for transcript in everything:
            fits, _, _ = self._compare(name, transcript)
            if fits:
                shares.append(sum(fits) / len(fits))
        return sum(shares)

    def _compare(self, name: str, transcript: Transcript) -> tuple[list[bool], list[bool], list[bool]]:
        """Per call: is the misconception's answer the learner's, is it wrong, and is the learner's wrong?"""
        fits: list[bool] = []
        differs: list[bool] = []
        wrong: list[bool] = []
        for asked in transcript.asked:
            answers = self._answer(name, asked)
            right = self._answer("", asked)
            judge = asked.question.judge if asked.question is not None else _judge
            for call, seen, theirs, best in zip(asked.batch.calls, asked.seen, answers, right, strict=True):
                fits.append(_alike(judge, call, seen, theirs))
                differs.append(_judged(judge, call, theirs, best) is not None)
                wrong.append(_judged(judge, call, seen, best) is not None)
        return fits, differs, wrong

    def _answer(self, name: str, asked: Asked) -> list[Observation]:
        key = name, hashlib.sha256(asked.batch.body).digest()
        if key not in self._answers:
            subject = self.subjects[name] if name else self.reference
            self._answers[key] = subject.ask(asked.batch)
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
    return compare.same(plain, other) is None or _judged(judge, call, plain, other) is None
