"""Every quiz of the course is honest: its key is true and stays where learners do not look."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from winnow.quiz import bank, honesty
from winnow.quiz.kinds import KINDS
from winnow.quiz.question import Question
from winnow.quiz.variants import every_draw

from ..support.quizzes import COURSE, keys, quiz, quiz_and_key

EVERY = pytest.mark.parametrize("module", bank.modules(COURSE))
FEWEST = 5


def questions() -> Iterator[Any]:
    """Every question, with its key as it was read and as it is written."""
    for module in bank.modules(COURSE):
        written = tomllib.loads((COURSE.root / "solutions" / module / "quiz.toml").read_text(encoding="utf-8"))
        for question in quiz(module).questions:
            yield pytest.param(question, keys(module)[question.id], written[question.id], id=question.id)


QUESTIONS = pytest.mark.parametrize(("question", "key", "written"), list(questions()))


@EVERY
def test_the_quiz_is_honest(module: str) -> None:
    assert [str(finding) for finding in honesty.examine(COURSE, module)] == []


@EVERY
def test_the_quiz_has_questions_enough(module: str) -> None:
    assert len(quiz(module).questions) >= FEWEST


def test_every_kind_of_question_is_asked() -> None:
    kinds = {question.kind for module in bank.modules(COURSE) for question in quiz(module).questions}
    assert kinds == set(KINDS)


@EVERY
def test_a_question_that_repairs_the_note_is_the_last(module: str) -> None:
    *before, last = quiz(module).questions
    assert not [question.id for question in before if question.id.startswith("repair_note")]
    assert last.id.startswith("repair_note") == ("Repair the note" in last.text)


@EVERY
def test_no_sentence_of_the_key_stands_where_learners_look(module: str) -> None:
    shown = "".join(
        path.read_text(encoding="utf-8", errors="ignore") for path in (COURSE.root / "exercises" / module).glob("quiz*")
    )
    for question in quiz(module).questions:
        for reason in KINDS[question.kind].reasons(keys(module)[question.id]):
            assert reason.why not in shown
            assert not reason.misconception or reason.misconception not in shown


@EVERY
def test_a_wrong_answer_in_words_never_says_the_right_one(module: str) -> None:
    for question in quiz(module).questions:
        key = keys(module)[question.id]
        if question.kind in ("short", "output"):
            for _, reason in key.wrong:
                assert not any(accepted.casefold() in reason.why.casefold() for accepted in key.accepted)


@EVERY
def test_the_kinds_of_questions_are_mixed(module: str) -> None:
    kinds = [question.kind for question in quiz(module).questions]
    assert len(set(kinds)) >= 3
    assert max(map(kinds.count, kinds)) <= (len(kinds) + 1) // 2


@QUESTIONS
def test_the_key_says_what_a_question_finds_out_and_where_its_facts_come_from(
    question: Question, key: Any, written: dict[str, Any]
) -> None:
    assert len(written["finds_out"].split()) >= 5
    assert len(written["source"].split()) >= 2


@QUESTIONS
def test_wrong_answers_meet_sentences_of_their_own(question: Question, key: Any, written: dict[str, Any]) -> None:
    reasons = list(KINDS[question.kind].reasons(key))
    wrong = [reason for reason in reasons if reason.misconception]
    assert len({reason.why for reason in wrong}) >= 2
    assert all(reason.why.endswith((".", "?")) for reason in reasons)


@QUESTIONS
def test_nothing_is_asked_that_stands_word_for_word_in_the_module(
    question: Question, key: Any, written: dict[str, Any]
) -> None:
    readme = (COURSE.root / "exercises" / question.module / "README.md").read_text(encoding="utf-8")
    told = " ".join(readme.split())
    texts = (question.text, *question.choices.values(), *question.matches.values())
    sentences = [one for text in texts for one in re.split(r"(?<=[.?:])\s+", text) if len(one) > 30]
    # A note that is to be repaired is quoted, there as here.
    quoted = question.id.startswith("repair_note")
    assert [one for one in sentences if one in told and not quoted] == []


@QUESTIONS
def test_numbers_are_drawn(question: Question, key: Any, written: dict[str, Any]) -> None:
    assert question.kind != "numeric" or len(list(every_draw(question))) >= 4


def test_a_text_that_is_not_known_is_not_sent_after_one_word_where_more_is_asked() -> None:
    question, key = quiz_and_key("keep_missing_keys")
    assert "one word" not in KINDS["short"].mark(question, key, "dropna: false", {}).why


@QUESTIONS
def test_the_right_choice_does_not_stand_out_by_its_length(
    question: Question, key: Any, written: dict[str, Any]
) -> None:
    if question.kind == "single":
        wrong = max(len(text) for label, text in question.choices.items() if label not in key.right)
        assert len(question.choices[written["answer"]]) <= wrong + 12
