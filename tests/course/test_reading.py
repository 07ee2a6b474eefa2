"""A right function in a file or notebook as learners hand it in is reached: every line of tests/reading/labels.toml is
met by `winnow grade`, and for notebooks by `winnow grade --nbgrader` and nbgrader's own autograde with the same scores.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from winnow.course import Course
from winnow.record import ExerciseResult, RunResult
from winnow.record_file import load

READING = Path(__file__).parents[1] / "reading"
LABELS: dict[str, dict[str, dict[str, Any]]] = tomllib.loads((READING / "labels.toml").read_text(encoding="utf-8"))
CASES = [(student, exercise) for student in LABELS for exercise in LABELS[student]]
FILES = {student: list((READING / student).iterdir()) for student in LABELS}
NOTEBOOKS = sorted(student for student, files in FILES.items() if [one.suffix for one in files] == [".ipynb"]
                   and "cells" in json.loads(files[0].read_bytes()))  # fmt: skip
"""nbgrader takes one notebook, in format 4."""
BY_NBGRADER = ("250-os-exit-cell", "nb-a03_dup_stub_after", "nb-a07_solution_to_markdown")
"""Those that nbgrader's own command gets, too: it takes its time for each."""
MODULE = "m05_losses"


def command(folder: Path, course: Course, *words: str) -> None:
    """Run a command in a folder; whether a learner's file could be read is no matter."""
    environment = os.environ | {
        "WINNOW_COURSE": str(course.root), "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(folder), "JUPYTER_NO_CONFIG": "", "PYTHONWARNINGS": "ignore",
    }  # fmt: skip
    ran = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True)
    assert ran.returncode in (0, 1), ran.stderr[-4000:]


@pytest.fixture(scope="module")
def graded(course_of_four: Course, tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    folder = tmp_path_factory.mktemp("reading")
    names = sorted({exercise for _, exercise in CASES})
    words = ["--layout", "folders", "--exercises", *names]
    command(folder, course_of_four, "winnow", "grade", str(READING), "--out", str(folder / "out"), *words)
    return load(folder / "out" / "results.json")


def result(run: RunResult, student: str, exercise: str) -> ExerciseResult:
    submission = next(one for one in run.submissions if one.student == student)
    return next(one for one in submission.exercises if one.exercise == exercise)


@pytest.mark.parametrize(("student", "exercise"), CASES, ids=[".".join(case) for case in CASES])
def test_a_right_function_is_reached(graded: RunResult, student: str, exercise: str) -> None:
    label, one = LABELS[student][exercise], result(graded, student, exercise)
    verdict = "full" if one.score == one.points else "zero" if one.score == 0 else "partial"
    assert verdict in (label["verdict"], *label.get("also_fair", ())), (one.message, one.notes)
    if "notes" in label:
        assert list(one.notes) == label["notes"]
    if verdict == "zero":
        assert f"the grader runs Python 3.{sys.version_info.minor}" in one.message


@pytest.fixture(scope="module")
def in_gradebooks(
    course_of_four: Course, tmp_path_factory: pytest.TempPathFactory
) -> list[dict[str, dict[str, float]]]:
    """The score of every graded cell of each learner, as `winnow grade --nbgrader` has it, and as nbgrader has it."""
    pytest.importorskip("nbgrader", reason="nbgrader is not installed")
    course, folder = course_of_four, tmp_path_factory.mktemp("by_winnow")
    command(folder, course, "winnow", "nbgrader", str(folder))
    command(folder, course, "nbgrader", "generate_assignment", MODULE)
    few = tmp_path_factory.mktemp("by_nbgrader") / "course"
    shutil.copytree(folder, few)
    for student in NOTEBOOKS:
        for place in (folder, few) if student in BY_NBGRADER else (folder,):
            path = place / "submitted" / student / MODULE / f"{MODULE}.ipynb"
            path.parent.mkdir(parents=True)
            path.write_text(json.dumps(_handed_in(student, folder)), encoding="utf-8")
    command(folder, course, "winnow", "grade", "--nbgrader", ".", "--jobs", "2")
    command(few, course, "nbgrader", "autograde", MODULE)
    return [_scores(place) for place in (folder, few)]


def _handed_in(student: str, folder: Path) -> Any:
    """The notebook as it is, where it was made of what was handed out; else that with its cells around the answer."""
    [path] = (READING / student).glob("*.ipynb")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    if path.stem == MODULE:
        return notebook
    released = json.loads((folder / "release" / MODULE / f"{MODULE}.ipynb").read_text(encoding="utf-8"))
    cells = released["cells"]
    at = next(number for number, cell in enumerate(cells) if _grade_id(cell) == "mae")
    own = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    answer = next(cell for cell in own if "def mae" in "".join(cell["source"]))
    answer.update(id=cells[at]["id"], metadata=cells[at]["metadata"])
    cells[at : at + 1] = own
    return released


def _grade_id(cell: Any) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def _scores(folder: Path) -> dict[str, dict[str, float]]:
    from nbgrader.api import Gradebook

    found: dict[str, dict[str, float]] = {}
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as book:
        for submission in book.find_assignment(MODULE).submissions:
            cells = [grade for notebook in submission.notebooks for grade in notebook.grades]
            found[submission.student.id] = {cell.name: cell.auto_score for cell in cells}
    return found


@pytest.mark.parametrize("student", NOTEBOOKS)
def test_a_notebook_has_the_same_scores_through_nbgrader(
    graded: RunResult, in_gradebooks: list[dict[str, dict[str, float]]], student: str
) -> None:
    found = [scores[student] for scores in in_gradebooks if student in scores]
    assert len(found) == 1 + (student in BY_NBGRADER)
    for exercise in LABELS[student]:
        for cells in found:
            score = sum(cells[f"{exercise}_{part}"] for part in ("public", "hidden", "edge"))
            assert score == pytest.approx(result(graded, student, exercise).score), cells
