"""Scores a learner's answers to a module, and writes the record of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from winnow.course import Course, quiz_name
from winnow.quiz import answers as files
from winnow.quiz import bank, variants
from winnow.quiz.answers import Answers, AnswersError
from winnow.quiz.kinds import KINDS, AnswerMark
from winnow.quiz.question import Answer, Question, Quiz
from winnow.record import CheckResult, ExerciseResult, Given

Outcome = Literal["passed", "failed", "not_started"]
LONGEST_SHOWN = 200
"""How many characters of an answer are kept to be shown to its learner again."""


@dataclass(frozen=True)
class QuestionResult:
    """One question of one learner. `why` is the reason behind the answer given, be it right or wrong."""

    question: str
    outcome: Outcome
    score: float
    points: float
    misconceptions: tuple[str, ...] = ()
    why: str = ""
    given: Given | None = None


def score(
    course: Course,
    module: str,
    learner: str,
    answers: Answers | Mapping[str, Answer],
    *,
    salt: str,
    quiz: Quiz | None = None,
    keys: Mapping[str, bank.Key] | None = None,
) -> list[QuestionResult]:
    """The result of every question of a module, in order.

    `learner` is whose numbers are drawn; where a file of answers names its learner, those numbers count that
    this learner was shown. `quiz` and `keys` save reading them again, where a class is graded.

    Raises:
        QuizError: the quiz or its key is missing or at fault.
    """
    quiz = quiz or bank.quiz(course, module)
    keys = keys or bank.keys(course, quiz)
    if not isinstance(answers, Answers):
        answers = Answers(values=answers)
    shown_to = answers.learner or learner
    return [
        _result(question, keys[question.id], answers, variants.draw(question, shown_to, salt))
        for question in quiz.questions
    ]


def mark(question: Question, key: bank.Key, answer: Answer, values: Mapping[str, int | float]) -> AnswerMark:
    """The mark of one answer to a question with these drawn numbers."""
    return KINDS[question.kind].mark(question, key, answer, values)


def worth(question: Question, share: float, practice: bool) -> str:
    """What an answer is worth: points, or, where no points hang on it, whether it is right."""
    if practice:
        return "right" if share == 1 else "partly right" if share > 0 else "wrong"
    return f"{share * question.points:.3g} of {question.points:g}"


def _result(question: Question, key: bank.Key, answers: Answers, values: Mapping[str, int | float]) -> QuestionResult:
    if question.id in answers.problems:
        return QuestionResult(question.id, "failed", 0.0, question.points, (), answers.problems[question.id])
    if question.id not in answers.values:
        return QuestionResult(question.id, "not_started", 0.0, question.points)
    marked = mark(question, key, answers.values[question.id], values)
    return QuestionResult(
        question.id,
        "passed" if marked.share == 1 else "failed",
        round(question.points * marked.share, 6),
        question.points,
        marked.misconceptions,
        marked.why,
        Given(files.typed(answers.values[question.id])[:LONGEST_SHOWN], dict(values)),
    )


def exercise_result(
    course: Course,
    module: str,
    learner: str,
    content: bytes | Answers | None,
    *,
    salt: str,
    quiz: Quiz | None = None,
    keys: Mapping[str, bank.Key] | None = None,
    shown: str = "",
) -> ExerciseResult:
    """The record of one learner's quiz, from the content of the file of answers, or from answers read
    elsewhere; messages call it `shown`.

    None, or a file without an answer, is a quiz that was not started; a file that cannot be read is
    `unreadable`, with the sentence that says what to do.

    Raises:
        QuizError: the quiz or its key is missing or at fault.
    """
    quiz = quiz or bank.quiz(course, module)
    points = sum(question.points for question in quiz.questions)
    shown = shown or f"{module}/{files.FILE}"
    try:
        answers = files.read(content, quiz, shown) if isinstance(content, bytes) else content or Answers()
    except AnswersError as error:
        return ExerciseResult(quiz_name(module), "unreadable", 0.0, points, message=str(error))
    if not answers.values and not answers.problems:
        return ExerciseResult(quiz_name(module), "not_started", 0.0, points, notes=answers.notes)
    results = score(course, module, learner, answers, salt=salt, quiz=quiz, keys=keys)
    notes = answers.notes
    if answers.learner not in ("", learner, variants.CLASS):
        notes = (
            *notes,
            f"{shown} was answered as {answers.learner}: the numbers drawn for that name were used",
        )
    misconceptions = tuple(dict.fromkeys(item for result in results for item in result.misconceptions))
    return ExerciseResult(
        exercise=quiz_name(module),
        status="graded",
        score=round(sum(result.score for result in results), 6),
        points=points,
        checks=tuple(check(question, result) for question, result in zip(quiz.questions, results, strict=True)),
        misconceptions=misconceptions,
        notes=notes,
    )


def check(question: Question, result: QuestionResult) -> CheckResult:
    """One question as one check of the record; its title is the id, spelt out."""
    return CheckResult(
        name=question.id,
        title=title(question),
        visibility="hidden",
        outcome=result.outcome,
        score=result.score,
        points=result.points,
        why="" if result.outcome == "passed" else result.why,
        misconceptions=result.misconceptions,
        given=result.given,
    )


def title(question: Question) -> str:
    """A question in a few words: its id, spelt out."""
    return question.id.replace("_", " ")
