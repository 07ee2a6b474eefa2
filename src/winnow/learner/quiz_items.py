"""A learner's answers to a quiz as pytest items, one per question.

Where the key is, in the course itself and for practice, an answer passes or fails. Otherwise there is none in a
learner's copy: an answer of the right form is skipped as noted, since it neither passes nor fails before it is graded.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from winnow.course import Course
from winnow.learner import own_quiz
from winnow.quiz import answers, bank, scoring, variants
from winnow.quiz.question import Question, QuizError


class WrongAnswerError(Exception):
    """An answer that does not pass; the message says why."""


class AnswersFile(pytest.File):
    """`quiz_answers.toml` of one module."""

    course: Course
    module: str

    def collect(self) -> Iterator[pytest.Item]:
        """One item per question; one that fails where there is nothing to ask, so that all else is still run."""
        try:
            quiz = own_quiz.read(self.course, self.module)
            given = answers.load(self.path, quiz)
        except (answers.AnswersError, QuizError) as error:
            fault: UnusableQuiz = UnusableQuiz.from_parent(self, name="answers")
            fault.said = str(error)
            yield fault
            return
        results: dict[str, scoring.QuestionResult] = {}
        if bank.has_key(self.course, self.module):
            salt = variants.salt_of(self.course)
            scored = scoring.score(self.course, self.module, given.learner, given, salt=salt, quiz=quiz)
            results = {result.question: result for result in scored}
        for question in quiz.questions:
            item: Answer = Answer.from_parent(self, name=question.id)
            item.question = question
            item.result = results.get(question.id)
            item.problem = given.problems.get(question.id, "")
            item.answered = question.id in given.values
            item.practice = bank.for_practice(self.course, self.module)
            yield item


class _Told(pytest.Item):
    """What fails with a sentence, in place of a traceback."""

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The reason alone."""
        return (
            str(excinfo.value) if isinstance(excinfo.value, WrongAnswerError) else super().repr_failure(excinfo, style)
        )


class UnusableQuiz(_Told):
    """A quiz that cannot be read, or a file of answers."""

    said: str

    def runtest(self) -> None:
        """Say what is wrong."""
        raise WrongAnswerError(self.said)

    def reportinfo(self) -> tuple[Path, int, str]:
        """How pytest calls it."""
        return self.path, 0, f"{self.path.parent.name}: quiz"


class Answer(_Told):
    """One question."""

    question: Question
    result: scoring.QuestionResult | None
    problem: str
    answered: bool
    practice: bool

    def runtest(self) -> None:
        """Pass, fail, or skip what cannot be judged here."""
        if self.problem:
            raise WrongAnswerError(self.problem)
        if not self.answered:
            pytest.skip("not answered")
        if self.result is None:
            pytest.skip("noted; it is scored when it is graded")
        if self.result.outcome != "passed":
            share = self.result.score / self.question.points
            said = scoring.worth(self.question, share, self.practice)
            raise WrongAnswerError(f"{said}: {self.result.why}" if self.result.why else said)

    def reportinfo(self) -> tuple[Path, int, str]:
        """How pytest calls it."""
        return self.path, 0, f"{self.path.parent.name}: {scoring.title(self.question)}"


def collect(course: Course, path: Path, parent: pytest.Collector) -> AnswersFile | None:
    """The items of a file of answers, if its module has a quiz."""
    module = path.parent.name
    if answers.file(course, module) != path or not own_quiz.has_quiz(course, module):
        return None
    found: AnswersFile = AnswersFile.from_parent(parent, path=path)
    found.course = course
    found.module = module
    return found
