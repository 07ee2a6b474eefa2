"""`winnow grade` finds the answers to a quiz wherever they lie, scores them once, and shows them like an exercise."""

from __future__ import annotations

import csv
import json
import re
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from winnow.cli import main
from winnow.commands.publish import texts
from winnow.course import Course, CourseError, load
from winnow.exports import FORMATS
from winnow.grading.job import Job, Settings
from winnow.grading.quizzes import Quizzes
from winnow.grading.run import Graded, grade_class
from winnow.quiz import answer_cells, bank, variants
from winnow.quiz.question import QuizError
from winnow.record import ExerciseResult, SubmissionResult
from winnow.record_file import load as load_results
from winnow.release.bundle import bundle
from winnow.secret import course_secret
from winnow.store import Store
from winnow.submission import Submission, find_submissions, read_submission

from ..support.growth import TOO_MUCH, growth
from ..support.quiz_course import KEY, quiz_course
from ..support.small_course import RIGHT
from ..support.submission_course import notebook, zipped

ATTACKS = Path(__file__).parents[1] / "attacks"
SECRET = b"a secret of the tests"
FILE = "quiz_answers.toml"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    made = quiz_course(tmp_path / "course")
    monkeypatch.setenv("WINNOW_COURSE", str(made.root))
    return made


def number(course: Course, learner: str, secret: bytes = SECRET) -> int:
    """The number that a learner is asked to double."""
    question = bank.quiz(course, "m01").question("twice_drawn")
    assert question is not None
    return int(variants.draw(question, learner, variants.public_salt(secret))["number"])


def right(course: Course, learner: str, secret: bytes = SECRET, named: str = "") -> str:
    """A file with right answers to all questions of m01."""
    opening = f'learner = "{named}"\n' if named else ""
    return f'{opening}what_doubles = "a"\ntwice_drawn = {2 * number(course, learner, secret)}\neven_ones = "ac"\n'


def handed(path: Path, files: Mapping[str, bytes | str] | bytes) -> Path:
    if isinstance(files, bytes):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files)
        return path
    for name, content in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    path.mkdir(parents=True, exist_ok=True)
    return path


def read(course: Course, path: Path, student: str = "kim") -> Submission:
    return read_submission(student, path, course.exercises, Quizzes(course, SECRET).asked)


def scored(
    course: Course, path: Path, files: Mapping[str, bytes | str] | bytes, quiz: str = "m01_quiz"
) -> ExerciseResult:
    return Quizzes(course, SECRET).score(read(course, handed(path, files)), quiz)


@pytest.mark.parametrize(
    "place",
    [
        f"exercises/m01/{FILE}", f"m01/{FILE}", FILE, f"work/M01/{FILE}", "quiz_answers (1).toml",
        "m01_quiz_answers.toml", f"m02/{FILE}", f"{FILE}.txt", "kim_4711_quiz_answers.toml",
        "Quiz-Answers.toml", "quiz answers.txt", "QuizAnswers.toml", "m01/answers.toml", "kim.toml", "퀴즈.toml",
    ],
)  # fmt: skip
def test_the_file_is_found_wherever_it_lies(course: Course, tmp_path: Path, place: str) -> None:
    result = scored(course, tmp_path / "kim", {place: right(course, "kim")})
    assert (result.status, result.score, result.points) == ("graded", 6.0, 6.0)
    assert [check.outcome for check in result.checks] == ["passed"] * 3


def test_it_is_found_in_an_archive_as_in_a_folder(course: Course, tmp_path: Path) -> None:
    files = {f"exercises/m01/{FILE}": right(course, "kim"), "exercises/m02/" + FILE: 'what_halves = "반"\n'}
    in_folder = scored(course, tmp_path / "kim", files)
    in_archive = scored(course, tmp_path / "kim.zip", zipped(dict(files)))
    assert in_archive.score == 6.0
    assert in_archive.checks == in_folder.checks
    assert scored(course, tmp_path / "kim.zip", zipped(dict(files)), "m02_quiz").score == 1.0


@pytest.mark.parametrize("place", ["__MACOSX/m01", ".ipynb_checkpoints", "m01/.git"])
def test_what_systems_leave_behind_is_no_hand_in(course: Course, tmp_path: Path, place: str) -> None:
    files = {f"{place}/{FILE}": right(course, "kim"), f"m01/._{FILE}": right(course, "kim")}
    result = scored(course, tmp_path / "kim", files)
    assert (result.status, result.score, result.points) == ("missing", 0.0, 6.0)
    assert "exercises/m01/quiz_answers.toml" in result.message


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-8"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_it_is_read_however_an_editor_saves_it(course: Course, tmp_path: Path, encoding: str, line_end: str) -> None:
    text = '# 답\nwhat_halves = "반"\n'.replace("\n", line_end)
    result = scored(course, tmp_path / "kim", {f"m02/{FILE}": text.encode(encoding)}, "m02_quiz")
    assert (result.score, bool(result.notes)) == (1.0, encoding == "utf-16")


def test_a_file_without_an_answer_is_not_started(course: Course, tmp_path: Path) -> None:
    files = {f"m01/{FILE}": '# later\nlearner = "kim"\nwhat_doubles = ""\n', f"m02/{FILE}": ""}
    for quiz, points in ("m01_quiz", 6.0), ("m02_quiz", 1.0):
        result = scored(course, tmp_path / "kim", files, quiz)
        assert (result.status, result.score, result.points) == ("not_started", 0.0, points)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"what_doubles = [a\n", r"m01/quiz_answers.toml, line 1: .* mend this line"),
        (b"%PDF-1.4 \xff\xfe", r"m01/quiz_answers.toml is a PDF"),
        (b"\0" * 100, r"nothing but zero bytes"),
        (b"#" * (2 << 20), r"2.0 MB large"),
        (b"what_doubles = " + b"[" * 5000, r"is not of the form"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(course: Course, tmp_path: Path, content: bytes, said: str) -> None:
    result = scored(course, tmp_path / "kim", {f"m01/{FILE}": content})
    assert (result.status, result.score, result.points) == ("unreadable", 0.0, 6.0)
    assert re.search(said, result.message)
    assert "\n" not in result.message


def test_a_damaged_archive_or_notebook_may_have_held_the_answers(course: Course, tmp_path: Path) -> None:
    assert scored(course, tmp_path / "kim.zip", b"PK\x03\x04 cut").status == "unreadable"
    assert scored(course, tmp_path / "lee", {"m01.ipynb": b'{"cells": [' * 3}).status == "unreadable"
    assert scored(course, tmp_path / "lee", {}, "m02_quiz").status == "missing"
    assert scored(course, tmp_path / "ada", {"double.ipynb": b'{"cells": [' * 3}).status == "missing"


def test_of_several_copies_one_is_graded_and_the_learner_is_told(course: Course, tmp_path: Path) -> None:
    wrong = right(course, "kim").replace('"ac"', '"b"')
    files = {f"old/backup/{FILE}": wrong, f"m01/{FILE}": right(course, "kim"), "quiz_answers (2).toml": wrong + "#"}
    result = scored(course, tmp_path / "kim", files)
    assert result.score == 6.0
    assert result.notes == (
        "m01_quiz is also in quiz_answers (2).toml, old/backup/quiz_answers.toml; m01/quiz_answers.toml is graded",
    )
    assert scored(course, tmp_path / "kim", {"quiz_answers (2).toml": right(course, "kim")}).score == 6.0


def test_a_file_under_another_name_is_one_of_answers_by_its_names_alone(course: Course, tmp_path: Path) -> None:
    wrong = right(course, "kim").replace('"ac"', '"b"')
    both = scored(course, tmp_path / "kim", {f"m01/{FILE}": right(course, "kim"), "m01/mine.toml": wrong})
    assert (both.score, both.notes) == (6.0, (f"m01_quiz is also in m01/mine.toml; m01/{FILE} is graded",))
    others: dict[str, bytes | str] = {
        "m01/settings.toml": 'title = "b"\n[tool]\nwhat = 1\n',
        "m01/broken.toml": b"\0" * 50,
        "m01/quiz_key.toml": right(course, "kim"),
        "m01/quiz.toml": (course.root / "exercises/m01/quiz.toml").read_bytes(),
    }
    alone = scored(course, tmp_path / "lee", others)
    assert (alone.status, alone.notes) == ("missing", ())


def test_names_of_questions_as_people_write_them_find_their_quiz(course: Course, tmp_path: Path) -> None:
    sheet = right(course, "kim").replace("what_doubles =", "What-Doubles:").replace("even_ones", "answer_EVEN_ONES")
    assert scored(course, tmp_path / "kim", {FILE: sheet}).score == 6.0


def test_one_broken_line_loses_one_question_and_not_whose_numbers_count(course: Course, tmp_path: Path) -> None:
    quizzes = Quizzes(course, SECRET, ["kim", "lee"])
    broken = right(course, "kim").replace('"ac"', '"ac')
    assert scored(course, tmp_path / "kim", {FILE: broken}).score == 3.0
    another = right(course, "lee", named="lee").replace('"ac"', '"ac')
    result = quizzes.score(read(course, handed(tmp_path / "pat", {FILE: another}), "kim"), "m01_quiz")
    assert result.score == 1.0
    assert "lee: the numbers drawn for kim were used" in result.notes[0]


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_quotes_of_an_old_editor_are_quotes(course: Course, tmp_path: Path, encoding: str) -> None:
    quotes = b"\x93a\x94" if encoding == "cp1252" else b'"a"'
    content = "# naïve\n".encode(encoding) + right(course, "kim").encode().replace(b'"a"', quotes)
    assert scored(course, tmp_path / "kim", {FILE: content}).score == 6.0


def test_an_empty_or_damaged_copy_gives_way(course: Course, tmp_path: Path) -> None:
    files = {f"m01/{FILE}": "# nothing\n", f"copy/m01/{FILE}": right(course, "kim"), f"m01/{FILE}.txt": b"\0" * 50}
    result = scored(course, tmp_path / "kim", files)
    assert result.score == 6.0
    assert "zero bytes" in result.notes[0]


def test_one_file_may_answer_several_quizzes(course: Course, tmp_path: Path) -> None:
    files = {FILE: right(course, "kim") + 'what_halves = "x // 2"\nwhat_else = 1\n'}
    first, second = (scored(course, tmp_path / "kim", files, quiz) for quiz in ("m01_quiz", "m02_quiz"))
    assert first.score == 6.0
    assert second.misconceptions == ("floor_for_half",)
    assert first.notes == second.notes == (f"{FILE}, line 5, what_else: there is no question what_else",)


def test_a_file_of_no_quiz_is_remarked_on(course: Course, tmp_path: Path) -> None:
    submission = read(course, handed(tmp_path / "kim", {FILE: 'something = "else"\n'}))
    assert submission.sources["m01_quiz"].status == "missing"
    assert "quiz_answers.toml answers no quiz that we know" in submission.notes[0]


def test_the_numbers_are_those_of_the_learner_the_file_names(course: Course, tmp_path: Path) -> None:
    assert number(course, "kim") != number(course, "nick")
    own = scored(course, tmp_path / "kim", {f"m01/{FILE}": right(course, "kim")})
    named = scored(course, tmp_path / "kim", {f"m01/{FILE}": right(course, "nick", named="nick")})
    other = scored(course, tmp_path / "kim", {f"m01/{FILE}": right(course, "nick")})
    assert (own.score, named.score, other.score) == (6.0, 6.0, 4.0)
    assert "was answered as nick" in named.notes[0]


@pytest.mark.parametrize("name", [variants.CLASS, "lee", "LEE"])
def test_a_name_that_is_anothers_or_everybodys_does_not_count(course: Course, tmp_path: Path, name: str) -> None:
    """Otherwise a class shares its numbers, and the answers to them."""
    quizzes = Quizzes(course, SECRET, ["kim", "lee", "pat"])
    assert len({number(course, "kim"), number(course, name)}) == 2
    folder = handed(tmp_path / "kim", {FILE: right(course, name, named=name)})
    result = quizzes.score(read(course, folder), "m01_quiz")
    assert result.score == 4.0
    assert f"{name}: the numbers drawn for kim were used" in result.notes[0]
    own = handed(tmp_path / "own", {FILE: right(course, "kim", named=name)})
    assert quizzes.score(read(course, own), "m01_quiz").score == 6.0
    # What was kept for one who is alone does not count beside the other.
    alone = Quizzes(course, SECRET, ["kim"]).keys(read(course, folder))
    assert (alone == quizzes.keys(read(course, folder))) == (name == variants.CLASS)


def test_a_shared_sheet_earns_nothing_by_its_name(course: Course, tmp_path: Path) -> None:
    shared = (Path(__file__).parents[1] / "attacks" / "shared_sheet.toml").read_text(encoding="utf-8")
    result = scored(course, tmp_path / "kim", {FILE: shared + right(course, variants.CLASS)})
    assert result.score == 4.0
    assert "has the name of all, class: the numbers drawn for kim were used" in result.notes[0]


BOMBS = (ATTACKS / "sheet_of_bombs.toml").read_text(encoding="utf-8").splitlines()[2:]


@pytest.mark.parametrize("line", BOMBS)
def test_no_value_of_an_answer_earns_a_point_or_holds_the_class_up(course: Course, tmp_path: Path, line: str) -> None:
    value = line.partition(" = ")[2]
    sheet = "".join(f"{name} = {value}\n" for name in ("what_doubles", "twice_drawn", "even_ones"))
    result = scored(course, tmp_path / "kim", {FILE: sheet})
    assert (result.score, result.status != "grader_error") == (0.0, True)
    cells = [f"answer_{name} = {value}" for name in ("what_doubles", "twice_drawn", "even_ones")]
    assert scored(course, tmp_path / "lee", {"m01.ipynb": notebook(*cells)}).score == 0.0


def test_an_answer_of_blanks_holds_nobody_up(course: Course, tmp_path: Path) -> None:
    """It held a class for twenty minutes. The time that its reader takes grows as the answer does, and no faster."""
    document = json.loads((ATTACKS / "blank_answer.ipynb").read_text(encoding="utf-8"))
    [cell] = document["cells"]
    source = "".join(cell["source"]).replace("answer_x", "answer_what_doubles")
    assert source.count(" ") > 90_000
    result = scored(course, tmp_path / "kim", {"m01.ipynb": notebook(source, *answered(even_ones="ac"))})
    assert (result.score, result.status) == (3.0, "graded")
    quiz, (before, after) = bank.quiz(course, "m01"), re.split(" {100,}", source)

    def read_all(size: int) -> Callable[[], object]:
        text = f"{before}{' ' * size}{after}"
        return lambda: answer_cells.read_sources([text], quiz)

    assert growth(read_all, most=1 << 18) <= TOO_MUCH


def answered(**values: object) -> list[str]:
    return [f"answer_{name} = {value!r}" for name, value in values.items()]


def test_a_notebook_is_scored_by_the_numbers_that_all_notebooks_show(course: Course, tmp_path: Path) -> None:
    twice = 2 * number(course, variants.CLASS)
    cells = ["import numpy", *answered(what_doubles="b", twice_drawn=twice, even_ones=["a", "c"])]
    result = scored(course, tmp_path / "kim", {"m01.ipynb": notebook(*cells)})
    assert (result.score, result.misconceptions, result.notes) == (5.0, ("square_for_double",), ())
    open_cells = notebook("answer_what_doubles = None  # a or b")
    assert scored(course, tmp_path / "lee", {"m01.ipynb": open_cells}).status == "not_started"
    assert scored(course, tmp_path / "lee", {"m01.ipynb": notebook("x = 1")}, "m01_quiz").status == "missing"


def test_a_notebook_left_open_gives_way_without_a_word(course: Course, tmp_path: Path) -> None:
    left = notebook("answer_what_doubles = None", "answer_even_ones = None")
    filled = notebook(*answered(what_doubles="a", even_ones="ac"))
    result = scored(course, tmp_path / "kim", {"m01.ipynb": left, "work/later/m01.ipynb": filled})
    assert (result.score, result.notes) == (4.0, ())
    result = scored(course, tmp_path / "lee", {"m01.ipynb": left, FILE: right(course, "kim")})
    assert (result.score, result.notes) == (6.0, ())


def test_nothing_that_a_learner_wrote_is_run(course: Course, tmp_path: Path) -> None:
    proof = tmp_path / "proof"
    cell = f"answer_what_doubles = open({str(proof)!r}, 'w')"
    result = scored(course, tmp_path / "kim", {"m01.ipynb": notebook(cell)})
    assert "must be written out" in result.checks[0].why
    assert not proof.exists()


def test_the_file_that_widgets_write_completes_their_notebook(course: Course, tmp_path: Path) -> None:
    cells = answered(what_doubles="b")
    files = {"m01.ipynb": notebook(*cells), FILE: right(course, variants.CLASS, named=variants.CLASS)}
    result = scored(course, tmp_path / "kim", files)
    # The cell counts before the file, which answers the rest.
    assert (result.score, result.misconceptions) == (5.0, ("square_for_double",))
    files[FILE] = right(course, "kim", named="kim")
    result = scored(course, tmp_path / "lee", files)
    assert result.score == 6.0
    assert any("m01_quiz is also in m01.ipynb; quiz_answers.toml is graded" in note for note in result.notes)
    files[FILE] = "what_doubles = [a\n"
    result = scored(course, tmp_path / "ada", files)
    assert (result.score, len(result.checks)) == (0.0, 3)
    assert "line 1" in result.notes[0]


def test_answers_that_were_clicked_have_the_numbers_of_their_notebook(course: Course, tmp_path: Path) -> None:
    cells = notebook("answer_what_doubles = None", "answer_twice_drawn = None", "answer_even_ones = None")
    clicked = {"m01.ipynb": cells, FILE: right(course, variants.CLASS, named=variants.CLASS)}
    result = scored(course, tmp_path / "kim", clicked)
    assert (result.score, result.notes) == (6.0, ())


@given(st.binary(max_size=400), st.sampled_from([f"m01/{FILE}", FILE, "m01.ipynb", "kim.zip"]))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_bytes_are_a_result(course: Course, tmp_path: Path, content: bytes, name: str) -> None:
    quizzes = Quizzes(course, SECRET)
    submission = read(course, handed(tmp_path / "kim", {name: content}))
    for quiz, key in quizzes.keys(submission).items():
        assert quizzes.score(submission, quiz).status in ("graded", "not_started", "missing", "unreadable")
        assert len(key) == 64


@pytest.mark.parametrize("text", [" " * 1_000_000, '"' * 1_000_000, "a = \n" * 150_000, "[a" * 400_000])
def test_a_megabyte_of_nonsense_is_read_in_seconds(course: Course, tmp_path: Path, text: str) -> None:
    started = time.process_time()
    scored(course, tmp_path / "kim", {f"m01/{FILE}": text})
    assert time.process_time() - started < 5


def test_what_a_question_was_left_with_is_no_answer(course: Course, tmp_path: Path) -> None:
    left = "what_doubles =   \"\"  # later\ntwice_drawn = ''\n"
    files = {f"m01/{FILE}": left, f"copy/m01/{FILE}": right(course, "kim")}
    assert scored(course, tmp_path / "kim", files).score == 6.0


def test_a_quiz_without_its_key_is_the_courses_fault(course: Course) -> None:
    (course.root / "solutions" / "m02" / "quiz.toml").unlink()
    with pytest.raises(QuizError, match=r"solutions/m02/quiz.toml cannot be read"):
        Quizzes(course, SECRET)


def catalogue(course: Course, old: str, new: str) -> Course:
    path = course.root / "exercises" / "course.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return load(course.root)


def test_a_quiz_can_be_switched_off(course: Course, tmp_path: Path) -> None:
    off = catalogue(course, 'id = "m01"', 'id = "m01"\nquiz = false')
    assert bank.modules(off) == ("m02",)
    assert [one.quiz for one in Quizzes(off, SECRET).asked] == ["m02_quiz"]
    with pytest.raises(QuizError, match="there is no quiz for m01"):
        bank.quiz(off, "m01")
    with pytest.raises(CourseError, match="quiz of module m01 is 'no'"):
        catalogue(course, "quiz = false", 'quiz = "no"')


def test_a_quiz_that_is_switched_off_is_not_released(course: Course, tmp_path: Path) -> None:
    wheel = tmp_path / "winnow.whl"
    wheel.write_bytes(b"")
    off = catalogue(course, 'id = "m01"', 'id = "m01"\nquiz = false')
    made = bundle(off, SECRET, wheel)
    assert "exercises/m02/quiz.toml" in made.files
    assert "exercises/m01/quiz.toml" not in made.files
    assert "m01/quiz.toml" in made.left_out


def test_no_exercise_is_called_as_a_quiz_is(course: Course) -> None:
    for tree in ("exercises", "graders", "solutions"):
        for path in (course.root / tree / "m01").glob("*double*"):
            path.rename(path.with_name(path.name.replace("double", "m01_quiz")))
    with pytest.raises(CourseError, match="the exercise m01_quiz is called as a quiz is"):
        catalogue(course, 'id = "double"', 'id = "m01_quiz"')


def test_equal_files_of_two_learners_are_two_results(course: Course, tmp_path: Path) -> None:
    text = right(course, "kim")
    quizzes = Quizzes(course, SECRET)
    kim, nick = (read(course, handed(tmp_path / name, {FILE: text}), name) for name in ("kim", "nick"))
    assert quizzes.keys(kim)["m01_quiz"] != quizzes.keys(nick)["m01_quiz"]
    assert [quizzes.score(one, "m01_quiz").score for one in (kim, nick)] == [6.0, 4.0]
    assert quizzes.keys(kim) != Quizzes(course, b"another").keys(kim)


def test_no_process_that_runs_code_is_asked_for_a_quiz(course: Course, tmp_path: Path) -> None:
    handed(tmp_path / "class" / "kim", {"double.py": RIGHT, f"m01/{FILE}": right(course, "kim")})
    entries = find_submissions(tmp_path / "class")

    def graders(course: Course, jobs: Iterable[Job], *more: object) -> Iterator[tuple[Job, list[ExerciseResult]]]:
        for job in jobs:
            assert job.exercises == ("double",)
            yield job, [ExerciseResult("double", "graded", 10.0, 10.0)]

    store = Store(tmp_path / "winnow.sqlite")
    done: list[SubmissionResult] = []
    grade_class(course, entries, store, Settings.of(course, (), SECRET), 1, done=done.append, graders=graders)
    assert [(one.exercise, one.score) for one in done[0].exercises] == [
        ("double", 10.0), ("m01_quiz", 6.0), ("m02_quiz", 0.0)
    ]  # fmt: skip
    assert list(Graded(course, entries, store)) == done
    store.close()


# A whole run, through the command.


@pytest.fixture(scope="module")
def class_of_four(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class and what came of it, in `class` and `out`; nobody writes there."""
    root = tmp_path_factory.mktemp("class_of_four")
    course = quiz_course(root / "course")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WINNOW_COURSE", str(course.root))
        patch.setenv("WINNOW_SECRET", "of the tests")
        secret = course_secret(course.root)
        wrong = 'what_doubles = "b"\neven_ones = "ab"\n'
        for name, files in {
            "ada": {"double.py": RIGHT, f"exercises/m01/{FILE}": right(course, "ada", secret), f"m02/{FILE}": ""},
            "bob": {"double.py": RIGHT + "\nSIX = double(3)\n", f"exercises/m01/{FILE}": wrong},
            "eve": {
                "double.py": RIGHT + "\nSIX = double(3)\n",
                f"exercises/m01/{FILE}": wrong,
                f"m02/{FILE}": b"what_halves = [x",
            },
            "zoe": {},
        }.items():
            handed(root / "class" / name, files)
        assert grade(root) == 0
    return root


@pytest.fixture
def graded(course: Course, class_of_four: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that class and of its results, which a test may change and grade again."""
    monkeypatch.setenv("WINNOW_SECRET", "of the tests")
    for name in ("class", "out"):
        shutil.copytree(class_of_four / name, tmp_path / name)
    return tmp_path / "out"


def grade(tmp_path: Path, *more: str) -> int:
    words = ["--out", str(tmp_path / "out"), "--sandbox=off", "--jobs=1"]
    return main(["grade", str(tmp_path / "class"), *words, *more])


def test_a_run_has_the_quizzes_behind_the_exercises(
    graded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = load_results(graded / "results.json")
    found = {one.student: one for one in run.submissions}
    assert [result.exercise for result in found["zoe"].exercises] == ["double", "m01_quiz", "m02_quiz"]
    statuses = {name: [result.status for result in one.exercises[1:]] for name, one in found.items()}
    assert statuses == {
        "ada": ["graded", "not_started"], "bob": ["graded", "missing"],
        "eve": ["graded", "unreadable"], "zoe": ["missing", "missing"],
    }  # fmt: skip
    assert {name: (one.score, one.points) for name, one in found.items()} == {
        "ada": (16.0, 17.0), "bob": (10.0, 17.0), "eve": (10.0, 17.0), "zoe": (0.0, 17.0),
    }  # fmt: skip
    assert grade(tmp_path) == 0
    shown = capsys.readouterr().out
    assert re.search(r"ada +16 +· +16 of 17", shown)
    assert re.search(r"eve +10 +\? +10 of 17", shown)
    record = (graded / "results.json").read_bytes()
    assert grade(tmp_path, "--json") == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[-1] == {"learners": 4, "taken_over": 4, "unread": [], "faults": []}
    assert lines[0]["exercises"]["m01_quiz"] == {"status": "graded", "score": 6.0}
    assert grade(tmp_path, "--json", "--fresh") == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["taken_over"] == 0
    assert (graded / "results.json").read_bytes() == record


def test_only_the_quiz_that_changed_is_scored_again(
    graded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[tuple[str, str]] = []
    score = Quizzes.score
    monkeypatch.setattr(Quizzes, "score", lambda *a: asked.append((a[1].student, a[2])) or score(*a))
    handed(tmp_path / "class" / "bob", {f"m02/{FILE}": 'what_halves = "반"\n'})
    assert grade(tmp_path, "--json") == 0
    assert asked == [("bob", "m02_quiz")]
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["taken_over"] == 3
    assert load_results(graded / "results.json").submissions[1].score == 11.0


def test_a_run_without_a_quiz_no_longer_counts_it(course: Course, graded: Path, tmp_path: Path) -> None:
    catalogue(course, 'id = "m02"', 'id = "m02"\nquiz = false')
    assert grade(tmp_path) == 0
    (ada, *_) = load_results(graded / "results.json").submissions
    assert [result.exercise for result in ada.exercises] == ["double", "m01_quiz"]
    assert (ada.score, ada.points) == (16.0, 16.0)


def test_regrade_tells_whose_quiz_changes_when_its_key_was_corrected(
    course: Course, graded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    words = ["regrade", str(tmp_path / "class"), "--out", str(graded), "--sandbox=off", "--jobs=1"]
    capsys.readouterr()
    assert main(words) == 0
    assert "no score changes" in capsys.readouterr().out
    corrected = KEY.replace('answer = ["a", "c"]', 'answer = ["a", "b", "c"]').replace(
        'answer = "a"', 'answer = "b"', 1
    )
    corrected = corrected.replace('a = { why = "Adding', 'a = { id = "adds", why = "Adding')
    (course.root / "solutions" / "m01" / "quiz.toml").write_text(corrected, encoding="utf-8")
    record = (graded / "results.json").read_bytes()
    assert main(words) == 0
    told = capsys.readouterr().out
    assert re.search(r"ada +m01_quiz +6 +4 +-2 +what_doubles: passed, now failed; even_ones: passed, now failed", told)
    assert re.search(r"bob +m01_quiz +0 +3 +\+3 +what_doubles: failed, now passed; even_ones: earned 0, now 2", told)
    assert "3 of 4 learners: 3 results change" in told
    assert (graded / "results.json").read_bytes() == record
    assert main([*words, "--apply"]) == 0
    store = Store(graded / "winnow.sqlite")
    assert store.latest("bob")["m01_quiz"].score == 3.0
    store.close()


def test_the_feedback_gives_the_reason_of_every_answer_and_no_key(graded: Path) -> None:
    for name in ("bob.md", "bob.html"):
        text = (graded / "feedback" / name).read_text(encoding="utf-8").replace("\\", "")
        assert "Quiz: One module" in text
        assert "Quiz: Another module" in text
        assert "That is the square." in text
        assert "b: It may be 1. Not all that hold were chosen." in text
        assert "not handed in" in text
        assert "hand in exercises/m02/quiz_answers.toml" in text
        assert "Adding x to itself" not in text
        assert "Multiply by two" not in text
        assert "winnow hint" not in text
    assert "winnow quiz m02 asks them" in (graded / "feedback" / "ada.md").read_text(encoding="utf-8")
    assert "line 1: 'what_halves = [x' is not" in (graded / "feedback" / "eve.html").read_text("utf-8").replace(
        "&#39;", "'"
    )


def test_the_report_has_every_question_and_its_misconceptions(graded: Path) -> None:
    text = (graded / "report.html").read_text(encoding="utf-8")
    assert "4 learners, 1 exercise and 2 quizzes, 17 points." in text
    assert "Quiz: One module" in text
    rows = re.findall(r'<th scope="row">([^<]*)</th><td>hidden</td>\s*<td class="kind">.*?(\d+ %)', text)
    # The question that only one of three answered is tried by one.
    assert {("what doubles", "33 %"), ("twice drawn", "100 %"), ("even ones", "33 %")} <= set(rows)
    said = re.search(r"<li><b>2</b>\s*<div><q>That is the square.</q>.*?m01_quiz · square_for_double", text, re.DOTALL)
    assert said is not None
    assert "<q>It may be 1.</q>" in text
    assert '1 more without <span class="mono">m02_quiz</span>' not in text
    assert "could not be read" in text


@pytest.mark.parametrize("to", FORMATS)
def test_every_export_has_the_quizzes(graded: Path, tmp_path: Path, to: str) -> None:
    out = tmp_path / "exported"
    assert main(["export", str(graded), "--to", to, "--out", str(out)]) == 0
    told = "".join(path.read_text(encoding="utf-8") for path in ([out] if out.is_file() else sorted(out.iterdir())))
    assert "m01_quiz" in told
    assert "m02_quiz" in told
    if to in ("csv", "canvas", "moodle"):
        head, *rows = csv.reader(told.splitlines())
        heading = "m01_quiz" if to == "csv" else "m01_quiz: Quiz: One module"
        assert [row[head.index(heading)] for row in rows if row[0] in ("ada", "bob")] == ["6", "0"]
    if to in ("gradescope", "classroom"):
        bob = json.loads((out / "bob.json").read_text(encoding="utf-8"))
        tests = {test["name"]: test for test in bob["tests"]}
        assert "That is the square." in str(tests["m01_quiz: what doubles"])
        assert tests["m01_quiz: twice drawn"]["score"] == 0
        assert tests["m02_quiz: Quiz: Another module"]["score"] == 0
        if to == "classroom":
            assert tests["m01_quiz: what doubles"]["filename"] == "m01/quiz_answers.toml"
            assert bob["max_score"] == 17
    if to == "junit":
        assert '<testcase classname="m01_quiz" name="what doubles"><failure' in told
        assert '<testcase classname="m01_quiz" name="twice drawn"><skipped' in told


def test_equal_answers_are_not_called_alike(graded: Path, course: Course, tmp_path: Path) -> None:
    found = texts(course, find_submissions(tmp_path / "class"))
    assert found["bob"].keys() == found["eve"].keys() == {"double"}
    page = (graded / "report.html").read_text(encoding="utf-8")
    alike = re.search(r'<section id="alike".*?</section>', page, re.DOTALL)
    assert alike is not None
    assert "double" in alike[0]
    assert "quiz" not in alike[0]
