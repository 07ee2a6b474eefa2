"""What was asked in a quiz, and what was answered, as the learner read and meant it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from winnow.course import Course, CourseError
from winnow.feedback.visible import visible
from winnow.quiz import bank, variants
from winnow.quiz.kinds import KINDS
from winnow.quiz.plain import plain
from winnow.quiz.question import AnswerError, Question
from winnow.record import CheckResult

_READ: dict[Path, tuple[int, Mapping[str, Question]]] = {}
"""The questions of each file, and when it was written: a class has one quiz and many learners."""


def exchange(course: Course, module: str, check: CheckResult) -> tuple[tuple[str, str], ...]:
    """The question with the learner's numbers, and the answer spelt out: (label, text). Nothing where nothing was
    answered, and the answer alone where the course no longer asks what was asked."""
    if check.given is None:
        return ()
    question = _questions(course, module).get(check.name)
    if question is None or set(question.draw) != set(check.given.drawn):
        return (("Answered", visible(check.given.answer)),)
    shown = variants.fill(question, check.given.drawn)
    answered = "\n".join(_spelt_out(shown, check.given.answer))
    said = (("Asked", plain(shown.text)), ("Code", shown.code), ("Answered", answered))
    return tuple((label, visible(text)) for label, text in said if text)


def _spelt_out(question: Question, typed: str) -> Iterator[str]:
    try:
        answer = KINDS[question.kind].parse(question, typed)
    except AnswerError:
        yield typed
        return
    if isinstance(answer, Mapping):
        for number, letter in answer.items():
            yield f"{number}{letter}  {plain(question.choices[number])}: {plain(question.matches[letter])}"
    elif question.choices:
        for label in answer if isinstance(answer, tuple) else (str(answer),):
            yield f"{label}  {plain(question.choices[label])}"
    else:
        yield typed


def _questions(course: Course, module: str) -> Mapping[str, Question]:
    path = course.root / "exercises" / module / bank.FILE
    try:
        written = path.stat().st_mtime_ns
        if path not in _READ or _READ[path][0] != written:
            _READ[path] = written, {one.id: one for one in bank.quiz(course, module).questions}
    except (OSError, CourseError):
        return {}
    return _READ[path][1]
