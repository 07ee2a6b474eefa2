"""A quiz for practice tells at once what is right, asks again with other numbers, and earns no points."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import pytest
from rich.console import Console

from winnow.course import Course, CourseError, load
from winnow.grading.quizzes import Quizzes
from winnow.learner import own_quiz
from winnow.notebooks import groups
from winnow.quiz import ask, bank, variants
from winnow.release import bundle, unpack
from winnow.submission import read_submission

from ..support.quiz_course import quiz_course

SECRET = b"a secret of the tests"
SALT = variants.public_salt(SECRET)


def with_mode(course: Course, mode: str) -> Course:
    """The course with this mode for the quiz of m01."""
    path = course.root / "exercises" / "course.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('id = "m01"\n', f'id = "m01"\nquiz = {mode}\n'), encoding="utf-8")
    return load(course.root)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return with_mode(quiz_course(tmp_path / "course"), '"practice"')


@pytest.fixture
def copy(course: Course, tmp_path: Path) -> Course:
    """A learner's copy."""
    wheel = tmp_path / "winnow-0-py3-none-any.whl"
    wheel.write_bytes(b"")
    unpack(bundle(course, SECRET, wheel), tmp_path / "copy")
    return load(tmp_path / "copy")


def sit(course: Course, module: str, typed: Iterable[str]) -> str:
    lines, shown = iter(typed), io.StringIO()

    def type_a_line(prompt: str) -> str:
        shown.write(prompt)
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    ask.run(course, module, "kim", Console(file=shown, width=100), type_a_line, salt=SALT)
    return shown.getvalue()


def test_each_answer_is_told_right_or_wrong_with_its_reason(copy: Course) -> None:
    shown = sit(copy, "m01", ["b", "a", "r", "a", ""])
    assert "For practice: each answer is told right or wrong at once, and no points hang on it.\n" in shown
    assert "✗ wrong  That is the square.\n" in shown
    assert "✓ right  Adding x to itself is doubling.\n" in shown
    assert shown.count("Which doubles x?") == 2
    # As many points as there are, none hang on it.
    assert "1 point" not in shown
    # What is neither Enter nor r, such as a second answer, does not go on unseen.
    assert shown.count("Enter goes on") == 3


def test_a_question_comes_again_with_other_numbers_as_often_as_is_wanted(copy: Course) -> None:
    question = bank.quiz(copy, "m01").question("twice_drawn")
    assert question is not None
    own, second, third = (int(one["number"]) for one in islice(variants.fresh(question, "kim", SALT), 3))
    shown = sit(copy, "m01", ["a", "", str(2 * own), "r", str(second**2), "r", str(2 * third), ""])
    for number in (own, second, third):
        assert f"What is twice {number}?" in shown
    assert shown.count("Enter goes on, r asks this again, with other numbers > ") == 3
    assert shown.count("✓ right  Multiply by two.") == 2
    assert "✗ wrong  You squared the number.\n" in shown
    # What is kept is the answer to the learner's own numbers.
    answers = (copy.root / "exercises/m01/quiz_answers.toml").read_text(encoding="utf-8")
    assert f"twice_drawn = {2 * own}\n" in answers


def test_two_draws_in_a_row_differ_where_they_can() -> None:
    from winnow.quiz.question import Question

    def drawn(*allowed: int) -> list[int]:
        question = Question("q", "m", "numeric", "[[x]]", draw={"x": allowed})
        return [int(one["x"]) for one in islice(variants.fresh(question, "kim", SALT), 40)]

    assert all(one != other for one, other in zip(drawn(1, 2), drawn(1, 2)[1:], strict=False))
    assert drawn(1, 2)[0] == drawn(1, 2)[0]
    assert drawn(5) == [5] * 40


def test_the_key_travels_for_practice_only(course: Course, copy: Course) -> None:
    names = {path.name for path in (copy.root / "exercises").rglob("*") if path.is_file()}
    assert (copy.root / "exercises/m01/quiz_key.toml").read_bytes() == (
        course.root / "solutions/m01/quiz.toml"
    ).read_bytes()
    assert bank.has_key(copy, "m01")
    assert not bank.has_key(copy, "m02")
    shown = sit(copy, "m02", ["x / 2"])
    assert "Answers are noted here, and explained when they are graded.\n" in shown
    assert "Noted.\n" in shown
    assert "Enter goes on" not in shown
    assert names >= {"quiz.toml", "quiz_key.toml"}
    assert not (copy.root / "exercises/m02/quiz_key.toml").exists()


@pytest.mark.parametrize("damage", [None, "[what_doubles"])
def test_a_key_that_is_gone_or_damaged_comes_back(copy: Course, damage: str | None) -> None:
    key = copy.root / "exercises/m01/quiz_key.toml"
    before = key.read_bytes()
    key.unlink()
    if damage is not None:
        key.write_text(damage)
    # Without it the quiz would be asked as one that is graded.
    with pytest.raises(CourseError, match=r"exercises/m01/quiz_key.toml .*: winnow reset m01_quiz brings it back$"):
        own_quiz.read(copy, "m01")
    assert own_quiz.read(copy, "m02").questions
    command = [sys.executable, "-m", "winnow", "reset", "m01_quiz", "--yes"]
    subprocess.run(command, cwd=copy.root, capture_output=True, check=True)
    assert key.read_bytes() == before
    assert own_quiz.read(copy, "m01").questions


def test_a_catalogue_that_is_damaged_comes_back(copy: Course) -> None:
    path = copy.root / "exercises/course.toml"
    before = path.read_bytes()
    path.write_text("title = [")
    command = [sys.executable, "-m", "winnow", "reset", "course.toml", "--yes"]
    subprocess.run(command, cwd=copy.root, capture_output=True, check=True)
    assert path.read_bytes() == before


def test_a_key_beside_a_graded_quiz_is_not_read(copy: Course) -> None:
    (copy.root / "exercises/m02/quiz_key.toml").write_text('[what_halves]\naccepted = ["anything"]\nwhy = "No."\n')
    assert not bank.has_key(copy, "m02")


def test_a_key_for_practice_that_is_at_fault_is_not_released(course: Course, tmp_path: Path) -> None:
    (course.root / "solutions/m01/quiz.toml").write_text("", encoding="utf-8")
    with pytest.raises(CourseError, match=r"solutions/m01/quiz.toml has no what_doubles"):
        bundle(course, SECRET, tmp_path / "wheel")


def test_a_quiz_for_practice_earns_no_points(course: Course, tmp_path: Path) -> None:
    (tmp_path / "kim" / "m01").mkdir(parents=True)
    (tmp_path / "kim" / "m01" / "quiz_answers.toml").write_text('what_doubles = "a"\n', encoding="utf-8")
    quizzes = Quizzes(course, SECRET)
    assert set(quizzes.keys(read_submission("kim", tmp_path / "kim", (), quizzes.asked))) == {"m02_quiz"}
    assert bank.graded(course) == ("m02",)
    assert groups.of_quiz(course, "m01") == ()
    assert groups.of_quiz(course, "m02")


@pytest.mark.parametrize(("mode", "counts"), [('"graded"', True), ("true", True), ("false", False)])
def test_the_modes_of_a_quiz(tmp_path: Path, mode: str, counts: bool) -> None:
    course = with_mode(quiz_course(tmp_path), mode)
    assert ("m01" in bank.graded(course)) == counts
    assert not bank.for_practice(course, "m01")


def test_another_mode_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(
        CourseError, match=r"quiz of module m01 is 'practise'; it must be .*graded.*practice.* or false"
    ):
        with_mode(quiz_course(tmp_path), '"practise"')


def test_pytest_judges_answers_for_practice_in_a_learners_copy(copy: Course) -> None:
    path = copy.root / "exercises/m01/quiz_answers.toml"
    path.write_text('what_doubles = "b"\neven_ones = "ac"\n', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", str(path)],
        cwd=copy.root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "wrong: That is the square." in done.stdout
    assert "1 failed, 1 passed, 1 skipped" in done.stdout
