"""What the question bank refuses, and how it says so; drawing numbers; formulas."""

import hashlib
import hmac

import pytest

from winnow.course import Course, Module
from winnow.quiz import arithmetic, bank, variants
from winnow.quiz.question import Question, QuizError

NUMERIC = """
title = "A quiz"
[[questions]]
id = "area"
kind = "numeric"
text = "A field is [[wide]] by [[long]]. Its area?"
[questions.draw]
wide = { from = 3, to = 9, step = 2 }
long = [10, 20.5]
"""
KEY = """
[area]
formula = "wide * long"
why = "Width times length."
[[area.wrong]]
id = "added"
formula = "wide + long"
why = "You added."
"""


@pytest.fixture
def course(tmp_path):
    for tree, text in (("exercises", NUMERIC), ("solutions", KEY)):
        (tmp_path / tree / "m").mkdir(parents=True)
        (tmp_path / tree / "m" / "quiz.toml").write_text(text, encoding="utf-8")
    return Course(tmp_path, "A course", (Module("m", "A module", ()),))


def rewrite(course, tree, old, new):
    path = course.root / tree / "m" / "quiz.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def read(course):
    quiz = bank.quiz(course, "m")
    return quiz, bank.keys(course, quiz)


def test_a_quiz_and_its_key_are_read(course):
    quiz, keys = read(course)
    assert quiz.title == "A quiz"
    assert dict(quiz.questions[0].draw) == {"wide": (3, 5, 7, 9), "long": (10, 20.5)}
    assert keys["area"].right.formula == "wide * long"


def test_a_key_may_say_what_its_question_finds_out_and_where_its_facts_come_from(course):
    rewrite(course, "solutions", "[area]\n", '[area]\nfinds_out = "Area or length?"\nsource = "Euclid"\n')
    assert read(course)[1]["area"].right.formula == "wide * long"
    rewrite(course, "solutions", '"Euclid"', "3")
    with pytest.raises(QuizError, match="area: source must be a text that says something, not 3"):
        read(course)


@pytest.mark.parametrize(
    ("tree", "old", "new", "message"),
    [
        ("exercises", 'title = "A quiz"', "title = ", r"exercises/m/quiz.toml is not valid TOML.*line 2"),
        ("exercises", 'kind = "numeric"', 'kind = "number"', "area: there is no kind of question number;.*multiple"),
        ("exercises", 'kind = "numeric"', 'kind = "numeric"\ncolour = 1', "area has an unknown entry colour"),
        ("exercises", "[[long]]", "long", "area: long is drawn, but the text has no"),
        ("exercises", "Its area?", "Its [[depth]]?", "area: the text has .*depth.* but draw does not say"),
        ("exercises", "step = 2", "step = 0", "draw: wide: from, to and step must be whole numbers"),
        ("exercises", "[10, 20.5]", '["x"]', "draw: long must hold numbers only"),
        ("exercises", 'id = "area"', 'id = "Area 1"', "must be a lower-case word"),
        ("exercises", 'kind = "numeric"', 'kind = "numeric"\npoints = 0', "points must be above 0"),
        ("exercises", 'kind = "numeric"', 'kind = "numeric"\nimage = "x.png"\nimage_alt = "x"', "image x.png is not"),
        ("exercises", 'kind = "numeric"', 'kind = "single"', "area has no choices"),
        ("solutions", "[area]", "[field]", "solutions/m/quiz.toml: area has no formula"),
        ("solutions", 'why = "Width', 'reason = "Width', "solutions/m/quiz.toml: area has no why"),
        ("solutions", 'id = "added"', 'id = " "', "area: wrong 1: id must be a text that says something"),
        ("solutions", "\n[area]", "\n[other]\nx = 1\n[area]", "has a key for other, which exercises/m/quiz.toml"),
    ],
)
def test_what_is_wrong_in_a_file_is_named_with_its_place(course, tree, old, new, message):
    rewrite(course, tree, old, new)
    with pytest.raises(QuizError, match=message):
        read(course)


def test_one_id_twice_is_refused(course):
    path = course.root / "exercises" / "m" / "quiz.toml"
    path.write_text(NUMERIC + NUMERIC.split("\n", 2)[2], encoding="utf-8")
    with pytest.raises(QuizError, match="the question area is there twice"):
        bank.quiz(course, "m")


def test_a_module_without_a_quiz_says_which_have_one(course):
    with pytest.raises(QuizError, match="no quiz for n; there is m"):
        bank.quiz(course, "n")


def test_a_key_that_is_not_here_is_missed_by_name(course):
    (course.root / "solutions" / "m" / "quiz.toml").unlink()
    assert not bank.has_key(course, "m")
    with pytest.raises(QuizError, match=r"solutions/m/quiz.toml cannot be read"):
        read(course)


def test_both_sides_draw_the_same_numbers_without_sharing_the_secret(course):
    secret = b"at home only"
    (course.root / "exercises" / variants.SALT_FILE).write_text(variants.course_salt(course.root, secret) + "\n")
    released = variants.released_salt(course.root)
    question = bank.quiz(course, "m").questions[0]
    assert variants.draw(question, "kim", released) == variants.draw(question, "kim", variants.public_salt(secret))
    written = (course.root / "exercises" / variants.SALT_FILE).read_bytes()
    assert secret not in written
    assert secret.hex().encode() not in written
    # The salt is no digest that hidden inputs could be drawn from.
    assert released not in (hashlib.sha256(secret).hexdigest(), hmac.new(secret, b"", "sha256").hexdigest())


def test_a_quiz_that_was_handed_out_outlasts_a_change_of_the_secret(course):
    handed_out = variants.course_salt(course.root, b"last year's")
    assert variants.course_salt(course.root, b"this year's") != handed_out
    (course.root / "exercises" / variants.SALT_FILE).write_text(handed_out + "\n")
    assert variants.course_salt(course.root, b"this year's") == handed_out


def test_a_copy_without_its_salt_says_what_to_do(course):
    with pytest.raises(QuizError, match=r"quiz_salt.txt is missing.*copy it"):
        variants.released_salt(course.root)


def test_draws_differ_by_learner_version_and_course():
    question = Question("q", "m", "numeric", "[[x]]", draw={"x": tuple(range(1000))})
    later = Question("q", "m", "numeric", "[[x]]", version=2, draw={"x": tuple(range(1000))})
    drawn = [
        variants.draw(asked, learner, salt)["x"]
        for asked in (question, later)
        for learner in ("kim", "lee")
        for salt in ("one", "two")
    ]
    assert len(set(drawn)) == len(drawn)


def test_draws_are_spread_over_all_values():
    question = Question("q", "m", "numeric", "[[x]]", draw={"x": (0, 1, 2, 3)})
    counts = [0, 0, 0, 0]
    for number in range(2000):
        counts[int(variants.draw(question, f"s{number}", "salt")["x"])] += 1
    assert min(counts) > 400


def test_numbers_are_filled_in_as_one_writes_them():
    question = Question("q", "m", "numeric", r"$\frac{1}{[[n]]}$ of [[x]]", draw={"n": (4,), "x": (2.5,)})
    assert variants.fill(question, {"n": 4, "x": 2.5}).text == r"$\frac{1}{4}$ of 2.5"


def test_a_few_draws_are_all_tried_and_many_are_sampled():
    few = Question("q", "m", "numeric", "", draw={"x": (1, 2, 3), "y": (1, 2)})
    many = Question("q", "m", "numeric", "", draw={name: tuple(range(100)) for name in "xyz"})
    assert len(list(variants.every_draw(few))) == 6
    assert len(list(variants.every_draw(many))) == 1000


def test_a_formula_is_arithmetic():
    assert arithmetic.value("sqrt(abs(-x)) + mean(1, 2, 3) * 2 ** 3 // 1 - -1", {"x": 9}, "here") == 20


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').getcwd()",
        "x.real",
        "[x][0]",
        "'a' * 3",
        "lambda: 1",
        "x if x else 1",
        "y",
        "1 /",
        "1 / 0",
        "exp(1000)",
        "(0 - 1) ** 0.5",
    ],
)
def test_a_formula_that_is_anything_else_is_refused_by_name(text):
    with pytest.raises(QuizError, match="here: the formula"):
        arithmetic.value(text, {"x": 1}, "here")
