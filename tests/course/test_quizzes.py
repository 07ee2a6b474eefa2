"""Every quiz of the course is honest: its key is true and stays where learners do not look."""

from __future__ import annotations

from pathlib import Path

import pytest

from winnow.course import load
from winnow.quiz import bank, honesty
from winnow.quiz.kinds import KINDS

COURSE = load(Path(__file__).parents[2])
EVERY = pytest.mark.parametrize("module", bank.modules(COURSE))
FEWEST = 5


@EVERY
def test_the_quiz_is_honest(module: str) -> None:
    assert [str(finding) for finding in honesty.examine(COURSE, module)] == []


@EVERY
def test_the_quiz_has_questions_enough(module: str) -> None:
    assert len(bank.quiz(COURSE, module).questions) >= FEWEST


def test_every_kind_of_question_is_asked() -> None:
    kinds = {question.kind for module in bank.modules(COURSE) for question in bank.quiz(COURSE, module).questions}
    assert kinds == set(KINDS)


@EVERY
def test_a_question_that_repairs_the_note_is_the_last(module: str) -> None:
    *before, last = bank.quiz(COURSE, module).questions
    assert not [question.id for question in before if question.id.startswith("repair_note")]
    assert last.id.startswith("repair_note") == ("Repair the note" in last.text)


@EVERY
def test_no_sentence_of_the_key_stands_where_learners_look(module: str) -> None:
    shown = "".join(
        path.read_text(encoding="utf-8", errors="ignore") for path in (COURSE.root / "exercises" / module).glob("quiz*")
    )
    quiz = bank.quiz(COURSE, module)
    keys = bank.keys(COURSE, quiz)
    for question in quiz.questions:
        for reason in KINDS[question.kind].reasons(keys[question.id]):
            assert reason.why not in shown
            assert not reason.misconception or reason.misconception not in shown


@EVERY
def test_a_wrong_answer_in_words_never_says_the_right_one(module: str) -> None:
    quiz = bank.quiz(COURSE, module)
    keys = bank.keys(COURSE, quiz)
    for question in quiz.questions:
        key = keys[question.id]
        if question.kind in ("short", "output"):
            for _, reason in key.wrong:
                assert not any(accepted.casefold() in reason.why.casefold() for accepted in key.accepted)
