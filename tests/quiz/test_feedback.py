"""The feedback on a quiz shows the question as it was read, the answer as it was meant, and the reason."""

from __future__ import annotations

import html
import json
from pathlib import Path

import pytest

from winnow.course import Course
from winnow.feedback.markdown import learner_markdown
from winnow.feedback.page import learner_page
from winnow.feedback.words import CheckWords, learner_words
from winnow.quiz import bank, scoring, variants
from winnow.record import ExerciseResult, SubmissionResult, as_json, exercise_from_json

from ..support.quiz_course import quiz_course

SALT = variants.public_salt(b"a secret of the tests")
MORE = """
[[questions]]
id = "pairs"
kind = "matching"
text = "Match $x^2$ and `df$k`."
choices = { 1 = "x", 2 = "y" }
matches = { a = "to `y`", b = "to x" }
[[questions]]
id = "order"
kind = "ordering"
text = "Sort."
choices = { a = "late", b = "early" }
[[questions]]
id = "prints"
kind = "output"
text = "What does it print?"
code = "print(6 * 7)"
"""
MORE_KEY = """
[pairs]
why = "Each to its own."
[pairs.pairs]
1 = { answer = "b", id = "p3", why = "To x." }
2 = { answer = "a", id = "p4", why = "To y." }
[order]
why = "Early comes first."
links = [{ first = "b", then = "a", id = "late_first", why = "Early comes first." }]
[prints]
prints = "42"
why = "Six sevens."
wrong = [{ prints = "13", id = "added_up", why = "That is a sum." }]
"""


@pytest.fixture
def course(tmp_path: Path) -> Course:
    made = quiz_course(tmp_path)
    for tree, text in (("exercises", MORE), ("solutions", MORE_KEY)):
        path = made.root / tree / "m01" / "quiz.toml"
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    return made


def graded(course: Course, answers: str) -> ExerciseResult:
    result = scoring.exercise_result(course, "m01", "kim", answers.encode(), salt=SALT)
    return exercise_from_json(json.loads(as_json(result)))


def told(course: Course, result: ExerciseResult) -> dict[str, CheckWords]:
    words = learner_words(SubmissionResult("kim", result.score, result.points, (result,)), course, {})
    return {check.title: check for check in words.exercises[0].checks}


def page(course: Course, result: ExerciseResult) -> str:
    words = learner_words(SubmissionResult("kim", result.score, result.points, (result,)), course, {})
    return html.unescape(learner_page(words, course.title))


def drawn(course: Course) -> int:
    question = bank.quiz(course, "m01").question("twice_drawn")
    assert question is not None
    return int(variants.draw(question, "kim", SALT)["number"])


WRONG = 'what_doubles = "b"\ntwice_drawn = 7.5\neven_ones = "ab"\npairs = "1a 2b"\norder = "ab"\nprints = "13"\n'


def test_a_wrong_answer_stands_beside_its_question_and_the_reason(course: Course) -> None:
    checks = told(course, graded(course, WRONG))
    assert {title: check.facts for title, check in checks.items()} == {
        "what doubles": (("Asked", "Which doubles x?"), ("Answered", "b  x * x")),
        "twice drawn": (("Asked", f"What is twice {drawn(course)}?"), ("Answered", "7.5")),
        "even ones": (("Asked", "Which are even?"), ("Answered", "a  2x\nb  x")),
        "pairs": (("Asked", "Match x² and `df$k`."), ("Answered", "1a  x: to `y`\n2b  y: to x")),
        "order": (("Asked", "Sort."), ("Answered", "a  late\nb  early")),
        "prints": (("Asked", "What does it print?"), ("Code", "print(6 * 7)"), ("Answered", "13")),
    }
    assert all(check.why and not check.recap for check in checks.values())


def test_the_page_and_the_markdown_show_them(course: Course) -> None:
    result = graded(course, WRONG)
    shown = page(course, result)
    assert f"What is twice {drawn(course)}?" in shown
    assert "<code>df$k</code>" in shown
    words = learner_words(SubmissionResult("kim", result.score, result.points, (result,)), course, {})
    assert "Answered   b  x * x" in learner_markdown(words, course.title)


def test_a_right_answer_is_folded_on_the_page_and_nowhere_else(course: Course) -> None:
    result = graded(course, 'what_doubles = "a"\n')
    check = told(course, result)["what doubles"]
    assert (check.facts, check.why) == ((), "")
    assert check.recap == (("Asked", "Which doubles x?"), ("Answered", "a  x + x"))
    shown = page(course, result)
    assert shown.count('<details class="recap">') == 1
    assert "Which doubles x?" in shown
    # What was not answered is not told either.
    assert "Which are even?" not in shown


def test_an_answer_of_another_form_is_told_in_one_sentence(course: Course) -> None:
    check = told(course, graded(course, 'what_doubles = "z"\norder = "ab"\n'))["what doubles"]
    assert check.facts == ()
    assert "one letter of a, b" in check.why


def test_a_question_that_is_no_longer_asked_shows_the_answer_alone(course: Course) -> None:
    result = graded(course, WRONG)
    path = course.root / "exercises" / "m01" / "quiz.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("[[number]]", "[[amount]]").replace("number =", "amount =")
    )
    assert told(course, result)["twice drawn"].facts == (("Answered", "7.5"),)
    path.unlink()
    assert told(course, result)["what doubles"].facts == (("Answered", "b"),)


def test_a_record_of_before_is_read(course: Course) -> None:
    data = json.loads(as_json(graded(course, WRONG)))
    for check in data["checks"]:
        del check["given"]
    assert all(check.facts == () for check in told(course, exercise_from_json(data)).values())


def test_a_long_answer_is_cut(course: Course) -> None:
    given = graded(course, f'prints = "{"x" * 1500}"\n').checks[-1].given
    assert given is not None
    assert given.answer == "x" * scoring.LONGEST_SHOWN
