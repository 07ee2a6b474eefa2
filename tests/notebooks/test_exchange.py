"""nbgrader's standard commands, unchanged: handed out, fetched, validated, submitted, collected, graded, given back."""

from __future__ import annotations

import csv
import getpass
import json
from pathlib import Path

import pytest

from ..support.small_course import RIGHT, make
from .test_nbgrader import api, command, edited, nbformat

EXCHANGE = """
c = get_config()
c.CourseDirectory.course_id = "small"
c.Exchange.root = {root!r}
"""


def test_from_release_to_feedback_through_the_exchange(tmp_path: Path) -> None:
    course = make(tmp_path / "course")
    taught, learner, exchange = tmp_path / "small", tmp_path / "learner", tmp_path / "exchange"
    exchange.mkdir()
    # nbgrader lets everybody write here.
    exchange.chmod(0o777)
    learner.mkdir()

    def teach(*words: str) -> str:
        return command(taught, course, *words)

    def learn(*words: str) -> str:
        return command(learner, course, *words)

    command(tmp_path, course, "winnow", "nbgrader", str(taught))
    config = taught / "nbgrader_config.py"
    config.write_text(config.read_text() + f"c.Exchange.root = {str(exchange)!r}\n")
    (learner / "nbgrader_config.py").write_text(EXCHANGE.format(root=str(exchange)))

    teach("nbgrader", "generate_assignment", "m01")
    teach("nbgrader", "release_assignment", "m01")
    learn("nbgrader", "fetch_assignment", "m01")
    path = learner / "m01" / "m01.ipynb"
    assert [file.name for file in (learner / "m01").iterdir()] == ["m01.ipynb"]

    assert "VALIDATION FAILED ON 1 CELL" in learn("nbgrader", "validate", str(path))
    nb = nbformat.read(path, 4)
    edited(nb, RIGHT.replace("x / 2", "x * 2"))
    path.write_text(json.dumps(nb), encoding="utf-8")
    # The public checks pass; what is wrong is for the hidden ones to find.
    assert "Success! Your notebook passes all the tests." in learn("nbgrader", "validate", str(path))

    learn("nbgrader", "submit", "m01")
    teach("nbgrader", "collect", "m01")
    me = getpass.getuser()
    assert (taught / "submitted" / me / "m01" / "timestamp.txt").is_file()
    teach("nbgrader", "autograde", "m01")
    assert score(taught, me) == 8.0
    assert timestamp(taught, me)

    # What a grader gives by hand counts, and stays when the notebooks are graded again.
    with api.Gradebook(f"sqlite:///{taught}/gradebook.db") as book:
        book.find_grade("double_edge", "m01", "m01", me).manual_score = 1.5
        book.db.commit()
    before = timestamp(taught, me)
    command(taught, course, "winnow", "grade", "--nbgrader", ".")
    assert score(taught, me) == 9.5
    assert timestamp(taught, me) == before

    teach("nbgrader", "generate_feedback", "m01")
    teach("nbgrader", "release_feedback", "m01")
    learn("nbgrader", "fetch_feedback", "m01")
    (page,) = (learner / "m01" / "feedback").rglob("m01.html")
    text = page.read_text()
    assert "half of any number" in text
    assert "9.5" in text
    assert "agree(" not in text


def score(folder: Path, student: str) -> float:
    with api.Gradebook(f"sqlite:///{folder}/gradebook.db") as book:
        return float(book.find_submission("m01", student).score)


def penalty(folder: Path, student: str) -> float | None:
    with api.Gradebook(f"sqlite:///{folder}/gradebook.db") as book:
        (notebook,) = book.find_submission("m01", student).notebooks
        return notebook.late_submission_penalty  # type: ignore[no-any-return]


def timestamp(folder: Path, student: str) -> object:
    with api.Gradebook(f"sqlite:///{folder}/gradebook.db") as book:
        return book.find_submission("m01", student).timestamp


def test_a_late_hand_in_is_late_for_both_ways_of_grading(tmp_path: Path) -> None:
    course = make(tmp_path / "course")
    folder = tmp_path / "small"
    command(tmp_path, course, "winnow", "nbgrader", str(folder))
    config = folder / "nbgrader_config.py"
    config.write_text(config.read_text() + 'c.LateSubmissionPlugin.penalty_method = "zero"\n')
    command(folder, course, "nbgrader", "generate_assignment", "m01")
    with api.Gradebook(f"sqlite:///{folder}/gradebook.db") as book:
        book.update_or_create_assignment("m01", duedate="2026-01-01 12:00:00 UTC")
    for student, when in {"early": "2026-01-01 11:59:59 UTC", "late": "2026-01-01 12:00:01 UTC"}.items():
        nb = nbformat.read(folder / "release" / "m01" / "m01.ipynb", 4)
        edited(nb, RIGHT)
        handed_in = folder / "submitted" / student / "m01"
        handed_in.mkdir(parents=True)
        (handed_in / "m01.ipynb").write_text(json.dumps(nb), encoding="utf-8")
        (handed_in / "timestamp.txt").write_text(when)
        (handed_in / "notes.txt").write_text("of the learner's own")
    (folder / "source" / "m01" / "notes.txt").write_text("as handed out")
    for words in [("winnow", "grade", "--nbgrader", "."), ("nbgrader", "autograde", "m01", "--force")]:
        command(folder, course, *words)
        assert (penalty(folder, "early"), penalty(folder, "late")) == (None, 10.0)
        for student in ("early", "late"):
            assert (folder / "autograded" / student / "m01" / "notes.txt").read_text() == "as handed out"
    command(folder, course, "nbgrader", "export", "--exporter=winnow.notebooks.WinnowExporter", "--to=checks.csv")
    with (folder / "checks.csv").open(newline="") as file:
        assert {row["student"]: row["score"] for row in csv.DictReader(file)} == {"early": "10", "late": "0"}


@pytest.mark.parametrize("setting", ["c.Exporter.optimistic_validation = True", "c.LimitOutput.max_lines = 5"])
def test_steps_of_the_instructors_own_are_taken_by_nbgraders_converter(tmp_path: Path, setting: str) -> None:
    conversion = pytest.importorskip("winnow.notebooks.conversion")
    from traitlets.config import PyFileConfigLoader

    course = make(tmp_path / "course")
    command(tmp_path, course, "winnow", "nbgrader", str(tmp_path / "small"))
    config = tmp_path / "small" / "nbgrader_config.py"
    assert conversion.fits(PyFileConfigLoader(str(config)).load_config())
    config.write_text(config.read_text() + setting + "\n")
    assert not conversion.fits(PyFileConfigLoader(str(config)).load_config())
