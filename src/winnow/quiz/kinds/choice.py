"""Single and multiple choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from winnow.quiz.kinds.kind import AnswerMark, Kind, Reason, letters, listed
from winnow.quiz.question import Answer, Number, Question, QuizError
from winnow.quiz.table import TomlTable


@dataclass(frozen=True)
class ChoiceKey:
    """The right labels, and a reason for every choice."""

    right: frozenset[str]
    choices: Mapping[str, Reason]


class _Choice(Kind[ChoiceKey]):
    fields = frozenset({"choices"})

    def read_key(self, question: Question, entry: TomlTable) -> ChoiceKey:
        right = self._right(entry)
        if not right <= set(question.choices):
            wrong = listed(sorted(right - set(question.choices)))
            raise QuizError(f"{entry.where}: the answer {wrong} is not among the choices {listed(question.choices)}")
        table = TomlTable(entry.take("choices"), f"{entry.where}: choices")
        choices = {label: self._reason(table, label, label in right) for label in question.choices}
        table.done()
        return ChoiceKey(right, choices)

    def _right(self, entry: TomlTable) -> frozenset[str]:
        raise NotImplementedError

    @staticmethod
    def _reason(table: TomlTable, label: str, right: bool) -> Reason:
        inner = TomlTable(table.take(label), f"{table.where}: {label}")
        reason = Reason(inner.text("why"), inner.text("id", "") if right else inner.text("id"))
        inner.done()
        return reason

    def reasons(self, key: ChoiceKey) -> Iterable[Reason]:
        return key.choices.values()


class Single(_Choice):
    """One of several; a wrong choice is a misconception."""

    name = "single"

    def form(self, question: Question) -> str:
        return f"one letter of {listed(question.choices)}"

    def parse(self, question: Question, raw: object) -> Answer:
        chosen = letters(raw)
        if chosen is None or len(chosen) != 1 or chosen[0] not in question.choices:
            raise self.refuse(question, raw)
        return chosen[0]

    def _right(self, entry: TomlTable) -> frozenset[str]:
        return frozenset({entry.text("answer")})

    def mark(self, question: Question, key: ChoiceKey, answer: Answer, values: Mapping[str, Number]) -> AnswerMark:
        reason = key.choices[str(answer)]
        if answer in key.right:
            return AnswerMark(1.0, why=reason.why)
        return AnswerMark(0.0, (reason.misconception,), reason.why)

    def best(self, question: Question, key: ChoiceKey, values: Mapping[str, Number]) -> Answer:
        (right,) = key.right
        return right


class Multiple(_Choice):
    """Any number of several: the share of the right ones that were chosen, minus the share of the wrong ones.

    Shares, so that choosing everything earns nothing, however many of the choices are right.
    """

    name = "multiple"

    def form(self, question: Question) -> str:
        return f'one or more letters of {listed(question.choices)}, such as "ab"'

    def parse(self, question: Question, raw: object) -> Answer:
        chosen = letters(raw)
        if not chosen or not set(chosen) <= set(question.choices):
            raise self.refuse(question, raw)
        return tuple(label for label in question.choices if label in chosen)

    def _right(self, entry: TomlTable) -> frozenset[str]:
        return frozenset(entry.texts("answer"))

    def read_key(self, question: Question, entry: TomlTable) -> ChoiceKey:
        key = super().read_key(question, entry)
        if not 0 < len(key.right) < len(key.choices):
            raise QuizError(f"{entry.where} must have a right choice and a wrong one")
        return key

    def mark(self, question: Question, key: ChoiceKey, answer: Answer, values: Mapping[str, Number]) -> AnswerMark:
        assert isinstance(answer, tuple)
        chosen = set(answer)
        wrong = set(key.choices) - key.right
        share = len(chosen & key.right) / len(key.right) - len(chosen & wrong) / len(wrong)
        if chosen == key.right:
            return AnswerMark(1.0, why=" ".join(key.choices[label].why for label in key.choices if label in key.right))
        said = [(label, key.choices[label]) for label in key.choices if label in chosen & wrong]
        sentences = [f"{label}: {reason.why}" for label, reason in said]
        if key.right - chosen:
            sentences.append("Not all that hold were chosen.")
        return AnswerMark(max(0.0, share), tuple(reason.misconception for _, reason in said), " ".join(sentences))

    def best(self, question: Question, key: ChoiceKey, values: Mapping[str, Number]) -> Answer:
        return tuple(label for label in question.choices if label in key.right)
