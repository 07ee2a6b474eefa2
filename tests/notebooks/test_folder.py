"""What instructors do with an nbgrader course folder beside the usual, and what is said when it cannot be graded."""

from __future__ import annotations

import csv
import importlib
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from winnow.course import Course
from winnow.grading.job import Job, Settings
from winnow.record import ExerciseResult

from ..support.small_course import RIGHT, make
from .test_nbgrader import BIN, api, command, edited, nbformat

WRONG = "def double(x):\n    return 3 * x\ndef half(x):\n    return x / 2\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Course, Path]:
    """A course folder with an assignment that one learner has handed in."""
    course = make(tmp_path_factory.mktemp("course"))
    folder = tmp_path_factory.mktemp("made")
    command(folder, course, "winnow", "nbgrader", str(folder))
    command(folder, course, "nbgrader", "generate_assignment", "m01")
    hand_in(folder, "kim", RIGHT)
    return course, folder


@pytest.fixture
def folder(made: tuple[Course, Path], tmp_path: Path) -> Path:
    shutil.copytree(made[1], tmp_path / "folder")
    return tmp_path / "folder"


@pytest.fixture
def course(made: tuple[Course, Path]) -> Course:
    return made[0]


def hand_in(folder: Path, student: str, answer: str, name: str = "m01.ipynb") -> Path:
    nb = nbformat.read(folder / "release" / "m01" / "m01.ipynb", 4)
    edited(nb, answer)
    path = folder / "submitted" / student / "m01" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(nb), encoding="utf-8")
    return path


def said(folder: Path, course: Course, *words: str) -> tuple[int, str]:
    """The exit status of `winnow grade --nbgrader`, and what it says on standard error."""
    environment = os.environ | {"WINNOW_COURSE": str(course.root), "PATH": f"{BIN}:{os.environ['PATH']}",
                                "HOME": str(folder)}  # fmt: skip
    ran = subprocess.run(
        ["winnow", "grade", "--nbgrader", str(folder), *words], env=environment, capture_output=True, text=True
    )
    assert "Traceback" not in ran.stderr, ran.stderr
    return ran.returncode, ran.stderr


def grades(folder: Path, student: str) -> dict[str, tuple[float | None, bool]]:
    with api.Gradebook(f"sqlite:///{folder}/gradebook.db") as book:
        (notebook,) = book.find_submission("m01", student).notebooks
        return {grade.name: (grade.auto_score, grade.needs_manual_grade) for grade in notebook.grades}


@pytest.mark.parametrize("sandbox", ["strict", "auto"])
def test_nothing_runs_without_isolation(folder: Path, course: Course, sandbox: str, tmp_path: Path) -> None:
    mark = tmp_path / "it ran here"
    hand_in(folder, "kim", f"open({str(mark)!r}, 'w')\n{RIGHT}")
    config = folder / "nbgrader_config.py"
    config.write_text(config.read_text().replace("isolated = True", "isolated = False"))
    status, text = said(folder, course, "--sandbox", sandbox)
    assert status == 2
    assert "switches isolation off" in text
    assert not mark.exists()


def test_a_folder_without_the_notebook_is_told(folder: Path, course: Course) -> None:
    hand_in(folder, "lee", RIGHT, name="m01 (1).ipynb")
    (folder / "submitted" / "mia" / "m01").mkdir(parents=True)
    status, text = said(folder, course)
    assert status == 1
    assert "lee, m01: not graded: there is no m01.ipynb but only m01 (1).ipynb" in text
    assert "mia, m01: not graded: there is no m01.ipynb but nothing" in text
    assert grades(folder, "kim")["double_hidden"] == (5.0, False)


def test_another_assignment_is_passed_over_with_a_word(folder: Path, course: Course) -> None:
    path = folder / "submitted" / "kim" / "hw0" / "hw0.ipynb"
    path.parent.mkdir()
    path.write_text("{}")
    status, text = said(folder, course)
    assert status == 0
    assert "hw0 is no module of this course and was passed over" in text


def test_an_assignment_that_was_not_generated_is_told(folder: Path, course: Course) -> None:
    (folder / "gradebook.db").unlink()
    status, text = said(folder, course)
    assert status == 2
    assert "m01 is not in the grade book: run nbgrader generate_assignment m01" in text


def test_a_configuration_with_a_fault_is_told(folder: Path, course: Course) -> None:
    with (folder / "nbgrader_config.py").open("a") as file:
        file.write("c.x = (\n")
    status, text = said(folder, course)
    assert status == 2
    assert "nbgrader_config.py cannot be read (SyntaxError" in text


def test_a_grade_book_in_use_or_damaged_is_told(folder: Path, course: Course) -> None:
    book = folder / "gradebook.db"
    kept = book.read_bytes()
    with sqlite3.connect(book) as held:
        held.execute("BEGIN EXCLUSIVE")
        status, text = said(folder, course)
        held.rollback()
    assert status == 3
    assert "gradebook.db is in use by another program" in text
    book.write_bytes(b"no database" * 1000)
    status, text = said(folder, course)
    assert status == 3
    assert "gradebook.db cannot be used" in text
    book.write_bytes(kept)
    assert said(folder, course)[0] == 0


def test_a_broken_notebook_handed_in_anew_leaves_no_earlier_score(folder: Path, course: Course) -> None:
    assert said(folder, course)[0] == 0
    (folder / "submitted" / "kim" / "m01" / "m01.ipynb").write_text("{this is none")
    hand_in(folder, "lee", RIGHT)
    status, text = said(folder, course)
    assert status == 1
    assert "kim, m01: not graded: m01.ipynb cannot be read as a notebook" in text
    assert set(grades(folder, "kim").values()) == {(None, True)}
    command(folder, course, "nbgrader", "export", "--exporter=winnow.notebooks.WinnowExporter", "--to=checks.csv")
    with (folder / "checks.csv").open(newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert {name: row["status"] for name, row in rows.items()} == {"kim": "to be marked by hand", "lee": "graded"}
    assert grades(folder, "lee")["double_hidden"] == (5.0, False)


def test_what_was_written_ahead_is_taken_back_where_the_grader_failed(
    folder: Path, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    gradebook = importlib.import_module("winnow.notebooks.gradebook")
    hand_in(folder, "lee", RIGHT)

    def there() -> set[str]:
        with api.Gradebook(f"sqlite:///{folder}/gradebook.db") as book:
            return {submission.student.id for submission in book.assignment_submissions("m01")}

    def failing(
        _course: Course, jobs: Iterable[Job], _settings: Settings, _processes: int, _prewarmed: None,
        meanwhile: Callable[[], bool],
    ) -> Iterator[tuple[Job, list[ExerciseResult]]]:  # fmt: skip
        waiting = list(jobs)
        assert there() == set()
        while meanwhile():
            pass
        assert there() == {"kim", "lee"}
        for job in waiting:
            status: Any = "grader_error" if job.submission.student == "kim" else "graded"
            yield job, [ExerciseResult(name, status, 0.0, 10.0) for name in job.exercises]

    monkeypatch.setattr(gradebook, "grade", failing)
    outcome = gradebook.grade_submitted(course, Settings.of(course, (), b"s"), folder)
    assert (outcome.graded, [fault.partition(",")[0] for fault in outcome.faults]) == (1, ["kim"])
    assert there() == {"lee"}


def test_a_notebook_with_a_byte_order_mark_is_graded(folder: Path, course: Course) -> None:
    path = folder / "submitted" / "kim" / "m01" / "m01.ipynb"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert said(folder, course)[0] == 0
    assert grades(folder, "kim")["double_hidden"] == (5.0, False)


def test_a_page_of_feedback_runs_nothing_that_a_learner_wrote(folder: Path, course: Course) -> None:
    path = hand_in(folder, "kim", RIGHT)
    nb = nbformat.read(path, 4)
    evil = "<script>alert(1)</script> <img src=x onerror=alert(1)> a < b, <https://example.org>"
    nb.cells.append(nbformat.v4.new_markdown_cell(evil))
    nb.cells.append(nbformat.v4.new_raw_cell(evil, metadata={"raw_mimetype": "text/html"}))
    nb.cells.append(nbformat.v4.new_code_cell("1", metadata={"tags": ['"><script>alert(1)</script>']}))
    path.write_text(nbformat.writes(nb), encoding="utf-8")
    assert said(folder, course)[0] == 0
    command(folder, course, "nbgrader", "generate_feedback", "m01")
    page = (folder / "feedback" / "kim" / "m01" / "m01.html").read_text()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "a &lt; b" in page
    assert 'href="https://example.org"' in page


def test_a_configuration_that_shows_scripts_is_remarked_on(folder: Path, course: Course) -> None:
    hand_in(folder, "kim", RIGHT)
    assert "scripts included" not in said(folder, course)[1]
    config = folder / "nbgrader_config.py"
    config.write_text(config.read_text().replace("c.HTMLExporter", "# c.HTMLExporter"))
    status, text = said(folder, course)
    assert status == 0
    assert "nbgrader_config.py has formgrader show what learners wrote as it is, scripts included" in text


@pytest.mark.parametrize("word", ["--scheduler=tcp://127.0.0.1:1", "--json"])
def test_what_does_not_go_with_nbgrader_is_told(folder: Path, course: Course, word: str) -> None:
    status, text = said(folder, course, word)
    assert status == 2
    assert "does not go with --nbgrader" in text


# The instructor's own cells.


def own_cell(kind: str, name: str, source: str, **about: Any) -> Any:
    make_cell = nbformat.v4.new_markdown_cell if kind == "markdown" else nbformat.v4.new_code_cell
    cell = make_cell(source, id=name)
    cell.metadata["nbgrader"] = nbformat.from_dict(
        {"schema_version": 3, "grade_id": name, "grade": True, "locked": False, "solution": True, "task": False} | about
    )
    return cell


def with_own(folder: Path, *cells: Any) -> None:
    """Put cells behind the first of the source notebook, and hand out what comes of it."""
    path = folder / "source" / "m01" / "m01.ipynb"
    nb = nbformat.read(path, 4)
    nb.cells[1:1] = cells
    path.write_text(nbformat.writes(nb), encoding="utf-8")


def test_an_answer_to_be_marked_by_hand_stays_one(folder: Path, course: Course) -> None:
    with_own(
        folder,
        own_cell("markdown", "in-words", "Your words here.", points=4),
        nbformat.v4.new_markdown_cell("A word of welcome.", id="welcome"),
    )
    source = folder / "source" / "m01" / "m01.ipynb"
    before = json.loads(source.read_text())
    assert "keeps 2 cells of your own" in command(folder, course, "winnow", "nbgrader", str(folder))
    assert json.loads(source.read_text()) == before
    command(folder, course, "nbgrader", "generate_assignment", "m01", "--force")
    for student in ("kim", "lee"):
        path = hand_in(folder, student, RIGHT)
        nb = nbformat.read(path, 4)
        next(cell for cell in nb.cells if cell.id == "in-words").source = "Twice is a sum."
        path.write_text(nbformat.writes(nb), encoding="utf-8")
    command(folder, course, "nbgrader", "autograde", "m01", "--student", "kim")
    found = grades(folder, "kim")
    assert found["in-words"] == (None, True)
    assert found["double_hidden"] == (5.0, False)
    command(folder, course, "winnow", "grade", "--nbgrader", str(folder))
    assert grades(folder, "lee") == grades(folder, "kim") == found
    with api.Gradebook(f"sqlite:///{folder}/gradebook.db") as book:
        assert book.find_submission("m01", "lee").max_score == 14


def test_a_test_that_nobody_would_run_is_refused(folder: Path, course: Course) -> None:
    with_own(folder, own_cell("code", "own-test", "assert double(2) == 4", points=4, solution=False, locked=True))
    command(folder, course, "nbgrader", "generate_assignment", "m01", "--force")
    hand_in(folder, "kim", WRONG)
    status, text = said(folder, course)
    assert status == 1
    assert "kim, m01: not graded: the cell own-test of m01 is a test of its own" in text


def test_another_assignment_marked_by_hand_goes_through_nbgrader(folder: Path, course: Course) -> None:
    nb = nbformat.v4.new_notebook(cells=[own_cell("markdown", "essay", "Your words here.", points=4)])
    nb.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    path = folder / "source" / "hw0" / "hw0.ipynb"
    path.parent.mkdir()
    path.write_text(nbformat.writes(nb), encoding="utf-8")
    command(folder, course, "nbgrader", "generate_assignment", "hw0")
    handed = folder / "submitted" / "kim" / "hw0" / "hw0.ipynb"
    handed.parent.mkdir(parents=True)
    handed.write_text(path.read_text().replace("Your words here.", "Some words."))
    command(folder, course, "nbgrader", "autograde", "hw0")
    with api.Gradebook(f"sqlite:///{folder}/gradebook.db") as book:
        assert book.find_submission("hw0", "kim").needs_manual_grade
