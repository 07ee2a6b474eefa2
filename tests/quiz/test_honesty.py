"""`winnow doctor` sees what is dishonest in a quiz, and says it by name."""

import re

import pytest

from winnow.course import Course, Module
from winnow.quiz import honesty
from winnow.quiz.question import QuizError

QUESTIONS = """
title = "A quiz"
[[questions]]
id = "pick"
kind = "single"
text = "Which?"
choices = { a = "one", b = "two", c = "three" }
[[questions]]
id = "area"
kind = "numeric"
text = "A field is [[wide]] by [[long]]. Its area?"
draw = { wide = [3, 5], long = [10, 20] }
[[questions]]
id = "prints"
kind = "output"
text = "What does it print?"
code = "print(6 * 7)"
[[questions]]
id = "word"
kind = "short"
text = "Which statistic?"
[[questions]]
id = "order"
kind = "ordering"
text = "Sort."
choices = { a = "late", b = "early" }
[[questions]]
id = "pairs"
kind = "matching"
text = "Match."
choices = { 1 = "x", 2 = "y" }
matches = { a = "to y", b = "to x" }
"""
KEY = """
[pick]
answer = "b"
choices = { a = { id = "p1", why = "A." }, b = { why = "B." }, c = { id = "p2", why = "C." } }
[area]
formula = "wide * long"
why = "Width times length."
wrong = [{ id = "added", formula = "wide + long", why = "You added." }]
[prints]
prints = "42"
why = "Six sevens."
wrong = [{ prints = "13", id = "added_up", why = "That is a sum." }]
[word]
accepted = ["median"]
why = "Half above, half below."
wrong = [{ answers = ["mean"], id = "mean", why = "No." }]
[order]
why = "Early comes first."
links = [{ first = "b", then = "a", id = "late_first", why = "Early comes first." }]
[pairs]
why = "Each to its own."
[pairs.pairs]
1 = { answer = "b", id = "p3", why = "To x." }
2 = { answer = "a", id = "p4", why = "To y." }
"""


def examined(tmp_path, questions=QUESTIONS, key=KEY):
    for tree, text in (("exercises", questions), ("solutions", key)):
        (tmp_path / tree / "m").mkdir(parents=True)
        (tmp_path / tree / "m" / "quiz.toml").write_text(text, encoding="utf-8")
    found = honesty.examine(Course(tmp_path, "A course", (Module("m", "A module", ()),)), "m")
    return [str(finding) for finding in found]


def test_an_honest_quiz_has_no_findings(tmp_path):
    assert examined(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ('c = "three"', 'c = "Two "', "pick: says the same in b and c"),
        ("[10, 20]", "[1.5, 20]", r"area: cannot tell wide \* long from wide \+ long when {'wide': 3, 'long': 1.5}"),
        ("6 * 7", "6 + 7", "prints: expects '42', but its code prints '13'"),
        ("print(6 * 7)", "1 / 0", "prints: the code fails: ZeroDivisionError"),
        ('text = "Sort."', 'text = "Sort by the median."', "order: gives away the answer to word: it shows 'median'"),
        ('{ a = "late", b = "early" }', '{ a = "median", b = "early" }', "order: gives away"),
        ('{ a = "to y", b = "to x" }', '{ a = "same", b = "Same" }', "pairs: says the same in a and b"),
    ],
)
def test_a_dishonest_question_is_named(tmp_path, old, new, finding):
    assert old in QUESTIONS
    (found,) = examined(tmp_path, QUESTIONS.replace(old, new))
    assert re.search(finding, found)


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        (
            'first = "b", then = "a"',
            'first = "a", then = "b"',
            "order: gives points for the order in which it is shown",
        ),
        ('answers = ["mean"]', 'answers = ["Median"]', "word: takes 'Median' for right and for wrong"),
        ('id = "p2", why = "C."', 'id = "mean", why = "C."', "word: says of mean something else than pick does"),
        ('1 = { answer = "b"', '1 = { answer = "a"', "pairs: has one match for two choices"),
        (
            'why = "B."',
            'why = ""',
            "m: solutions/m/quiz.toml: pick: choices: b: why must be a text that says something",
        ),
        ('answer = "b"\n', 'answer = "z"\n', "m: solutions/m/quiz.toml: pick: the answer z is not among the choices"),
        ("wide * long", "wide * deep", "m: solutions/m/quiz.toml: area: the formula 'wide . deep' uses deep"),
    ],
)
def test_a_dishonest_key_is_named(tmp_path, old, new, finding):
    assert old in KEY
    (found,) = examined(tmp_path, key=KEY.replace(old, new))
    assert re.search(finding, found)


def test_matches_in_the_order_of_their_choices_are_named(tmp_path):
    key = KEY.replace('1 = { answer = "b"', '1 = { answer = "a"').replace('2 = { answer = "a"', '2 = { answer = "b"')
    assert examined(tmp_path, key=key) == ["pairs: shows the matches in the order of their choices; shuffle them"]


def test_code_runs_apart_from_this_process_and_its_environment(monkeypatch):
    monkeypatch.setenv("WINNOW_SECRET", "hidden")
    assert honesty.run("import os; print(os.environ.get('WINNOW_SECRET'))") == "None\n"


def test_code_that_does_not_end_is_a_finding(monkeypatch):
    monkeypatch.setattr(honesty, "SECONDS", 0.5)
    with pytest.raises(QuizError, match=r"more than 0.5 seconds"):
        honesty.run("while True: pass")


def test_matches_of_which_some_stand_in_the_order_of_their_choices_are_named(tmp_path):
    questions = QUESTIONS.replace('2 = "y" }', '2 = "y", 3 = "z" }').replace('b = "to x" }', 'b = "to x", c = "to z" }')
    key = KEY + '3 = { answer = "c", id = "p5", why = "To z." }\n'
    assert examined(tmp_path, questions, key) == []
    turned = key.replace('"b", id = "p3"', '"a", id = "p3"').replace('"a", id = "p4"', '"d", id = "p4"')
    questions = questions.replace('c = "to z" }', 'c = "to z", d = "to y, too" }')
    (tmp_path / "again").mkdir()
    found = examined(tmp_path / "again", questions, turned)
    assert found == ["pairs: shows the matches in the order of their choices; shuffle them"]
