"""Known misconceptions: whose answers, on all that a check asked, are the learner's?"""

from __future__ import annotations

import hashlib
import inspect
import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from winnow.bounded_memory import Recent, weight
from winnow.checks.calls import Batch, Call
from winnow.checks.modules import load_part
from winnow.checks.subjects import AskedBatch, Transcript, Trusted
from winnow.course import CourseError, Exercise
from winnow.diagnosis import patches
from winnow.diagnosis.same_mistake import alike, by_differing, is_number, judged
from winnow.worker import wire
from winnow.worker.observe import Observation

ENOUGH = 5
"""How many answers it takes to speak for two misconceptions in one, or against the only answer that is one's."""
SELDOM = 4
"""Of how many wrong answers one may be a misconception's by chance."""


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
    found = [Misconception(one.name, one.sentence, one.functions(exercise.functions)) for one in patches.read(exercise)]
    if not exercise.misconceptions.is_file():
        return found
    module = load_part(exercise, exercise.misconceptions, "misconceptions")
    where = exercise.misconceptions.relative_to(exercise.root)
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
class AnsweredCall:
    """One call of a transcript: what was seen, what is right, and whether that is the same."""

    asked: AskedBatch
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
        return self.asked.question.judge if self.asked.question is not None else by_differing


class Known:
    """The misconceptions of one exercise, with their answers to every call they were ever compared on.

    A misconception is asked call by call and dropped at the first that does not fit, wrong answers first: most are
    dropped at once, and only what a learner's answers resemble is computed at length. What equal answers were found to
    be is remembered, so that a class with the same mistake pays once.
    """

    # Bytes for what was found, and for answers.
    ROOM = 1 << 22
    ANSWERS = 1 << 24

    def __init__(self, exercise: Exercise, reference: Trusted) -> None:
        self.exercise = exercise
        self.reference = reference
        self._answers: Recent[tuple[str, bytes], Observation] = Recent(self.ANSWERS, weight)
        self._asked_of_all: Recent[bytes, None] = Recent(self.ROOM)
        self._singles: Recent[int, tuple[Batch, list[Batch]]] = Recent(self.ROOM, lambda kept: 8 * len(kept[0].body))
        self._found: Recent[bytes, tuple[str, ...]] = Recent(self.ROOM)
        self._compounds: dict[tuple[str, str], patches.Patched | None] = {}
        self._shares: Recent[tuple[str, bytes], float] = Recent(self.ROOM)

    @cached_property
    def misconceptions(self) -> list[Misconception]:
        return read(self.exercise)

    @cached_property
    def _asked_for(self) -> frozenset[str]:
        """The exceptions that the statement names: with what message is left to who raises them."""
        return frozenset(re.findall(r"\b\w+(?:Error|Exception)\b", self.exercise.stub.read_text(encoding="utf-8")))

    def _both(self, one: patches.Patched, other: patches.Patched) -> patches.Patched | None:
        """Two changes in one, which is a subject from then on."""
        if (one.name, other.name) not in self._compounds:
            both = self._compounds[one.name, other.name] = one.with_another(other)
            if both is not None:
                functions = both.functions(self.exercise.functions)
                self.subjects[both.name] = Trusted({**self.reference.functions, **functions})
        return self._compounds[one.name, other.name]

    @cached_property
    def _texts(self) -> dict[str, patches.Patched]:
        """Those that are changes of the reference's text."""
        return {one.name: one for one in patches.read(self.exercise)}

    @cached_property
    def subjects(self) -> dict[str, Trusted]:
        """Each misconception as a subject: its own functions, and the reference's for the others."""
        return {one.name: Trusted({**self.reference.functions, **one.functions}) for one in self.misconceptions}

    def match(self, transcript: Transcript, everything: list[Transcript], named: Sequence[str] = ()) -> Match | None:
        """The misconception whose answers are the learner's on all that this check asked.

        Of several, one of those that were `named` for an earlier check, since one mistake explains more than two; then
        the one that fits most of what the other checks asked; then, two at once: every wrong answer is that of one or
        of the other.
        """
        entries = self._entries(transcript)
        wrong = [entry for entry in entries if entry.wrong]
        if not wrong:
            return None
        ordered = wrong + [entry for entry in entries if not entry.wrong]
        for name in named:
            if self._explains(name, ordered, wrong):
                return self._matched(name)
        key = _key(transcript)
        fitting = self._found.get(b"one" + key) if key else None
        if fitting is None:
            fitting = self._fitting(entries, wrong)
            self._keep(b"one" + key, fitting, key)
        fitting = tuple(name for name in fitting if not self._refuses_more(name, wrong, everything))
        if len(wrong) == 1 or all(entry.seen.raised is not None for entry in wrong):
            fitting = tuple(name for name in fitting if not self._refuted(name, transcript, everything, named))
        if len(fitting) > 1:
            return self._matched(max(fitting, key=lambda name: self._consistency(name, everything)))
        if fitting:
            return self._matched(fitting[0])
        if len(wrong) == 1:
            return None
        pair = self._found.get(b"two" + key) if key else None
        if pair is None:
            pair = self._pair(wrong, [entry for entry in entries if not entry.wrong])
            self._keep(b"two" + key, pair, key)
        return self._matched(*pair) if pair and not self._are_absent(pair, everything) else None

    def compound(self, transcript: Transcript, everything: list[Transcript], named: Sequence[str]) -> Match | None:
        """One that was `named` for an earlier check and another, in one function: whose answers are the learner's here,
        and most of all wrong numbers."""
        entries = self._entries(transcript)
        wrong = [entry for entry in entries if entry.wrong]
        if not wrong:
            return None
        ordered = wrong + [entry for entry in entries if not entry.wrong]
        numbers, texts = self._wrong_numbers(everything), self._texts
        for one, other in itertools.product(named, texts):
            if one == other or one not in texts or (both := self._both(texts[one], texts[other])) is None:
                continue
            if self._explains(both.name, ordered, wrong):
                alike = sum(self._fits(both.name, entry) for entry in numbers)
                often = len(numbers) >= ENOUGH and 2 * alike > len(numbers)
                if often and not self._are_absent((both.name,), everything):
                    return Match((one, other), both.sentence, (self.subjects[both.name],))
        return None

    def right(self, single: Batch) -> Observation:
        """The reference's answer to a batch of one call. Searches for counterexamples try the same calls often."""
        return self._answer("", single, 0)

    def rights(self, batch: Batch) -> list[Observation]:
        """The reference's answers to a batch, each call by itself."""
        return [self._answer("", batch, at) for at in range(len(batch.calls))]

    def _keep(self, at: bytes, found: tuple[str, ...], key: bytes) -> None:
        if key:
            self._found[at] = found

    def _fitting(self, entries: list[AnsweredCall], wrong: list[AnsweredCall]) -> tuple[str, ...]:
        ordered = self._cheapest_first(wrong) + [entry for entry in entries if not entry.wrong]
        return tuple(one.name for one in self.misconceptions if self._explains(one.name, ordered, wrong))

    def _explains(self, name: str, ordered: list[AnsweredCall], wrong: list[AnsweredCall]) -> bool:
        """Whether all answers are the misconception's, and it is wrong itself."""
        return all(self._fits(name, entry) for entry in ordered) and any(self._errs(name, entry) for entry in wrong)

    def _entries(self, transcript: Transcript) -> list[AnsweredCall]:
        entries = []
        for asked in transcript.asked:
            question = asked.question
            if question is not None:
                problems = question.problems(asked.seen)
                rights = question.right
            else:
                rights = self.rights(asked.batch)
                triples = zip(asked.batch.calls, asked.seen, rights, strict=True)
                problems = [judged(by_differing, call, seen, right) for call, seen, right in triples]
            for at, (right, problem) in enumerate(zip(rights, problems, strict=True)):
                entries.append(AnsweredCall(asked, at, right, problem is not None))
        return entries

    def _matched(self, *names: str) -> Match:
        sentences = {one.name: one.sentence for one in self.misconceptions}
        text = " ".join(sentences[name] for name in names)
        if len(names) > 1:
            text = f"Two things at once. {text}"
        return Match(names, text, tuple(self.subjects[name] for name in names))

    def _pair(self, wrong: list[AnsweredCall], right: list[AnsweredCall]) -> tuple[str, ...]:
        """The first two whose answers, one's or the other's, are all the wrong ones; neither's alone are. Where the
        learner is right neither errs: whoever makes a mistake makes it there as well."""
        names = [one.name for one in self.misconceptions]
        first, *others = self._cheapest_first(wrong)
        fitting = [name for name in names if self._accounts(name, first)]
        for one, other in itertools.combinations(names, 2):
            if (one in fitting or other in fitting) and all(
                self._accounts(one, entry) or self._accounts(other, entry) for entry in others
            ):
                alone = [all(self._accounts(name, entry) for entry in wrong) for name in (one, other)]
                if not any(alone) and not any(self._errs(name, entry) for name in (one, other) for entry in right):
                    return one, other
        return ()

    def _cheapest_first(self, wrong: list[AnsweredCall]) -> list[AnsweredCall]:
        """The wrong answers, first one to a call that all misconceptions have answered, so that none need be run."""
        digests = {id(entry): self._single(entry.asked.batch, entry.at).digest for entry in wrong}
        ordered = sorted(wrong, key=lambda entry: digests[id(entry)] not in self._asked_of_all)
        self._asked_of_all[digests[id(ordered[0])]] = None
        return ordered

    def _refuted(self, name: str, transcript: Transcript, everything: list[Transcript], named: Sequence[str]) -> bool:
        """Whether the one wrong answer here, or what is raised, is the misconception's by chance: elsewhere none is, or
        next to none of many, and where it errs there, the learner is right, or wrong in the way of one that was `named`
        before."""
        others = [other for other in everything if other is not transcript]
        wrong = [one for other in others for one in self._entries(other) if one.wrong]
        if fits := sum(self._accounts(name, one) for one in wrong):
            numbers = sum(self._errs(name, one) for one in self._wrong_numbers(others))
            return numbers >= max(2 * ENOUGH, SELDOM * fits)
        if self._is_spared(name, others):
            return True
        own = [entry for entry in self._wrong_numbers(others if named else ()) if self._errs(name, entry)]
        return len(own) >= ENOUGH and any(2 * sum(self._fits(other, one) for one in own) > len(own) for other in named)

    def _is_spared(self, name: str, transcripts: Iterable[Transcript]) -> bool:
        """Whether the learner is right on some of the first calls, where the misconception errs."""
        # What a misconception keeps from call to call is not there when it is asked one call of a driver.
        plain = (each for each in transcripts if not any(asked.batch.request.driver for asked in each.asked))
        right = (entry for each in plain for entry in self._entries(each) if not entry.wrong)
        return sum(self._errs(name, entry) for entry in itertools.islice(right, 8 * ENOUGH)) >= ENOUGH

    def _are_absent(self, names: Sequence[str], everything: list[Transcript]) -> bool:
        """Whether the learner is right, anywhere, where one of these misconceptions errs."""
        entries = (entry for transcript in everything for entry in self._entries(transcript))
        return any(not entry.wrong and self._errs(name, entry) for entry in entries for name in names)

    def _refuses_more(self, name: str, wrong: list[AnsweredCall], everything: list[Transcript]) -> bool:
        """Whether the learner's code raises, in the words that are heard here, where the misconception does not: then
        it raises here for another reason."""
        words = {raised for entry in wrong if (raised := _raised_in_vain(entry))}
        entries = (entry for transcript in everything if words for entry in self._entries(transcript))
        return any(not self._fits(name, entry) for entry in entries if _raised_in_vain(entry) in words)

    def _wrong_numbers(self, transcripts: Iterable[Transcript]) -> list[AnsweredCall]:
        entries = [entry for transcript in transcripts for entry in self._entries(transcript)]
        return [one for one in entries if one.wrong and one.right.raised is None and is_number(one.seen)]

    def _consistency(self, name: str, everything: list[Transcript]) -> float:
        return sum(self._share(name, transcript) for transcript in everything)

    def _share(self, name: str, transcript: Transcript) -> float:
        """The share of a check's calls on which a misconception gives the learner's answer."""
        key = name, _key(transcript)
        if key in self._shares:
            return self._shares[key]
        fits = [self._fits(name, entry) for entry in self._entries(transcript)]
        share = sum(fits) / len(fits) if fits else 0.0
        if key[1]:
            self._shares[key] = share
        return share

    def _fits(self, name: str, entry: AnsweredCall) -> bool:
        """Whether the misconception gives the learner's answer here."""
        theirs = self._answer(name, entry.asked.batch, entry.at)
        # Where the right answer is an exception, what two wrong ones return instead is not for the judge to say.
        judge = by_differing if entry.right.raised is not None else entry.judge
        return alike(judge, entry.call, entry.seen, theirs, self._asked_for)

    def _errs(self, name: str, entry: AnsweredCall) -> bool:
        """Whether the misconception is wrong here. What is alike is so up to rounding, and without messages."""
        theirs = self._answer(name, entry.asked.batch, entry.at)
        return judged(entry.judge, entry.call, theirs, entry.right) is not None

    def _accounts(self, name: str, entry: AnsweredCall) -> bool:
        """Whether the learner's wrong answer is the misconception's own: one that is right here explains nothing."""
        return self._fits(name, entry) and self._errs(name, entry)

    def _single(self, batch: Batch, at: int) -> Batch:
        """One call of a batch by itself."""
        kept, singles = self._singles.get(id(batch), (None, []))
        if kept is not batch:
            singles = [Batch(batch.request, [call]) for call in batch.calls]
            # The batch is kept with them: its id stands for it only as long as it lives.
            self._singles[id(batch)] = batch, singles
        return singles[at]

    def _answer(self, name: str, batch: Batch, at: int) -> Observation:
        """The answer of a misconception, or of the reference, which has no name."""
        single = self._single(batch, at) if len(batch.calls) > 1 else batch
        key = name, single.digest
        answer = self._answers.get(key)
        if answer is None:
            subject = self.subjects[name] if name else self.reference
            (answer,) = subject.ask(single)
            # The learner's answer has come over the wire, which has its own idea of some dtypes.
            answer = replace(answer, value=_travelled(answer.value)) if name else answer
            self._answers[key] = answer
        return answer


def _raised_in_vain(entry: AnsweredCall) -> str:
    """What an exception says that was raised where none is due; empty where there is none."""
    return entry.seen.raised.text if entry.seen.raised is not None and entry.right.raised is None else ""


def _key(transcript: Transcript) -> bytes:
    """A digest of what was asked and answered, and of who judges that; empty where the answers have no digest."""
    digest = hashlib.sha256()
    for asked in transcript.asked:
        answers = getattr(asked.seen, "digest", b"")
        if not answers:
            return b""
        # Of two questions alike each has a judge of its own. They live as long as whoever remembers.
        digest.update(asked.batch.digest + answers + str(id(asked.question)).encode())
    return digest.digest()


def _travelled(value: Any) -> Any:
    """The value as it arrives over the wire, on which arrays and tensors of floats stay what they are."""
    if type(value) in (list, tuple):
        return type(value)(map(_travelled, value))
    if type(value) is dict and all(type(key) is str for key in value):
        return {key: _travelled(item) for key, item in value.items()}
    if value is None or type(value) is bool:
        return value
    if str(getattr(value, "dtype", "")).removeprefix("torch.") in ("float32", "float64"):
        if type(value) is np.ndarray:
            return value.copy()
        if wire.type_name(value) == "Tensor" and not (value.requires_grad or value.is_meta):
            return value.clone()
    (arrived,), _ = wire.unpack_frame(wire.pack([value]))
    return arrived
