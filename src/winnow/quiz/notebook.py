"""A module's quiz as notebook cells, and the answers back out of them as text.

Every question is a Markdown cell, a code cell `answer_NAME = None` that learners fill in, and, for nbgrader,
a locked grade cell. All learners of a notebook are asked the same numbers, for nbgrader hands out one
notebook to all."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from typing import Any

from nbformat import from_dict
from nbformat.v4 import new_code_cell, new_markdown_cell

from winnow.course import Course
from winnow.quiz import answers as files
from winnow.quiz import bank, literals, variants
from winnow.quiz.answers import Answers
from winnow.quiz.kinds import KINDS
from winnow.quiz.question import Question, Quiz

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
    made = [_cell(new_markdown_cell, f"## {quiz.title}", f"{module}-title")]
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


def read_answers(notebook: Mapping[str, Any], quiz: Quiz) -> Answers:
    """The answers in a notebook's code cells, whatever cells were added, moved or deleted; the last one
    counts.

    The cells are read as text: nothing in them is run or compiled.
    """
    return read_sources((_source(cell) for cell in notebook.get("cells", ()) if _is_code(cell)), quiz)


def read_sources(sources: Iterable[str], quiz: Quiz) -> Answers:
    """The answers in the sources of code cells, in order."""
    found: dict[str, object] = {}
    for source in sources:
        found.update(literals.assignments(source))
    wrong = {name: str(value) for name, value in found.items() if isinstance(value, literals.LiteralError)}
    data = {name: value for name, value in found.items() if name not in wrong}
    values, problems = files.judged(data, quiz, lambda name: f"cell {literals.PREFIX}{name}")
    for name, says in wrong.items():
        if quiz.question(name):
            problems[name] = f"cell {literals.PREFIX}{name}: {says}"
    return Answers(variants.CLASS, values, problems)


def merged(in_cells: Answers, in_file: Answers) -> Answers:
    """The answers of a notebook and of the file beside it: where both have one, the cell's counts."""
    answered = {*in_cells.values, *in_cells.problems}
    return Answers(
        variants.CLASS,
        {**in_file.values, **in_cells.values},
        {
            **{name: says for name, says in in_file.problems.items() if name not in answered},
            **in_cells.problems,
        },
        (*in_cells.notes, *in_file.notes),
    )


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


def _is_code(cell: object) -> bool:
    return isinstance(cell, Mapping) and cell.get("cell_type") == "code"


def _source(cell: Mapping[str, Any]) -> str:
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    return source if isinstance(source, str) else ""
