"""What a graded cell shows: the feedback on its checks, and the one number that nbgrader reads."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Template
from nbformat import from_dict

from winnow.course import Course
from winnow.feedback.markdown import exercise_markdown
from winnow.feedback.page import environment
from winnow.feedback.words import ExerciseWords, Sentences, exercise_words, points
from winnow.notebooks.grading import plain
from winnow.notebooks.groups import GROUPS, GradedCell
from winnow.record import ExerciseResult

TEMPLATES = Path(__file__).parent / "templates"


def outputs(
    course: Course, graded: GradedCell, result: ExerciseResult | None, score: float, sentences: Sentences
) -> Any:
    """The outputs of one graded cell."""
    number: dict[str, Any] = {"output_type": "execute_result", "metadata": {}, "execution_count": None}
    number["data"] = {"text/plain": repr(float(score))}
    shown = []
    if result:
        told = _data(words(course, graded, result, score, sentences))
        shown = [{"output_type": "display_data", "metadata": {}, "data": told}]
    return [from_dict(output) for output in [*shown, number]]  # type: ignore[no-untyped-call]


def words(
    course: Course, graded: GradedCell, result: ExerciseResult, score: float, sentences: Sentences
) -> ExerciseWords:
    """The feedback of one cell: its own checks; what concerns the whole exercise stands in the first cell only."""
    if graded.group not in GROUPS:
        return _question(course, graded, result, sentences)
    whole = exercise_words(result, course, sentences)
    # Of an exercise that was not graded there are no words on single checks.
    both = zip(whole.checks, result.checks, strict=False)
    mine = [told for told, judged in both if plain(judged.name) in graded.checks]
    headline = whole.headline if result.status != "graded" else f"{points(score, graded.points)} points"
    made = replace(whole, checks=tuple(mine), headline=headline)
    return made if graded.group == "public" else replace(made, message="", notes=(), output="")


def _question(course: Course, graded: GradedCell, result: ExerciseResult, sentences: Sentences) -> ExerciseWords:
    """One question of the quiz. Each stands in a cell of its own, so that each wrong answer is explained."""
    # The question and the answer stand above in the notebook.
    asked = tuple(replace(check, given=None) for check in result.checks if check.name in graded.checks)
    alone = replace(result, checks=asked, score=sum(check.score for check in asked), points=graded.points, notes=())
    title = asked[0].title if asked else graded.group.replace("_", " ")
    return replace(exercise_words(alone, course, sentences), id="quiz", title=title)


def _data(words: ExerciseWords) -> dict[str, str]:
    text = exercise_markdown(words)
    return {"text/html": _template().render(exercise=words), "text/markdown": text, "text/plain": text}


@cache
def _template() -> Template:
    return environment(TEMPLATES).get_template("checks.html")
