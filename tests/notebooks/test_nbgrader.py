"""nbgrader's own commands, from the course folder to the export, over a class of notebooks."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from winnow.course import Course
from winnow.grading.job import Settings
from winnow.grading.run import Graded, grade_class
from winnow.nurse.sandbox import choose
from winnow.secret import course_secret
from winnow.store import Store
from winnow.submission import find_submissions

from ..support.small_course import RIGHT, make

nbformat = pytest.importorskip("nbformat", reason="nbgrader is not installed")
api = pytest.importorskip("nbgrader.api", reason="nbgrader is not installed")
BIN = Path(sys.executable).parent
GRADED = ("double_public", "double_hidden", "double_edge")

WARNS = "import warnings\n" + RIGHT.replace("return x + x", "warnings.warn('slow')\n    return x + x")
EQUAL = """\
class E(int):
    __eq__ = lambda s, o: True
    __hash__ = int.__hash__

def double(x):
    return E(0)

def half(x):
    return E(0)
"""
NO_ASSERT = """\
import ast
class Drop(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()
get_ipython().ast_transformers.append(Drop())
def double(x):
    return None
def half(x):
    return None
"""
SQL = """\
import sqlite3
for path in ["../../../gradebook.db", "FOLDER/gradebook.db"]:
    try:
        with sqlite3.connect(path) as db:
            db.execute("UPDATE grade SET auto_score = 200, manual_score = 200")
    except Exception:
        pass
def double(x):
    return None
def half(x):
    return None
"""
READS = """\
import json
def double(x):
    return None
def half(x):
    return None
try:
    print(In[-1])
except NameError:
    print("no In")
here = ["source/m01/m01.ipynb", "submitted/right/m01/m01.ipynb", "autograded/right/m01/m01.ipynb", "winnow.sqlite"]
places = [start + name for start in ("../../../", "FOLDER/") for name in here]
for path in [*places, "COURSE/graders/m01/test_double.py", "COURSE/solutions/m01/double.py"]:
    try:
        text = open(path, errors="replace").read()
    except OSError as error:
        print(type(error).__name__)
        continue
    print("read it:", text)
    for code in ["".join(cell["source"]) for cell in json.loads(text)["cells"]] if path.endswith("ipynb") else [text]:
        try:
            exec(code, globals())
        except BaseException:
            pass
"""

ANSWERS = {
    "right": RIGHT,
    "warns": WARNS,
    "squares": "def double(x):\n    return x * x\ndef half(x):\n    return x / 2\n",
    "endless": "def double(x):\n    while True:\n        pass\ndef half(x):\n    return x / 2\n",
    "printing": "print('hello, class')\n" + RIGHT,
    "raising": RIGHT + "1 / 0\n",
    "broken": "def double(x:\n    return\n",
    "equal": EQUAL,
    "no_assert": NO_ASSERT,
    "sql": SQL,
    "reads": READS,
}
CHEATS = ("equal", "no_assert", "sql", "reads")


def edited(nb: Any, answer: str, folder: Path = Path(), course: Path = Path()) -> None:
    """Put an answer into the solution cell; FOLDER in it is nbgrader's course folder, COURSE is winnow's."""
    source = answer.replace("FOLDER", str(folder)).replace("COURSE", str(course))
    next(cell for cell in nb.cells if cell.id == "double-solution").source = source


def nothing(nb: Any) -> None:
    pass


def deleted(nb: Any) -> None:
    edited(nb, RIGHT)
    nb.cells = [cell for cell in nb.cells if cell.id not in ("double-solution", "double-public", "double-edge")]
    nb.cells.append(nbformat.v4.new_code_cell(RIGHT))


def duplicated(nb: Any) -> None:
    edited(nb, RIGHT)
    nb.cells += [nbformat.from_dict({**cell, "id": f"copy-{at}"}) for at, cell in enumerate(nb.cells)]


def forged(nb: Any) -> None:
    """Other points, other types, other text, and a cell of another notebook."""
    for cell in nb.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.metadata.nbgrader["points"] = 1000
            cell.metadata.nbgrader["grade"] = False
            cell.source = "5"
    foreign = nbformat.v4.new_code_cell("6")
    foreign.metadata["nbgrader"] = {"grade": True, "grade_id": "other", "points": 50, "schema_version": 3,
                                    "solution": False, "locked": True, "task": False}  # fmt: skip
    nb.cells.append(nbformat.from_dict(foreign))


EDITS: dict[str, Callable[[Any], None]] = {
    "untouched": nothing,
    "deleted": deleted,
    "duplicated": duplicated,
    "forged": forged,
}


@dataclass(frozen=True)
class Class:
    """A course folder in which a class was autograded; `kept` is a copy of what nbgrader autograde wrote."""

    course: Course
    folder: Path
    kept: Path

    def grades(self, gradebook: Path) -> dict[str, dict[str, tuple[float | None, bool]]]:
        with api.Gradebook(f"sqlite:///{gradebook}") as book:
            return {
                submission.student.id: {
                    grade.name: (grade.auto_score, grade.needs_manual_grade)
                    for notebook in submission.notebooks
                    for grade in notebook.grades
                }
                for submission in book.assignment_submissions("m01")
            }

    def comments(self, gradebook: Path) -> dict[str, dict[str, str | None]]:
        with api.Gradebook(f"sqlite:///{gradebook}") as book:
            return {
                submission.student.id: {comment.name: comment.auto_comment
                                        for notebook in submission.notebooks for comment in notebook.comments}
                for submission in book.assignment_submissions("m01")
            }  # fmt: skip

    def scores(self) -> dict[str, float]:
        """Of nbgrader autograde, by learner."""
        grades = self.grades(self.kept / "gradebook.db")
        return {student: sum(score or 0 for score, _ in cells.values()) for student, cells in grades.items()}


def command(folder: Path, course: Course, *words: str) -> str:
    """Run a command in the course folder; it must succeed."""
    environment = os.environ | {
        "WINNOW_COURSE": str(course.root), "PATH": f"{BIN}:{os.environ['PATH']}", "HOME": str(folder),
        "JUPYTER_NO_CONFIG": "", "PYTHONWARNINGS": "ignore",
    }  # fmt: skip
    ran = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr[-4000:]
    return ran.stdout + ran.stderr


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Class:
    course = make(tmp_path_factory.mktemp("course"))
    folder = tmp_path_factory.mktemp("taught")
    command(folder, course, "winnow", "nbgrader", str(folder))
    command(folder, course, "nbgrader", "generate_assignment", "m01")
    for student in (*ANSWERS, *EDITS):
        nb = nbformat.read(folder / "release" / "m01" / "m01.ipynb", 4)
        edited(nb, ANSWERS[student], folder, course.root) if student in ANSWERS else EDITS[student](nb)
        path = folder / "submitted" / student / "m01" / "m01.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(nb), encoding="utf-8")
    command(folder, course, "nbgrader", "autograde", "m01")
    kept = tmp_path_factory.mktemp("kept")
    shutil.copytree(folder / "autograded", kept / "autograded")
    shutil.copy(folder / "gradebook.db", kept)
    return Class(course, folder, kept)


def test_scores_are_those_of_winnow_grade(taught: Class, tmp_path: Path) -> None:
    handed_in = tmp_path / "in"
    for student in (*ANSWERS, *EDITS):
        (handed_in / student).mkdir(parents=True)
        shutil.copy(taught.folder / "submitted" / student / "m01" / "m01.ipynb", handed_in / student)
    entries = find_submissions(handed_in)
    store = Store(tmp_path / "winnow.sqlite")
    # Among the answers are attacks on files: without every layer that works here they would succeed.
    layers = choose("auto").layers
    assert layers
    grade_class(taught.course, entries, store, Settings.of(taught.course, layers, course_secret(taught.course.root)), 1)
    expected = {result.student: result.score for result in Graded(taught.course, entries, store)}
    store.close()
    assert taught.scores() == pytest.approx(expected)
    assert expected["right"] == 10
    assert 0 < expected["squares"] < 10


@pytest.mark.parametrize("cheat", CHEATS)
def test_a_cheat_in_the_learners_process_earns_nothing(taught: Class, cheat: str) -> None:
    assert taught.scores()[cheat] == 0


def test_hidden_checks_and_other_submissions_cannot_be_read(taught: Class) -> None:
    text = (taught.kept / "autograded" / "reads" / "m01" / "m01.ipynb").read_text()
    assert "no In" in text
    assert "PermissionError" in text or "FileNotFoundError" in text
    assert "read it: " not in text


@pytest.mark.parametrize("student", ["right", "warns", "printing", "raising", "deleted", "duplicated"])
def test_a_right_answer_earns_everything_whatever_stands_around_it(taught: Class, student: str) -> None:
    cells = taught.grades(taught.kept / "gradebook.db")[student]
    assert cells == {"double_public": (3.0, False), "double_hidden": (5.0, False), "double_edge": (2.0, False)}


def test_forged_cells_change_no_score(taught: Class) -> None:
    assert taught.scores()["forged"] == taught.scores()["untouched"] == 0


def test_a_graded_cell_shows_feedback_and_one_plain_number(taught: Class) -> None:
    nb = nbformat.read(taught.kept / "autograded" / "squares" / "m01" / "m01.ipynb", 4)
    for cell in (cell for cell in nb.cells if cell.metadata.get("nbgrader", {}).get("grade")):
        told, number = cell.outputs
        assert (told.output_type, number.output_type) == ("display_data", "execute_result")
        assert number.data == {"text/plain": repr(float(number.data["text/plain"]))}
        assert {"text/html", "text/markdown", "text/plain"} == set(told.data)
    text = json.dumps(nb)
    assert "Twice is not the square" in text
    assert "def numbers" not in text
    assert "agree(" not in text


def test_what_was_printed_is_shown_once(taught: Class) -> None:
    nb = nbformat.read(taught.kept / "autograded" / "printing" / "m01" / "m01.ipynb", 4)
    shown = [out.data["text/plain"] for cell in nb.cells for out in cell.get("outputs", []) if "data" in out]
    assert sum("hello, class" in text for text in shown) == 1


def test_winnow_grade_writes_what_nbgrader_autograde_writes(taught: Class) -> None:
    command(taught.folder, taught.course, "winnow", "grade", "--nbgrader", ".", "--jobs", "2", "--fresh")
    for table in (taught.grades, taught.comments):
        assert table(taught.folder / "gradebook.db") == table(taught.kept / "gradebook.db")
    for path in sorted((taught.kept / "autograded").rglob("*.ipynb")):
        again = taught.folder / "autograded" / path.relative_to(taught.kept / "autograded")
        assert json.loads(again.read_text())["cells"] == json.loads(path.read_text())["cells"], path


def test_feedback_and_export_follow_without_a_hidden_check(taught: Class) -> None:
    command(taught.folder, taught.course, "nbgrader", "generate_feedback", "m01")
    page = (taught.folder / "feedback" / "squares" / "m01" / "m01.html").read_text()
    assert "Twice is not the square" in page
    assert "def numbers" not in page
    assert "agree(" not in page
    command(taught.folder, taught.course, "nbgrader", "export", "--exporter=winnow.notebooks.WinnowExporter",
            "--to=checks.csv")  # fmt: skip
    with (taught.folder / "checks.csv").open(newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert rows["right"]["double: test_any_number"] == "5"
    assert rows["squares"]["double: test_any_number"] == "0"
    assert rows["squares"]["misconceptions"] == "squares"
    assert float(rows["right"]["score"]) == 10


def test_the_released_notebook_holds_no_answer_and_no_hidden_check(taught: Class) -> None:
    text = (taught.folder / "release" / "m01" / "m01.ipynb").read_text()
    assert "raise NotImplementedError" in text
    assert "a text has no half" not in text
    assert "test_any_number" not in text
    assert sorted(path.name for path in (taught.folder / "release").rglob("*") if path.is_file()) == ["m01.ipynb"]


def test_building_again_changes_nothing_and_keeps_a_changed_configuration(taught: Class) -> None:
    source = taught.folder / "source" / "m01" / "m01.ipynb"
    before = source.read_bytes()
    config = taught.folder / "nbgrader_config.py"
    mine = config.read_text() + "c.Exchange.root = '/srv/exchange'\n"
    config.write_text(mine)
    assert "was kept" in command(taught.folder, taught.course, "winnow", "nbgrader", str(taught.folder))
    assert source.read_bytes() == before
    assert config.read_text() == mine


# formgrader autogrades in its own process, for weeks: nothing of the course may be remembered past a change.
TWICE = """\
import sys
from pathlib import Path
from nbgrader.apps import NbGraderAPI
from nbgrader.apps.nbgraderapp import NbGraderApp

app = NbGraderApp()
app.initialize(["--log-level=ERROR"])
api = NbGraderAPI(config=app.config)
said = api.autograde("m01", "right")
assert said["success"], said
solution = Path(sys.argv[1]) / "solutions" / "m01" / "double.py"
solution.write_text(solution.read_text().replace("return x / 2", "return x / 4"))
said = api.autograde("m01", "right")
assert said["success"], said
"""


def test_a_corrected_check_counts_in_a_process_that_runs_on(taught: Class, tmp_path: Path) -> None:
    course, folder = tmp_path / "course", tmp_path / "folder"
    shutil.copytree(taught.course.root, course)
    shutil.copytree(taught.folder, folder)
    changed = make(course)
    config = folder / "nbgrader_config.py"
    config.write_text(config.read_text().replace(str(taught.course.root), str(course)))
    command(folder, changed, sys.executable, "-c", TWICE, str(course))
    grades = taught.grades(folder / "gradebook.db")["right"]
    assert grades["double_edge"] == (0.0, False)
    assert grades["double_public"] == (3.0, False)


def test_stock_autograde_gives_the_public_points_only_and_says_that_isolation_is_off(taught: Class) -> None:
    config = taught.folder / "nbgrader_config.py"
    config.write_text(config.read_text().replace("isolated = True", "isolated = False"))
    said = command(taught.folder, taught.course, "nbgrader", "autograde", "m01", "--student", "right", "--force")
    assert "isolation is off" in said
    cells = taught.grades(taught.folder / "gradebook.db")["right"]
    assert {name: score for name, (score, _) in cells.items()} == dict(zip(GRADED, (3.0, 0.0, 0.0), strict=True))
