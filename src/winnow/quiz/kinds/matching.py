"""Finding for each of several things what belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from winnow.quiz.kinds.kind import AnswerMark, Kind, Reason, letters, listed, pairs
from winnow.quiz.question import Answer, Number, Question, QuizError
from winnow.quiz.table import TomlTable


@dataclass(frozen=True)
class MatchingKey:
    """For each numbered choice the letter that belongs to it, and what a learner hears who chose another."""

    pairs: Mapping[str, str]
    missed: Mapping[str, Reason]
    why: str


class Matching(Kind[MatchingKey]):
    """A letter for every number. One right pair is what guessing or one letter throughout would give, so it
    counts for nothing: of n pairs, k right ones earn (k - 1) / (n - 1)."""

    name = "matching"
    fields = frozenset({"choices", "matches"})
    labels = "[1-9]"

    def form(self, question: Question) -> str:
        example = " ".join(map("".join, zip(question.choices, question.matches, strict=False)))
        return (
            f'a letter of {listed(question.matches)} for each number of {listed(question.choices)}, such as "{example}"'
        )

    def parse(self, question: Question, raw: object) -> Answer:
        found = pairs(raw)
        order = letters(raw) if not isinstance(raw, set | frozenset) else None
        if found is None and order is not None and len(order) == len(question.choices):
            found = dict(zip(question.choices, order, strict=True))
        if found is None or set(found) != set(question.choices) or not set(found.values()) <= set(question.matches):
            raise self.refuse(question, raw)
        return {number: found[number] for number in question.choices}

    def read_key(self, question: Question, entry: TomlTable) -> MatchingKey:
        table = TomlTable(entry.take("pairs"), f"{entry.where}: pairs")
        pairs = {}
        missed = {}
        for number in question.choices:
            item = TomlTable(table.take(number), f"{table.where}: {number}")
            pairs[number] = item.text("answer")
            missed[number] = Reason(item.text("why"), item.text("id"))
            item.done()
            if pairs[number] not in question.matches:
                raise QuizError(f"{item.where}: the answer is not among the matches {listed(question.matches)}")
        table.done()
        return MatchingKey(pairs, missed, entry.text("why"))

    def mark(self, question: Question, key: MatchingKey, answer: Answer, values: Mapping[str, Number]) -> AnswerMark:
        assert isinstance(answer, Mapping)
        wrong = [number for number, letter in key.pairs.items() if answer[number] != letter]
        if not wrong:
            return AnswerMark(1.0, why=key.why)
        total = len(key.pairs)
        share = max(0, total - len(wrong) - 1) / (total - 1)
        names = tuple(key.missed[number].misconception for number in wrong)
        return AnswerMark(share, names, " ".join(f"{number}: {key.missed[number].why}" for number in wrong))

    def best(self, question: Question, key: MatchingKey, values: Mapping[str, Number]) -> Answer:
        return dict(key.pairs)

    def reasons(self, key: MatchingKey) -> Iterable[Reason]:
        return (Reason(key.why), *key.missed.values())

    def faults(self, question: Question, key: MatchingKey) -> Iterator[str]:
        yield from super().faults(question, key)
        if len(set(key.pairs.values())) < len(key.pairs):
            yield "has one match for two choices, so that one letter throughout would earn points"
        shown = dict(zip(question.choices, question.matches, strict=False))
        if len(shown) == len(key.pairs) and self.mark(question, key, shown, {}).share:
            # It is the example of an answer, too.
            yield "shows the matches in the order of their choices; shuffle them"
