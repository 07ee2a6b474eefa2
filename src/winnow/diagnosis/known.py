"""Known misconceptions: whose answers, on all that a check asked, are the learner's?"""

from __future__ import annotations

import hashlib
import inspect
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from winnow.checks import compare
from winnow.checks.agree import Judge
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
        self._differing: dict[tuple[str, bytes, Judge], list[bool]] = {}

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
        wrong = self._wrong(transcript)
        fitting = [
            one.name
            for one in self.misconceptions
            if all(self._fits(one.name, transcript))
            and any(itertools.compress(self._differs(one.name, transcript), wrong))
        ]
        if len(fitting) > 1:
            fitting.sort(key=lambda name: self._consistency(name, everything), reverse=True)
        if fitting:
            return self._matched(fitting[0])
        return self._pair(transcript, wrong) if sum(wrong) > 1 else None

    def _matched(self, *names: str) -> Match:
        sentences = {one.name: one.sentence for one in self.misconceptions}
        text = " ".join(sentences[name] for name in names)
        if len(names) > 1:
            text = f"Two things at once. {text}"
        return Match(names, text, tuple(self.subjects[name] for name in names))

    def _pair(self, transcript: Transcript, wrong: list[bool]) -> Match | None:
        cover: dict[str, list[bool]] = {}
        for one in self.misconceptions:
            differs = list(itertools.compress(self._differs(one.name, transcript), wrong))
            if any(differs):
                fits = itertools.compress(self._fits(one.name, transcript), wrong)
                explained = [f and d for f, d in zip(fits, differs, strict=True)]
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
            fits = list(self._fits(name, transcript))
            if fits:
                shares.append(sum(fits) / len(fits))
        return sum(shares)

    def _fits(self, name: str, transcript: Transcript) -> Iterator[bool]:
        """Per call: is the misconception's answer the learner's? Lazy, for most differ at once."""
        for asked in transcript.asked:
            judge, calls = _judge_of(asked), asked.batch.calls
            for call, seen, theirs in zip(calls, asked.seen, self._answer(name, asked), strict=True):
                yield _alike(judge, call, seen, theirs)

    def _wrong(self, transcript: Transcript) -> list[bool]:
        """Per call: is the learner's answer wrong?"""
        return [
            _judged(_judge_of(asked), call, seen, best) is not None
            for asked in transcript.asked
            for call, seen, best in zip(asked.batch.calls, asked.seen, self._answer("", asked), strict=True)
        ]

    def _differs(self, name: str, transcript: Transcript) -> list[bool]:
        """Per call: is the misconception's answer wrong? The same for every learner, so found once."""
        every: list[bool] = []
        for asked in transcript.asked:
            judge = _judge_of(asked)
            key = name, hashlib.sha256(asked.batch.body).digest(), judge
            if key not in self._differing:
                answers = zip(asked.batch.calls, self._answer(name, asked), self._answer("", asked), strict=True)
                self._differing[key] = [_judged(judge, call, got, want) is not None for call, got, want in answers]
            every += self._differing[key]
        return every

    def _answer(self, name: str, asked: Asked) -> list[Observation]:
        key = name, hashlib.sha256(asked.batch.body).digest()
        if key not in self._answers:
            subject = self.subjects[name] if name else self.reference
            self._answers[key] = subject.ask(asked.batch)
        return self._answers[key]


def _judge_of(asked: Asked) -> Judge:
    return asked.question.judge if asked.question is not None else _judge


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
