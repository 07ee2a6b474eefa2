"""nbgrader's whole road with the course and its example class: every score is that of `winnow grade`.

All of the class goes through `winnow grade --nbgrader`. nbgrader's own commands, which take their time for every
notebook, get the learners of `CHOSEN`: right and wrong answers and each kind of trouble, as files and as notebooks.
"""

from __future__ import annotations

import csv
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from winnow.course import Course
from winnow.record import RunResult
from winnow.record_file import load as load_record

from ..support.class_notebooks import CLASS, hand_in, learners
from .test_nbgrader import command

nbformat = pytest.importorskip("nbformat", reason="nbgrader is not installed")
api = pytest.importorskip("nbgrader.api", reason="nbgrader is not installed")
groups = pytest.importorskip("winnow.notebooks.groups", reason="nbgrader is not installed")

CHOSEN = (
    "s01", "s02", "s07", "s20",  # wrong answers, two of them notebooks; two quizzes
    "s25", "s26",  # odd ids; cells that raise
    "s28",  # a cell that never ends
    "s29", "s33",  # Korean, every line end; code that does not compile
    "s35", "s37",  # stubs; sys.exit
)  # fmt: skip
MODULES = ("m02_na_groups", "m05_losses", "m06_mlp")


@dataclass(frozen=True)
class Graded:
    """`by_winnow`: a course folder that `winnow grade --nbgrader` graded; `by_nbgrader`: one that nbgrader did."""

    course: Course
    by_winnow: Path
    by_nbgrader: Path
    expected: RunResult

    def cells(self, student: str) -> dict[str, float]:
        """What every graded cell earns by the record of `winnow grade` over the files handed in."""
        results = {one.exercise: one for s in self.expected.submissions if s.student == student for one in s.exercises}
        return {
            cell.grade_id: sum(check.score for check in results[cell.exercise].checks if check.name in cell.checks)
            for module in MODULES
            for cell in groups.of_module(self.course, module).values()
        }


def in_gradebook(folder: Path) -> dict[str, dict[str, float]]:
    """The score of every graded cell, by learner; those of the quizzes, which two learners answered, are among them."""
    found: dict[str, dict[str, float]] = {}
    with api.Gradebook(f"sqlite:///{folder}/gradebook.db") as book:
        for assignment in book.assignments:
            for submission in assignment.submissions:
                cells = [grade for notebook in submission.notebooks for grade in notebook.grades]
                assert not any(grade.needs_manual_grade for grade in cells)
                found.setdefault(submission.student.id, {}).update({grade.name: grade.auto_score for grade in cells})
    return found


@pytest.fixture(scope="module")
def graded(course_of_four: Course, tmp_path_factory: pytest.TempPathFactory) -> Graded:
    course, folder = course_of_four, tmp_path_factory.mktemp("whole")
    command(folder, course, "winnow", "nbgrader", str(folder))
    for module in MODULES:
        command(folder, course, "nbgrader", "generate_assignment", module)
    few = tmp_path_factory.mktemp("few") / "course"
    shutil.copytree(folder, few)
    for learner in learners():
        hand_in(course, folder, learner)
        if learner in CHOSEN:
            hand_in(course, few, learner)
    for module in MODULES:
        command(few, course, "nbgrader", "autograde", module)
        command(few, course, "nbgrader", "generate_feedback", module)
    export = ["--exporter=winnow.notebooks.WinnowExporter", "--to=checks.csv"]
    command(few, course, "nbgrader", "export", *export)
    command(few, course, "nbgrader", "export", "--to=grades.csv")
    command(folder, course, "winnow", "grade", "--nbgrader", ".", "--jobs", "2")
    out = tmp_path_factory.mktemp("out")
    command(out, course, "winnow", "grade", str(CLASS), "--out", str(out), "--jobs", "2", "--json")
    return Graded(course, folder, few, load_record(out / "results.json"))


@pytest.mark.parametrize("learner", learners())
def test_the_score_of_every_cell_is_that_of_the_files_handed_in(graded: Graded, learner: str) -> None:
    assert in_gradebook(graded.by_winnow)[learner] == pytest.approx(graded.cells(learner))


@pytest.mark.parametrize("learner", CHOSEN)
def test_nbgrader_autograde_gives_the_same(graded: Graded, learner: str) -> None:
    assert in_gradebook(graded.by_nbgrader)[learner] == pytest.approx(graded.cells(learner))


def test_export_has_the_scores_and_every_check(graded: Graded) -> None:
    totals = {one.student: one.score for one in graded.expected.submissions}
    for name, student in {"checks.csv": "student", "grades.csv": "student_id"}.items():
        with (graded.by_nbgrader / name).open(newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == len(CHOSEN) * len(MODULES)
        for learner in CHOSEN:
            mine = [float(row["score"]) for row in rows if row[student] == learner]
            assert sum(mine) == pytest.approx(totals[learner])
    checks = {check.name for s in graded.expected.submissions for one in s.exercises for check in one.checks}
    with (graded.by_nbgrader / "checks.csv").open(newline="") as file:
        columns = {column.rpartition(": ")[2] for column in next(csv.reader(file))}
    assert len(checks) > 10
    assert checks <= columns


def test_no_page_of_feedback_has_a_line_of_the_hidden_checks_or_of_the_answers(graded: Graded) -> None:
    handed_out = [graded.by_nbgrader / "release" / module / f"{module}.ipynb" for module in MODULES]
    stubs = [path.read_text(encoding="utf-8") for path in (graded.course.root / "exercises").rglob("*.py")]
    given = "\n".join([*stubs, *map(_code, handed_out)])
    secret = [line for tree in ("graders", "solutions") for line in _lines(graded.course, tree) if line not in given]
    assert len(secret) > 300
    pages = list((graded.by_nbgrader / "feedback").rglob("*.html"))
    assert len(pages) == len(CHOSEN) * len(MODULES)
    for page in pages:
        own = _code(graded.by_nbgrader / "submitted" / page.relative_to(graded.by_nbgrader / "feedback"))
        shown = _text(page)
        assert not [line for line in secret if line in shown and line not in own]


def test_a_page_of_feedback_has_nothing_that_is_for_graders_only(graded: Graded) -> None:
    shown = _text(graded.by_nbgrader / "feedback" / "s20" / "m05_losses" / "m05_losses.html")
    for word in ("RuntimeError", "NBGRADER_EXECUTION", "set_size_inches", "Out[ ]", "Traceback (most"):
        assert word not in shown
    for word in ("Called", "Returned", "Expected", "Why", "# Hidden checks of mae: 5 points."):
        assert word in shown


def _code(path: Path) -> str:
    nb = nbformat.read(path.with_suffix(".ipynb"), 4)
    return "\n".join(cell.source for cell in nb.cells)


def _lines(course: Course, tree: str) -> list[str]:
    """Lines of code that are long enough to be of one file only."""
    files = [path for path in (course.root / tree).rglob("*.py") if "alternatives" not in path.parts]
    lines = {line.strip() for path in files for line in path.read_text(encoding="utf-8").splitlines()}
    return sorted(line for line in lines if len(line) > 30 and "(" in line and not line.startswith(('"', "#")))


def _text(page: Path) -> str:
    from lxml import html

    tree: Any = html.parse(str(page))
    return re.sub(r"[ \t]+", " ", tree.getroot().text_content())
