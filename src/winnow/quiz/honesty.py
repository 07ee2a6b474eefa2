"""What `winnow doctor` asks of a quiz: that it is fair, and that its key is true."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from winnow.course import Course
from winnow.quiz import bank
from winnow.quiz.kinds import KINDS
from winnow.quiz.kinds.kind import folded
from winnow.quiz.question import Quiz, QuizError
from winnow.quiz.variants import every_draw

SECONDS = 120


@dataclass(frozen=True)
class QuizFault:
    """Something that is wrong: the question (or the module, where it is none) and a sentence."""

    question: str
    says: str

    def __str__(self) -> str:
        return f"{self.question}: {self.says}"


def run(code: str) -> str:
    """What `code` prints, in a Python of its own.

    Raises:
        QuizError: it fails, or takes too long.
    """
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "HOME") if name in os.environ}
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run(
                [sys.executable, "-I", "-W", "ignore", "-c", code],
                cwd=folder,
                env={**kept, "PYTHONIOENCODING": "utf-8"},
                capture_output=True,
                text=True,
                encoding="utf-8",
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise QuizError(f"the code runs for more than {SECONDS} seconds") from None
    if done.returncode:
        raise QuizError(f"the code fails: {(done.stderr.strip().splitlines() or ['no message'])[-1]}")
    return done.stdout


def examine(course: Course, module: str, run: Callable[[str], str] = run) -> list[QuizFault]:
    """All that is dishonest in the quiz of a module; an empty list when it is in order.

    Args:
        run: what the code of a question prints.
    """
    try:
        quiz = bank.quiz(course, module)
        keys = bank.keys(course, quiz)
        found = [
            *_own_faults(quiz, keys),
            *_misconceptions(course, quiz, keys),
            *_outputs(quiz, keys, run),
            *_given_away(quiz, keys),
            *_ids(course, quiz),
            *_habit(quiz, keys),
        ]
    except QuizError as error:
        return [QuizFault(module, str(error))]
    return found


def _own_faults(quiz: Quiz, keys: Mapping[str, bank.Key]) -> Iterator[QuizFault]:
    for question in quiz.questions:
        kind, key = KINDS[question.kind], keys[question.id]
        for says in kind.faults(question, key):
            yield QuizFault(question.id, says)
        values = next(every_draw(question))
        best = kind.best(question, key, values)
        if kind.mark(question, key, kind.parse(question, best), values).share != 1:
            yield QuizFault(question.id, f"does not give all points for its own answer {best!r}")


def _misconceptions(course: Course, quiz: Quiz, keys: Mapping[str, bank.Key]) -> Iterator[QuizFault]:
    sentences: dict[str, tuple[str, str]] = {}
    for other in _quizzes(course, quiz):
        theirs = keys if other is quiz else bank.keys(course, other)
        for question in other.questions:
            for reason in KINDS[question.kind].reasons(theirs[question.id]):
                if not reason.misconception:
                    continue
                first, sentence = sentences.setdefault(reason.misconception, (question.id, reason.why))
                if sentence != reason.why and quiz.question(question.id):
                    yield QuizFault(
                        question.id,
                        f"says of {reason.misconception} something else than {first} does; rename one",
                    )


def _outputs(quiz: Quiz, keys: Mapping[str, bank.Key], run: Callable[[str], str]) -> Iterator[QuizFault]:
    for question in quiz.questions:
        if not question.code:
            continue
        key = keys[question.id]
        try:
            printed = run(question.code).strip()
        except QuizError as error:
            yield QuizFault(question.id, str(error))
            continue
        if printed != key.accepted[0].strip():
            yield QuizFault(question.id, f"expects {key.accepted[0]!r}, but its code prints {printed!r}")


def _given_away(quiz: Quiz, keys: Mapping[str, bank.Key]) -> Iterator[QuizFault]:
    """An answer in words, or a number of three digits and more, that another question of the module shows.

    A heuristic: it sees words, not meanings. What a learner reads after answering does not count, for it may
    help."""
    for question in quiz.questions:
        for told in KINDS[question.kind].told(question, keys[question.id]):
            digits = len(re.sub(r"\D", "", told))
            if len(folded(told)) < 2 or (re.fullmatch(r"[-\d.]+", told) and digits < 3):
                continue
            word = re.compile(rf"(?<![\w.]){re.escape(folded(told))}(?![\w]|\.\d)")
            for other in quiz.questions:
                texts = (
                    other.text,
                    other.code,
                    other.image_alt,
                    *other.choices.values(),
                    *other.matches.values(),
                )
                if other is not question and any(word.search(folded(text)) for text in texts):
                    yield QuizFault(other.id, f"gives away the answer to {question.id}: it shows {told!r}")


def _ids(course: Course, quiz: Quiz) -> Iterator[QuizFault]:
    for other in _quizzes(course, quiz):
        for question in other.questions:
            if other is not quiz and quiz.question(question.id):
                yield QuizFault(question.id, f"is also the id of a question of {other.module}; rename one")


def _habit(quiz: Quiz, keys: Mapping[str, bank.Key]) -> Iterator[QuizFault]:
    """Whether the right choice can be guessed from where it stands."""
    right: list[str] = [
        str(KINDS[question.kind].best(question, keys[question.id], {}))
        for question in quiz.questions
        if question.kind == "single"
    ]
    if len(right) > 2 and len(set(right)) == 1:
        yield QuizFault(quiz.module, f"has {right[0]} as the right choice every time; move some")


def _quizzes(course: Course, quiz: Quiz) -> Iterator[Quiz]:
    for module in bank.modules(course):
        yield quiz if module == quiz.module else bank.quiz(course, module)
