"""What a question is: the part that learners see. Keys and reasons live elsewhere, in `keys`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from winnow.course import CourseError

Number = int | float
Answer = str | float | tuple[str, ...] | Mapping[str, str]
"""A letter or a text; a number; letters, in order where the order counts; for matching, a letter per
number."""


class QuizError(CourseError):
    """A quiz file is at fault; the message names the file, the question and the mismatch."""


class AnswerError(Exception):
    """An answer is not of the expected form; the message is one clause that says what it must be."""


@dataclass(frozen=True)
class Question:
    """One question, as learners see it.

    `choices` are the things to choose from, to order, or, in a matching question, to find a match for;
    `matches` are what they may be matched with. `draw` holds, for each drawn number, the values it may take;
    `[[name]]` in `text` and `choices` stands for it."""

    id: str
    module: str
    kind: str
    text: str
    points: float = 1.0
    version: int = 1
    choices: Mapping[str, str] = field(default_factory=dict)
    matches: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    draw: Mapping[str, tuple[Number, ...]] = field(default_factory=dict)
    image: Path | None = None
    image_alt: str = ""


@dataclass(frozen=True)
class Quiz:
    """The questions of one module, in order."""

    module: str
    title: str
    questions: tuple[Question, ...]
    path: Path

    def question(self, name: str) -> Question | None:
        """The question called `name`, if there is one."""
        return next((question for question in self.questions if question.id == name), None)
