"""A made course of 40 exercises and 13 quizzes, and a class in it, for the pages that must hold them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from winnow.course import Course, Exercise, Module
from winnow.record import CheckResult, Counterexample, ExerciseResult, Person, RunResult, SubmissionResult
from winnow.submission import Cell, Source

from .made_class import NAMES

TITLES = (
    "From data to a picture that does not lie", "Groups and missing keys", "Data, model, loss, algorithm",
    "Tasks and their metrics", "Losses, and what an outlier does to them", "The multi-layer perceptron",
    "Optimisation", "Convolutional neural networks", "Modern CNNs", "Recurrent neural networks",
    "Attention and the Transformer", "Generative models", "Self-supervised learning",
)  # fmt: skip
CHECKS = (
    ("the worked examples in the statement", "public", 3.0),
    ("any arrays of one shape, whatever their rank", "hidden", 4.0),
    ("integers, float16 and empty input", "hidden", 2.0),
    ("shapes that differ are refused with a message", "hidden", 1.0),
)
WHY = "Signs cancelled: take absolute values before averaging with `np.abs`."
CODE = """import numpy as np


def {name}(y_true, y_pred, reduction="mean"):
    # the two must be of one shape, <b>really</b>
    total = 0.0
    for left, right in zip(np.ravel(y_true), np.ravel(y_pred)):
        total += (left - right) ** 2 if reduction == "mean" else abs(left - right)  # longer than any screen is wide
    return float(total / len(y_true))
"""


def big_course() -> Course:
    """Without files."""
    modules = []
    for at, title in enumerate(TITLES, 1):
        module = f"m{at:02}_{title.split()[0].lower().strip(',')}"
        names = [f"exercise_{at:02}_{letter}" for letter in ("abcd" if at == 1 else "abc")]
        exercises = (
            Exercise(name, module, f"What {name} is for", (name,), ("numpy",), 10.0, 10, 1, ("a",), Path("course"))
            for name in names
        )
        modules.append(Module(module, title, tuple(exercises)))
    return Course(Path("course"), "Deep learning, from the first lecture on", tuple(modules))


def big_run(course: Course, learners: int = 40, seed: int = 3) -> RunResult:
    """Abilities and progress spread."""
    rng = np.random.default_rng(seed)
    names = [*NAMES, *(f"s{at:02}" for at in range(1, learners))][:learners]
    made = [_learner(name, at, course, rng) for at, name in enumerate(names)]
    return RunResult(("landlock", "seccomp"), tuple(sorted(made, key=lambda one: one.student)))


def sources(course: Course) -> dict[str, Source]:
    """Code for every exercise."""
    return {
        one.id: Source(one.id, "found", (Cell(f"{one.id}.py", CODE.format(name=one.id)),), path=f"{one.id}.py")
        for one in course.exercises
    }


def _learner(name: str, at: int, course: Course, rng: np.random.Generator) -> SubmissionResult:
    ability = float(rng.normal(0.6, 1.1))
    progress = int(np.clip(rng.normal(30, 12), 0, 40)) if at % 13 else 0
    results = [_exercise(one, place < progress, ability, rng) for place, one in enumerate(course.exercises)]
    results += [_quiz(module, progress > 5 and bool(rng.random() < 0.5), rng) for module in course.modules]
    person = Person(
        "Kim Minsu" if at == 9 else "", handed_in="2024-05-01 11:22 UTC" if at % 2 else "", late=at % 5 == 0
    )
    score, points = sum(one.score for one in results), sum(one.points for one in results)
    return SubmissionResult(name, score, points, tuple(results), person=person)


def _exercise(exercise: Exercise, begun: bool, ability: float, rng: np.random.Generator) -> ExerciseResult:
    name = exercise.id
    if not begun:
        return ExerciseResult(name, "missing" if rng.random() < 0.6 else "not_started", 0.0, 10.0)
    if rng.random() < 0.01:
        said = f"{name}.py is a PDF, not text: hand in the code itself"
        return ExerciseResult(name, "unreadable", 0.0, 10.0, message=said)
    checks = []
    for at, (title, visibility, worth) in enumerate(CHECKS):
        check = CheckResult(f"test_{at}", title, visibility, "passed", worth, worth)
        if rng.random() >= 1 / (1 + np.exp(-(ability - at * 0.5 + 0.4))):
            called = (
                f"{name}(np.array([[0.5, 1.25, 3.0], [2.0, 7.5, 1.0]]), np.array([[1.0, 0.0, 0.0]]), reduction='mean')"
            )
            shown = Counterexample(called, "0.3333333", "1.0")
            slips = () if rng.random() < 0.3 else (f"slip_{at}",)
            check = replace(check, outcome="failed", score=0.0, why=WHY, counterexample=shown, misconceptions=slips)
        checks.append(check)
    slips = tuple(slip for check in checks for slip in check.misconceptions)
    score = sum(check.score for check in checks)
    return ExerciseResult(name, "graded", score, 10.0, tuple(checks), slips, stopped=bool(rng.random() < 0.01))


def _quiz(module: Module, answered: bool, rng: np.random.Generator) -> ExerciseResult:
    name = f"{module.id}_quiz"
    if not answered:
        return ExerciseResult(name, "missing", 0.0, 8.0, message="no answers to the quiz were handed in")
    right = rng.random(8) < 0.7
    checks = tuple(
        CheckResult(
            f"q{at}", f"question {at}", "hidden", "passed" if ok else "failed", float(ok), 1.0, "" if ok else WHY
        )
        for at, ok in enumerate(right)
    )
    return ExerciseResult(name, "graded", float(right.sum()), 8.0, checks)
