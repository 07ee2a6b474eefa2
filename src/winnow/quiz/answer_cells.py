"""The answers to a quiz in a notebook's code cells, as text: nothing in the cells is run or compiled.

`winnow.submission.answer_sheets` recognises which cells answer a quiz. `winnow.quiz.notebook` makes the cells: it needs
nbformat, and reading them does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from winnow.quiz import answers as files
from winnow.quiz import literals, variants
from winnow.quiz.answers import Answers
from winnow.quiz.question import Quiz


def read_answers(notebook: Mapping[str, Any], quiz: Quiz) -> Answers:
    """The answers in a notebook's code cells, whatever cells were added, moved or deleted. The last answer counts."""
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


def _is_code(cell: object) -> bool:
    return isinstance(cell, Mapping) and cell.get("cell_type") == "code"


def _source(cell: Mapping[str, Any]) -> str:
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    return source if isinstance(source, str) else ""
