"""Answers in words: a short text, and what a piece of code prints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from winnow.quiz.kinds.kind import LONGEST, AnswerMark, Kind, Reason, folded, without_name
from winnow.quiz.question import Answer, Number, Question
from winnow.quiz.table import TomlTable


@dataclass(frozen=True)
class WrittenKey:
    """The accepted texts, the first of which is the one to show, and known wrong ones with their reasons."""

    accepted: tuple[str, ...]
    why: str
    wrong: tuple[tuple[tuple[str, ...], Reason], ...]


class _Written(Kind[WrittenKey]):
    unknown: str

    def parse(self, question: Question, raw: object) -> Answer:
        if isinstance(raw, bool) or not isinstance(raw, str | int | float) or len(text := str(raw)) > LONGEST:
            raise self.refuse(question, raw)
        if not text.strip() or any("\ud800" <= character <= "\udfff" for character in text):
            raise self.refuse(question, raw)
        return text.strip()

    def same(self, text: str) -> str:
        """A text as this kind compares it."""
        raise NotImplementedError

    def mark(self, question: Question, key: WrittenKey, answer: Answer, values: Mapping[str, Number]) -> AnswerMark:
        given = self.same(str(answer))
        if given in map(self.same, key.accepted):
            return AnswerMark(1.0, why=key.why)
        for texts, reason in key.wrong:
            if given in map(self.same, texts):
                return AnswerMark(0.0, (reason.misconception,), reason.why)
        return AnswerMark(0.0, why=self.unknown)

    def best(self, question: Question, key: WrittenKey, values: Mapping[str, Number]) -> Answer:
        return key.accepted[0]

    def reasons(self, key: WrittenKey) -> Iterable[Reason]:
        return (Reason(key.why), *(reason for _, reason in key.wrong))

    def faults(self, question: Question, key: WrittenKey) -> Iterator[str]:
        accepted = {self.same(text) for text in key.accepted}
        seen: set[str] = set()
        for texts, _ in key.wrong:
            for text in texts:
                if self.same(text) in accepted:
                    yield f"takes {text!r} for right and for wrong"
                if self.same(text) in seen:
                    yield f"has two reasons for {text!r}"
            seen |= {self.same(text) for text in texts}

    def told(self, question: Question, key: WrittenKey) -> Iterable[str]:
        return key.accepted


class Short(_Written):
    """A word or two, in any of the accepted languages. Case, width, spaces and quotes do not count."""

    name = "short"
    unknown = "This is none of the answers we know to be right. Read once more what is asked, and in which form."

    def form(self, question: Question) -> str:
        return "a short text in quotes"

    def typed(self, question: Question) -> str:
        return "a word or two"

    def same(self, text: str) -> str:
        # Quotes inside count: dropna='False' is another argument than dropna=False.
        return (
            re.sub(r"[\s`]", "", without_name(folded(text)))
            .replace('"', "'")
            .strip("'.,;!")
            .removeprefix("(")
            .removesuffix(")")
        )

    def read_key(self, question: Question, entry: TomlTable) -> WrittenKey:
        accepted = entry.texts("accepted")
        wrong = []
        for item in entry.tables("wrong"):
            wrong.append((item.texts("answers"), Reason(item.text("why"), item.text("id"))))
            item.done()
        return WrittenKey(accepted, entry.text("why"), tuple(wrong))


_QUOTED = re.compile(r"([\"'`])(.+)\1", re.DOTALL)


class Output(_Written):
    """What the code prints. White space counts only between two words or numbers, and quotes around all of it only
    where the key has them."""

    name = "output"
    fields = frozenset({"code"})
    unknown = "The code prints something else. Run it in your head line by line, then in Python."

    def form(self, question: Question) -> str:
        return "the printed text in quotes"

    def typed(self, question: Question) -> str:
        return "what is printed, on one line"

    def parse(self, question: Question, raw: object) -> Answer:
        if isinstance(raw, list) and raw and all(isinstance(item, str | int | float) for item in raw):
            raw = ", ".join(map(str, raw))
        return super().parse(question, raw)

    def same(self, text: str) -> str:
        return re.sub(r" ?([^\w\s.\"']) ?", r"\1", folded(text))

    def mark(self, question: Question, key: WrittenKey, answer: Answer, values: Mapping[str, Number]) -> AnswerMark:
        known = {self.same(text) for texts in (key.accepted, *(texts for texts, _ in key.wrong)) for text in texts}
        if self.same(str(answer)) not in known and (quoted := _QUOTED.fullmatch(folded(str(answer)))):
            answer = quoted[2]
        return super().mark(question, key, answer, values)

    def read_key(self, question: Question, entry: TomlTable) -> WrittenKey:
        prints = entry.text("prints")
        also = entry.texts("also", ())
        wrong = []
        for item in entry.tables("wrong"):
            wrong.append(((item.text("prints"),), Reason(item.text("why"), item.text("id"))))
            item.done()
        return WrittenKey((prints, *also), entry.text("why"), tuple(wrong))
