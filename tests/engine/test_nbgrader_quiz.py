"""A quiz in nbgrader's hands scores as it does from the file of answers."""

from __future__ import annotations

import json

import pytest

from winnow.course import load
from winnow.quiz import answers, bank, scoring, variants
from winnow.record import ExerciseResult
from winnow.secret import course_secret

from .class_notebooks import ROOT
from .test_nbgrader import api, command, nbformat
from .test_quiz_asked import filled, typed_answers

Graded = dict[str, tuple[dict[str, float], str, ExerciseResult]]
MODULE = "m05_losses"
EVERY = {"right": 100, "mixed": 2, "wrong": 1}
"""Of how many questions one is answered wrongly; `right` errs in the first only."""


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """By learner: scores in the gradebook by question, the autograded notebook, and the result from the file."""
    course = load(ROOT)
    folder = tmp_path_factory.mktemp("quiz")
    salt = variants.public_salt(course_secret(course.root))
    questions = bank.quiz(course, MODULE).questions
    command(folder, course, "winnow", "nbgrader", str(folder), "--modules", MODULE)
    command(folder, course, "nbgrader", "generate_assignment", MODULE)
    released = nbformat.read(folder / "release" / MODULE / f"{MODULE}.ipynb", 4)
    from_file = {}
    for learner, every in EVERY.items():
        wrong = {question.id for question in questions[::every]}
        typed = typed_answers(course, MODULE, variants.CLASS, wrong=wrong, salt=salt)
        path = folder / "submitted" / learner / MODULE / f"{MODULE}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(nbformat.writes(filled(nbformat.from_dict(released), typed)), encoding="utf-8")
        lines = [f'{answers.LEARNER} = "{variants.CLASS}"']
        lines += [f"{name} = {json.dumps(answer, ensure_ascii=False)}" for name, answer in typed.items()]
        file = "\n".join(lines).encode()
        from_file[learner] = scoring.exercise_result(course, MODULE, variants.CLASS, file, salt=salt)
    command(folder, course, "nbgrader", "autograde", MODULE)
    found = {}
    with api.Gradebook(f"sqlite:///{folder}/gradebook.db") as book:
        for learner, result in from_file.items():
            scores = {
                grade.name.removeprefix(f"quiz_{MODULE}_"): grade.auto_score
                for notebook in book.find_submission(MODULE, learner).notebooks
                for grade in notebook.grades
                if grade.name.startswith("quiz_")
            }
            text = (folder / "autograded" / learner / MODULE / f"{MODULE}.ipynb").read_text(encoding="utf-8")
            found[learner] = scores, text, result
    return found


@pytest.mark.parametrize("learner", EVERY)
def test_every_question_scores_as_it_does_from_the_file(graded: Graded, learner: str) -> None:
    scores, _, result = graded[learner]
    assert result.status == "graded"
    assert scores == pytest.approx({check.name: check.score for check in result.checks})
    assert len(set(scores.values())) > 1


def test_a_wrong_answer_is_explained_in_its_cell(graded: Graded) -> None:
    _, text, result = graded["wrong"]
    shown = {
        cell.metadata.nbgrader.grade_id: json.dumps(cell.outputs)
        for cell in nbformat.reads(text, 4).cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    }
    assert len(result.checks) == 8
    for check in result.checks:
        assert check.why
        assert "Why" in shown[f"quiz_{MODULE}_{check.name}"]
