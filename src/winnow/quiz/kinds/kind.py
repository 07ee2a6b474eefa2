"""What every kind of question can do."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from winnow.quiz.question import Answer, AnswerError, Number, Question
from winnow.quiz.signs import plain
from winnow.quiz.table import TomlTable

K = TypeVar("K")
LONGEST = 2000
"""More characters than any answer needs; a longer one is not looked at."""
# Words that join labels; a label is a single letter.
_AND = re.compile(r"(?<![a-z])(?:and|und|et|then)(?![a-z])|및|와|과|그리고|[·・]")
_CALLED = re.compile(r"(?:(?:the )?(?:answers?|choices?|options?)|antwort(?:en)?|정?답은?)(?: is| are)?(?: ?[:=] ?| )")
# Not two dots: `a..c` may be all from a to c.
_AROUND = re.compile(r"[(\[{\"'`]{0,2}\b([a-z])(?:번|\b)(?!\.\.)[)\]}.:\"'`]{0,2}")
_OPEN, _CLOSE, _BETWEEN = r"[(\[\"']{0,2}", r"[)\].\"']{0,2}", r" ?(?:->|=>|[-=:>,]|is)? ?"
_NUMBER = r"(?<!\d)(\d{1,2})(?:번|[은는이가])?"
_LETTER = r"(?<![a-z])([a-z])(?![a-z])"
_PAIR = re.compile(f"{_OPEN}{_NUMBER}{_CLOSE}{_BETWEEN}{_OPEN}{_LETTER}{_CLOSE}{_CLOSE}")
_TURNED = re.compile(f"{_OPEN}{_LETTER}{_CLOSE}{_BETWEEN}{_OPEN}{_NUMBER}{_CLOSE}{_CLOSE}")


@dataclass(frozen=True)
class AnswerMark:
    """What an answer is worth, from 0 to 1, the misconceptions it shows, and the sentences the learner
    reads."""

    share: float
    misconceptions: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Reason:
    """Why a choice is right or wrong; a wrong one names its misconception."""

    why: str
    misconception: str = ""


class Kind(ABC, Generic[K]):
    """One kind of question. `K` is the key it reads from `solutions/`."""

    name: str
    fields: frozenset[str] = frozenset()
    """Which of choices, matches, code and draw its questions have."""
    labels: str = "[a-z]"
    """What the labels of its choices look like."""

    @abstractmethod
    def form(self, question: Question) -> str:
        """What an answer must be, as the end of a sentence: `one letter of a, b, c`."""

    def typed(self, question: Question) -> str:
        """What an answer must be where it is typed at a prompt, and needs no quotes."""
        return self.form(question).replace('"', "")

    @abstractmethod
    def parse(self, question: Question, raw: object) -> Answer:
        """The answer, from what was typed or from the value in a file or cell.

        Raises:
            AnswerError: it is not of the form that `form` states.
        """

    @abstractmethod
    def read_key(self, question: Question, entry: TomlTable) -> K:
        """The key, from its table. Raises QuizError when the table does not fit the question."""

    @abstractmethod
    def mark(self, question: Question, key: K, answer: Answer, values: Mapping[str, Number]) -> AnswerMark:
        """The mark for an answer that `parse` gave, to the question with these drawn numbers."""

    @abstractmethod
    def best(self, question: Question, key: K, values: Mapping[str, Number]) -> Answer:
        """An answer that earns all."""

    @abstractmethod
    def reasons(self, key: K) -> Iterable[Reason]:
        """All reasons in the key."""

    def faults(self, question: Question, key: K) -> Iterator[str]:
        """What is dishonest in this question: sentences without a subject, for `winnow doctor`."""
        seen: dict[str, str] = {}
        for label, text in (*question.choices.items(), *question.matches.items()):
            same = folded(text)
            if same in seen:
                yield f"says the same in {seen[same]} and {label}"
            seen[same] = label

    def told(self, question: Question, key: K) -> Iterable[str]:
        """Texts that would give the answer away if another question showed them."""
        return ()

    def refuse(self, question: Question, raw: object) -> AnswerError:
        """The error for an answer of another form."""
        shown = raw if isinstance(raw, str) else repr(raw)
        shown = shown if len(shown) <= 40 else shown[:40] + "…"
        return AnswerError(f"the answer must be {self.form(question)}, not {shown!r}")


def folded(text: str) -> str:
    """A text as it is compared: in plain signs, without case, runs of white space as one space."""
    return " ".join(plain(text).casefold().split())


def listed(labels: Iterable[str]) -> str:
    """`a, b, c`."""
    return ", ".join(labels)


def letters(raw: object) -> tuple[str, ...] | None:
    """The labels in `"a c"`, `"ac"`, `"A, C"`, `"a) and c)"` or a list of them; None when it is none of these."""
    text = _one_text(raw)
    if text is None:
        return None
    text = bare(_AND.sub(" ", without_name(text)))
    return tuple(re.sub(r"[\s,;>&+]", "", text)) if re.fullmatch(r"[a-z\s,;>&+]*", text) else None


def without_name(text: str) -> str:
    """A folded text without what calls it an answer: `answer: d`, `the answer is d`, `option d`."""
    called = _CALLED.match(text)
    return text[called.end() :] if called else text


def bare(text: str) -> str:
    """A folded text of labels without what people put around one: `d)`, `(d)`, `d.`, `"d"`."""
    return _AROUND.sub(r"\1", text.replace("->", ">").replace("=>", ">"))


def pairs(raw: object) -> dict[str, str] | None:
    """The letter of each number in `"1b 2c"`, `"1 -> b, 2 -> c"`, `"b=1, c=2"`, or a table or list of them.

    None when it is none of these, or has a number twice.
    """
    if isinstance(raw, list) and raw and all(isinstance(item, list) and len(item) == 2 for item in raw):
        found = [(_part(one), _part(other)) for one, other in raw]
    elif isinstance(raw, dict):
        found = [(_part(one), _part(other)) for one, other in raw.items()]
    else:
        text = _AND.sub(" ", _one_text(raw) or "")
        pattern = _PAIR if _PAIR.match(text.lstrip("{[( ")) else _TURNED
        found = pattern.findall(text)
        if pattern.sub("", text).strip(" ,;|/&+-{}[]()"):
            return None
    if found and not any(one.isdecimal() for one, _ in found):
        found = [(number, letter) for letter, number in found]
    return dict(found) if found and len(dict(found)) == len(found) else None


def _one_text(raw: object) -> str | None:
    """What was written, folded: a text, or the texts of a list one after the other."""
    if isinstance(raw, list | tuple | set | frozenset) and all(isinstance(item, str) for item in raw):
        raw = " ".join(item for item in raw if isinstance(item, str))
    return folded(raw) if isinstance(raw, str) and len(raw) <= LONGEST else None


def _part(item: object) -> str:
    """A number or letter of a pair; nothing for what is neither."""
    if isinstance(item, bool) or not isinstance(item, str | int) or len(str(item)) > LONGEST:
        return ""
    return bare(folded(str(item))).rstrip(".)")
