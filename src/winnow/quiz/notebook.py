"""A module's quiz as notebook cells.

Every question is a Markdown cell, a code cell `answer_NAME = None` that learners fill in, and, for nbgrader,
a locked grade cell. All learners of a notebook are asked the same numbers, for nbgrader hands out one
notebook to all."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from nbformat import from_dict
from nbformat.v4 import new_code_cell, new_markdown_cell

from winnow.course import Course
from winnow.quiz import bank, literals, variants
from winnow.quiz.kinds import KINDS
from winnow.quiz.question import Question

PANEL = """\
# Run this cell to answer by clicking; or write your answers into the cells below.
try:
    from winnow.quiz.widgets import panel

    display(panel("{module}"))
except ImportError:
    print("Write your answers into the cells below.")"""


def cells(course: Course, module: str, *, salt: str, graded: bool = True, panel: bool = True) -> list[Any]:
    """The cells of a module's quiz: questions, places for the answers and, if `graded`, nbgrader's grade
    cells.

    With `panel`, a first code cell offers the questions as widgets, which write the file of answers beside
    the notebook; an answer in a cell counts before one in that file.

    Raises:
        QuizError: the quiz is missing or at fault.
    """
    quiz = bank.quiz(course, module)
    made = [
        _cell(
            new_markdown_cell,
            f"## {quiz.title if 'quiz' in quiz.title.lower() else 'Quiz: ' + quiz.title}",
            f"{module}-title",
        )
    ]
    if panel:
        made.append(_cell(new_code_cell, PANEL.format(module=module), f"{module}-panel", {"winnow": {"panel": module}}))
    for number, question in enumerate(quiz.questions, start=1):
        shown = variants.fill(question, variants.draw(question, variants.CLASS, salt))
        made.append(_text_cell(shown, number))
        source = f"# {KINDS[question.kind].form(question)}\n{literals.PREFIX}{question.id} = None"
        made.append(_cell(new_code_cell, source, f"{question.id}-answer", {"winnow": {"answer": question.id}}))
        if graded:
            made.append(_grade_cell(question))
    return made


def _text_cell(question: Question, number: int) -> Any:
    points = f"{question.points:g} point" + ("" if question.points == 1 else "s")
    parts = [f"**{number}.** ({points}) {question.text}"]
    if question.code:
        parts.append(f"```python\n{question.code}\n```")
    if question.image:
        parts.append(f"![{question.image_alt}](attachment:{question.image.name})")
    if question.choices:
        parts.append("\n".join(f"- **{label}** {text}" for label, text in question.choices.items()))
    if question.matches:
        parts.append("with")
        parts.append("\n".join(f"- **{label}** {text}" for label, text in question.matches.items()))
    cell = _cell(new_markdown_cell, "\n\n".join(parts), f"{question.id}-text", {"winnow": {"question": question.id}})
    if question.image:
        data = base64.b64encode(question.image.read_bytes()).decode("ascii")
        cell["attachments"] = {question.image.name: {"image/png": data}}
    return cell


def _grade_cell(question: Question) -> Any:
    metadata = {
        "nbgrader": {
            "schema_version": 3,
            "grade": True,
            "grade_id": f"quiz_{question.module}_{question.id}",
            "locked": True,
            "points": question.points,
            "solution": False,
            "task": False,
        },
        "winnow": {"grade": question.id, "module": question.module},
    }
    source = f"# The answer to {question.id} is graded here."
    return _cell(new_code_cell, source, f"{question.id}-grade", metadata)


def _cell(make: Any, source: str, name: str, metadata: Mapping[str, Any] | None = None) -> Any:
    cell = make(source, metadata=from_dict(dict(metadata or {})))  # type: ignore[no-untyped-call]
    cell["id"] = name.replace("_", "-")[:64]
    return cell
