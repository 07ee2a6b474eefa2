"""A quiz scores the same in the terminal, in a file, in a notebook and in nbgrader's hands."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from winnow.course import Course, quiz_name
from winnow.quiz import bank, variants
from winnow.record import ExerciseResult
from winnow.record_file import load as load_record
from winnow.secret import course_secret
from winnow.store import Store

from ..quiz.test_asked import filled, typed_answers
from ..support.part_of_course import part_of_course
from .test_nbgrader import api, command, nbformat

MODULE = "m05_losses"
EVERY = {"right": 100, "mixed": 2, "wrong": 1}
"""Of how many questions one is answered wrongly; `right` errs in the first only."""
WAYS = ("terminal", "file", "notebook", "nbgrader")
Found = dict[str, tuple[float, tuple[str, ...]]]
"""What each question earned, and the misconceptions that the answer showed."""


@dataclass(frozen=True)
class Graded:
    """By way and learner what each question came to; the autograded notebooks, and the record of the files."""

    found: dict[str, dict[str, Found]]
    notebooks: dict[str, str]
    results: dict[str, ExerciseResult]


def by_question(result: ExerciseResult) -> Found:
    return {check.name: (check.score, check.misconceptions) for check in result.checks}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The quiz beside one exercise: what others need would be imported by every process."""
    return part_of_course(tmp_path_factory.mktemp("course"), {"mae"})


@pytest.fixture(scope="module")
def graded(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Graded:
    folder = tmp_path_factory.mktemp("quiz")
    salt = variants.public_salt(course_secret(course.root))
    questions = bank.quiz(course, MODULE).questions
    command(folder, course, "winnow", "nbgrader", str(folder), "--modules", MODULE)
    command(folder, course, "nbgrader", "generate_assignment", MODULE)
    released = nbformat.read(folder / "release" / MODULE / f"{MODULE}.ipynb", 4)
    handed_in = {way: tmp_path_factory.mktemp(way) for way in WAYS[:3]}
    for learner, every in EVERY.items():
        wrong = {question.id for question in questions[::every]}
        # All learners of a notebook share its numbers; a sheet has those of its learner.
        typed = typed_answers(course, MODULE, variants.CLASS, wrong=wrong, salt=salt)
        path = folder / "submitted" / learner / MODULE / f"{MODULE}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(nbformat.writes(filled(nbformat.from_dict(released), typed)), encoding="utf-8")
        (handed_in["notebook"] / learner).mkdir()
        shutil.copy(path, handed_in["notebook"] / learner)
        typed = typed_answers(course, MODULE, learner, wrong=wrong, salt=salt)
        lines = [f"{name} = {json.dumps(answer, ensure_ascii=False)}" for name, answer in typed.items()]
        own = handed_in["file"] / learner / MODULE / "quiz_answers.toml"
        own.parent.mkdir(parents=True)
        own.write_text("\n".join([f'learner = "{learner}"', *lines]), encoding="utf-8")
        asked(
            course,
            tmp_path_factory.mktemp("copy"),
            list(typed.values()),
            handed_in["terminal"] / learner,
            learner,
            salt,
        )
    command(folder, course, "nbgrader", "autograde", MODULE)
    found: dict[str, dict[str, Found]] = {}
    for way, place in handed_in.items():
        out = tmp_path_factory.mktemp("out")
        command(out, course, "winnow", "grade", str(place), "--out", str(out), "--sandbox=off", "--json")
        record = {one.student: one.exercises for one in load_record(out / "results.json").submissions}
        results = {name: one for name, all in record.items() for one in all if one.exercise == quiz_name(MODULE)}
        assert {one.status for one in results.values()} == {"graded"}
        found[way] = {name: by_question(one) for name, one in results.items()}
    found["nbgrader"], notebooks = in_nbgrader(folder)
    return Graded(found, notebooks, results)


def asked(course: Course, copy: Path, lines: list[str], to: Path, learner: str, salt: str) -> None:
    """Answer in a learner's copy of the course with `winnow quiz`, and hand in what it wrote."""
    shutil.copytree(course.root / "exercises", copy / "exercises")
    (copy / "exercises" / variants.SALT_FILE).write_text(salt, encoding="ascii")
    words = [sys.executable, "-m", "winnow.cli", "quiz", MODULE, "--as", learner]
    typed = "".join(f"{line}\n" for line in lines)
    environment = {**os.environ, "WINNOW_COURSE": str(copy)}
    done = subprocess.run(words, input=typed, cwd=copy, env=environment, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    shutil.copytree(copy / "exercises", to / "exercises")


def in_nbgrader(folder: Path) -> tuple[dict[str, Found], dict[str, str]]:
    """What nbgrader's gradebook and winnow's store beside it have, and the autograded notebooks."""
    found, notebooks = {}, {}
    store = Store(folder / "winnow.sqlite")
    with api.Gradebook(f"sqlite:///{folder}/gradebook.db") as book:
        for learner in EVERY:
            kept = by_question(store.latest(learner)[quiz_name(MODULE)])
            found[learner] = {
                name: (grade.auto_score, kept[name][1])
                for notebook in book.find_submission(MODULE, learner).notebooks
                for grade in notebook.grades
                if (name := grade.name.removeprefix(f"quiz_{MODULE}_")) != grade.name
            }
            path = folder / "autograded" / learner / MODULE / f"{MODULE}.ipynb"
            notebooks[learner] = path.read_text(encoding="utf-8")
    store.close()
    return found, notebooks


@pytest.mark.parametrize("learner", EVERY)
def test_a_quiz_is_graded_alike_four_ways(course: Course, graded: Graded, learner: str) -> None:
    questions = bank.quiz(course, MODULE).questions
    wrong = {question.id for question in questions[:: EVERY[learner]]}
    first, *others = (graded.found[way][learner] for way in WAYS)
    assert others == [first] * 3
    assert list(first) == [question.id for question in questions]
    for question in questions:
        score, misconceptions = first[question.id]
        assert (score < question.points) == (question.id in wrong) == bool(misconceptions)


def test_a_wrong_answer_is_explained_in_its_cell(graded: Graded) -> None:
    shown = {
        cell.metadata.nbgrader.grade_id: json.dumps(cell.outputs)
        for cell in nbformat.reads(graded.notebooks["wrong"], 4).cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    }
    result = graded.results["wrong"]
    assert len(result.checks) == 8
    for check in result.checks:
        assert check.why
        assert "Why" in shown[f"quiz_{MODULE}_{check.name}"]


def test_a_new_secret_takes_no_point_from_answers_to_a_notebook_handed_out_before(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WINNOW_SECRET", "when it was handed out")
    command(tmp_path, course, "winnow", "nbgrader", str(tmp_path), "--modules", MODULE)
    command(tmp_path, course, "nbgrader", "generate_assignment", MODULE)
    salt = variants.public_salt(course_secret(course.root))
    typed = typed_answers(course, MODULE, variants.CLASS, salt=salt)
    for learner in ("one", "other"):
        path = tmp_path / "submitted" / learner / MODULE / f"{MODULE}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(
            nbformat.writes(filled(nbformat.read(tmp_path / "release" / MODULE / f"{MODULE}.ipynb", 4), typed))
        )
    monkeypatch.setenv("WINNOW_SECRET", "when it was handed in")
    said = command(tmp_path, course, "winnow", "nbgrader", str(tmp_path), "--modules", MODULE)
    assert "keeps its numbers" in said
    command(tmp_path, course, "nbgrader", "autograde", MODULE, "--student", "one")
    command(tmp_path, course, "winnow", "grade", "--nbgrader", str(tmp_path))
    store = Store(tmp_path / "winnow.sqlite")
    for learner in ("one", "other"):
        quiz = store.latest(learner)[quiz_name(MODULE)]
        assert quiz.score == quiz.points
    store.close()
