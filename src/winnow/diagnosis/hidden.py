"""Why a hidden check failed: a known misconception, else a relation to the right answers, and the smallest
counterexample."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from winnow.checks import compare, judges
from winnow.checks.agree import DisagreementError, HiddenQuestion
from winnow.checks.calls import Batch, Call
from winnow.checks.subjects import (
    AbsentError,
    AskedBatch,
    LearnersOwnError,
    NotRunError,
    NotStartedError,
    StoppedError,
    Subject,
    Transcript,
    Trusted,
)
from winnow.course import Exercise
from winnow.diagnosis import cures, relations, show, trials, words
from winnow.diagnosis.known import Known, Match
from winnow.diagnosis.model import Failure, Finding
from winnow.diagnosis.public import from_the_check
from winnow.diagnosis.versions import grader_has
from winnow.errors import LostError, NurseryError
from winnow.record import EXPLAINED, Counterexample
from winnow.worker.observe import Observation, Raised

if TYPE_CHECKING:
    from winnow.diagnosis.smallest import Search

AFTER = "after a call with other numbers in the same arrays"
UNEXPLAINED = "Not everything that the statement says holds here."
RAISED_ELSEWHERE = "What is returned here is wrong, and with other arguments there is an exception."
NUMPY_RAISES = "np.seterr or np.errstate asks numpy to raise this; unless asked, numpy warns."
Found = TypeVar("Found")


@dataclass(frozen=True)
class Shown:
    """A counterexample, what was seen and what is right, and what the check says of it."""

    example: Counterexample
    seen: Observation
    right: Observation
    problem: str = ""

    @property
    def rule(self) -> str:
        """Why the call is refused, in the reference's words, where something was returned: which of the rules it is
        that the learner's code lacks."""
        raised = self.right.raised
        if raised is None or self.example.came != "Returned" or not raised.text:
            return ""
        said = f"there is no {raised.text}" if raised.builtin == "KeyError" else raised.text
        return words.sentence(f"{raised.builtin} should be raised here: {said}")


class Diagnosis:
    """Explains the failed checks of one exercise, for one learner after another.

    What it finds for one learner is kept by all that it follows from, what the code answered, so that a class with the
    same mistake pays once and nobody reads what is another's.
    """

    def __init__(self, exercise: Exercise, reference: Trusted) -> None:
        self.exercise = exercise
        self.known = Known(exercise, reference)
        # By question, which is kept with it: its id stands for it only as long as it lives.
        self._searches: dict[int, tuple[HiddenQuestion, Search]] = {}
        self._shown: dict[tuple[int, tuple[str, ...]], Call | None] = {}

    def explain(
        self, failures: dict[int, Failure], passed: Iterable[Transcript], subject: Subject, examples: bool = True
    ) -> dict[int, Finding]:
        """A finding for each failure. With `examples`, those that are explained in full have a counterexample, for
        which `subject` is still alive. Never raises for anything that a learner's code answered.

        Raises:
            NurseryError: there is no worker to ask.
        """
        if not failures:
            return {}
        everything = [failure.transcript for failure in failures.values()] + list(passed)
        plainly = any(map(_plainly_wrong, failures.values()))
        findings: dict[int, Finding] = {}
        named: dict[str, None] = {}
        for number, (at, failure) in enumerate(failures.items()):
            in_full = examples and number < EXPLAINED
            findings[at] = self._explain(failure, everything, tuple(named), subject, in_full, plainly)
            named |= dict.fromkeys(findings[at].misconceptions)
        for number, (at, failure) in enumerate(failures.items()):
            # What came first may be known by what was met alone later on.
            if named and not findings[at].misconceptions:
                in_full = examples and number < EXPLAINED
                again = self._explain(failure, everything, tuple(named), subject, in_full, plainly)
                findings[at] = again if again.misconceptions else findings[at]
        return findings

    def _explain(
        self,
        failure: Failure,
        everything: list[Transcript],
        named: tuple[str, ...],
        subject: Subject,
        examples: bool,
        plainly: bool,
    ) -> Finding:
        """What is told of one failure. Where a part of it cannot be found, the rest is told.

        Args:
            plainly: whether values are wrong in a check whose inputs have nothing peculiar.
        """
        error, attempt = failure.error, _Attempts()
        unbound = getattr(subject, "unbound", {})
        if isinstance(error, StoppedError | AbsentError | NotStartedError):
            shown = attempt(lambda: self._public(failure))
            return Finding(words.sentence(str(error)), _example(shown), trouble=attempt.trouble)
        wrong = attempt(lambda: _wrong(failure, self.known)) or []
        if failure.visibility == "public" and not wrong:
            found = attempt(lambda: from_the_check(failure, self.exercise, unbound)) or Finding(UNEXPLAINED)
            return replace(found, trouble=attempt.trouble)
        if attempt(lambda: trials.remembers(failure, subject)):
            shown = attempt(lambda: self._counterexample(failure, None, subject)) if examples else None
            example = _example(shown)
            if example is not None:
                example = replace(example, called=f"{example.called}, {AFTER}")
            return Finding(trials.REMEMBERED, example, trouble=attempt.trouble)
        match = attempt(lambda: self.known.match(failure.transcript, everything, named))
        by_chance = failure.visibility == "public" and _draws(failure)
        if match is None and not by_chance:
            match = attempt(lambda: self.known.compound(failure.transcript, everything, named))
        if match is None and by_chance:
            # What is drawn by chance may differ from the reference's and be right: the check knows better.
            found = attempt(lambda: from_the_check(failure, self.exercise, unbound)) or Finding(UNEXPLAINED)
            return replace(found, trouble=attempt.trouble)
        shown = attempt(lambda: self._counterexample(failure, match, subject)) if examples else None
        example = _example(shown)
        if match is not None:
            return Finding(match.sentence, example, match.names, attempt.trouble)
        if attempt(lambda: trials.goes_by_memory(failure, subject)):
            return Finding(trials.LAID_OUT, example, trouble=attempt.trouble)
        rule = shown.rule if shown is not None else ""
        why = rule or attempt(lambda: _why(failure, wrong, subject, shown, plainly)) or UNEXPLAINED
        return Finding(why, example, trouble=attempt.trouble)

    def _public(self, failure: Failure) -> Shown | None:
        """The call itself, of a public check: it hides nothing."""
        if failure.visibility != "public":
            return None
        chosen: tuple[AskedBatch, Observation] | None = None
        for asked in failure.transcript.asked:
            chosen = asked, self.known.rights(asked.batch)[0]
            if relations.differ(asked.seen[0], chosen[1]):
                break
        if chosen is None:
            return None
        asked, right = chosen
        called = show.asked(asked.batch.request, asked.batch.calls[0])
        example = Counterexample(called, *_answers(asked.seen[0], right), came=show.came(asked.seen[0]))
        return Shown(example, asked.seen[0], right)

    def _counterexample(self, failure: Failure, match: Match | None, subject: Subject) -> Shown | None:
        if failure.visibility == "public":
            return self._public(failure)
        if not isinstance(failure.error, DisagreementError) or failure.error.question.small is None:
            return None
        question = failure.error.question
        search = self._search(question)
        if match is not None and len(match.functions) == 1:
            # Found on the misconception itself: all who have it are shown the same.
            key = id(question), match.names
            if key not in self._shown:
                self._shown[key] = search.smallest(match.functions[0])
            shown = self._verified(question, self._shown[key], subject)
            if shown is not None:
                return shown
        return self._verified(question, search.smallest(subject), subject)

    def _search(self, question: HiddenQuestion) -> Search:
        # Only here: Hypothesis takes long to import, and a learner's own pytest never searches.
        from winnow.diagnosis.smallest import Search

        return self._searches.setdefault(id(question), (question, Search(question, self.known.right)))[1]

    def _verified(self, question: HiddenQuestion, call: Call | None, subject: Subject) -> Shown | None:
        """The counterexample with this learner's own answer, or None where this learner's answer is right."""
        if call is None:
            return None
        batch = Batch(question.batch.request, [call])
        try:
            (seen,) = subject.ask(batch)
        except LostError as error:
            seen = Observation(raised=Raised("Stopped", (), str(error)))
        except NotRunError:
            return None
        right = self.known.right(batch)
        problem = question.problem(call, seen, right)
        if problem is None:
            return None
        example = Counterexample(show.asked(batch.request, call), *_answers(seen, right), came=show.came(seen))
        return Shown(example, seen, right, problem)


def _example(shown: Shown | None) -> Counterexample | None:
    return None if shown is None else shown.example


class _Attempts:
    """Parts of an explanation. What goes wrong in one is noted by its type alone: its text may be of right answers."""

    def __init__(self) -> None:
        self._met: dict[str, None] = {}

    @property
    def trouble(self) -> str:
        """The types of what went wrong."""
        return ", ".join(self._met)

    def __call__(self, part: Callable[[], Found | None]) -> Found | None:
        """What the part comes to; None where it cannot be found."""
        try:
            return part()
        except NurseryError:
            # Nothing that was answered is at fault, and all of it can be tried again.
            raise
        except Exception as error:
            self._met[type(error).__name__] = None
            return None


def _draws(failure: Failure) -> bool:
    """Whether a random generator was among the arguments."""
    calls = [one for asked in failure.transcript.asked for one in asked.batch.calls]
    return any(isinstance(arg, np.random.Generator) for one in calls for arg in (*one.args, *one.kwargs.values()))


def _answers(seen: Observation, right: Observation) -> tuple[str, str]:
    """What came back and what was expected, and what happened beside it where that is what differs."""
    returned, expected = show.answer(seen), show.expected(right)
    if seen.changed != right.changed:
        return f"{returned}, and changed its arguments", f"{expected}, the arguments as they were"
    if seen.touched != right.touched:
        return f"{returned}, and changed {' and '.join(seen.touched)}", f"{expected}, and nothing changed"
    if seen.shared and not right.shared and compare.close(seen.value, right.value) is None:
        return f"{returned}, which changes with the argument", f"{expected}, which is new"
    if seen.gradients and right.gradients and compare.close(seen.value, right.value) is None:
        return f"gradients {show.value(seen.gradients)}", f"gradients {show.value(right.gradients)}"
    return show.apart(seen, right)


def _wrong(failure: Failure, known: Known) -> list[tuple[Observation, Observation]]:
    """What was seen and what is right, for every call that the failure is about."""
    if isinstance(failure.error, DisagreementError):
        question = failure.error.question
        pairs = zip(failure.error.seen, question.right, failure.error.problems, strict=True)
        return [(seen, right) for seen, right, problem in pairs if problem is not None]
    pairs_of_calls = []
    for asked in failure.transcript.asked:
        rights = asked.question.right if asked.question is not None else known.rights(asked.batch)
        pairs_of_calls += [(s, r) for s, r in zip(asked.seen, rights, strict=True) if relations.differ(s, r)]
    return pairs_of_calls


def _plainly_wrong(failure: Failure) -> bool:
    """Whether values are wrong, and the check has no word on what is peculiar about its inputs."""
    said = str(failure.error) if isinstance(failure.error, DisagreementError) else ""
    return said.startswith(compare.WRONG) and judges.bare(said) == said


def _why(
    failure: Failure,
    wrong: list[tuple[Observation, Observation]],
    subject: Subject,
    shown: Shown | None,
    plainly: bool,
) -> str:
    """In words, without a misconception."""
    own, right = next(((seen.raised, right) for seen, right in wrong if seen.raised is not None), (None, None))
    if own is not None and shown is not None and shown.seen.raised and not show.was_stopped(shown.seen.raised):
        # The exception that stands beside it.
        own, right = shown.seen.raised, shown.right
    if own is None and isinstance(failure.error, LearnersOwnError):
        own = failure.error.raised
    tried = tuple(getattr(subject, "tried", ()))
    if own is not None and own.is_a("OSError") and tried:
        return words.sentence(tried[0])
    if own is not None:
        asked_for = right.raised.builtin if right is not None and right.raised is not None else ""
        said = cures.unbound(own, getattr(subject, "unbound", {})) or _raised(own, asked_for)
        if shown is not None and shown.example.came == "Returned":
            return f"{RAISED_ELSEWHERE} {said}"
        # Of the message of the call that is shown, never of one that is hidden.
        named = shown.problem if shown is not None and asked_for and own.is_a(asked_for) else ""
        return f"{said} {words.sentence(named)}" if named else said
    # What is said must be so of the call that stands beside it.
    found = relations.describe([*wrong, (shown.seen, shown.right)] if shown is not None else wrong)
    # A check may say more of a shape than that it is wrong.
    if found and not (found == relations.WRONG_SHAPE and isinstance(failure.error, DisagreementError)):
        return found
    if isinstance(failure.error, DisagreementError):
        # What is wrong with the call that stands beside it; where there is none, nothing is "here".
        own_words = str(failure.error).replace("raised here", "raised in a case that the statement names")
        said = own_words if shown is None else shown.problem
        return words.sentence(judges.bare(said) if plainly else said)
    for seen, right in wrong:
        problem = relations.differ(seen, right)
        if problem:
            return words.sentence(problem)
    return UNEXPLAINED


def _raised(raised: Raised, asked_for: str) -> str:
    """An exception in words. `asked_for`: the one that is right there; empty where none is."""
    memory = ("allocate memory", "Unable to allocate", "can't allocate")
    if raised.is_a("MemoryError") or any(word in raised.text for word in memory):
        return f"{words.raised(raised)} The memory of an exercise has a limit."
    if raised.name == "FloatingPointError" and "encountered in" in raised.text:
        return f"{words.raised(raised)} {NUMPY_RAISES}"
    if version := grader_has(raised.name, raised.text):
        return f"{words.raised(raised)} {words.sentence(version)}"
    if asked_for and raised.is_a(asked_for):
        return cures.in_place_of(asked_for, raised)
    cured = cures.in_place_of(asked_for, raised) if asked_for else cures.cure(raised)
    return " ".join(part for part in (words.raised(raised), cured) if part)
