"""The quizzes of the course and their keys, read once."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

from winnow.course import load
from winnow.quiz import bank
from winnow.quiz.kinds import KINDS
from winnow.quiz.question import Answer, Number, Question, Quiz

ROOT = Path(__file__).parents[2]
COURSE = load(ROOT)
MODULES = bank.modules(COURSE)


@functools.cache
def quiz(module: str) -> Quiz:
    return bank.quiz(COURSE, module)


@functools.cache
def keys(module: str) -> Mapping[str, bank.Key]:
    return bank.keys(COURSE, quiz(module))


def quiz_and_key(name: str) -> tuple[Question, bank.Key]:
    """The question of this id, and its key."""
    for module in MODULES:
        if question := quiz(module).question(name):
            return question, keys(module)[name]
    raise AssertionError(f"there is no question {name}")


def answer(name: str, values: Mapping[str, Number] | None = None) -> Answer:
    """What the key says is right, with these drawn numbers."""
    question, key = quiz_and_key(name)
    return KINDS[question.kind].best(question, key, values or {})
