"""The questions of a module as widgets, where ipywidgets is installed. A click writes the file of answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipywidgets

from winnow.course import Course, find_root, load
from winnow.quiz import answers as files
from winnow.quiz import bank, scoring, variants
from winnow.quiz.kinds import KINDS
from winnow.quiz.question import Answer, AnswerError, Question

NONE = "not yet"


def panel(module: str, path: Path | None = None, course: Course | None = None) -> Any:
    """A box with an input per question; answers go to the file of answers in the working folder.

    Raises:
        QuizError: the quiz is missing or at fault.
        AnswersError: the file of answers cannot be read.
    """
    course = course or load(find_root())
    quiz = bank.quiz(course, module)
    path = path or Path.cwd() / files.FILE
    given = files.load(path, quiz).values
    rows = []
    for number, question in enumerate(quiz.questions, start=1):
        said = ipywidgets.Label()
        label = ipywidgets.Label(f"{number}. {scoring.title(question)}", layout={"width": "16em"})
        rows.append(
            ipywidgets.HBox([label, _input(question, given.get(question.id), _saver(path, question, said)), said])
        )
    return ipywidgets.VBox(rows)


def _saver(path: Path, question: Question, said: Any) -> Callable[[object], None]:
    def save(raw: object) -> None:
        if raw in (None, "", ()):
            return
        try:
            files.save(path, question, KINDS[question.kind].parse(question, raw), variants.CLASS)
            said.value = "noted"
        except (AnswerError, files.AnswersError, OSError) as error:
            said.value = str(error)

    return save


def _input(question: Question, given: Answer | None, save: Callable[[object], None]) -> Any:
    if question.kind == "single":
        options = [(NONE, None), *((label, label) for label in question.choices)]
        made = ipywidgets.Dropdown(options=options, value=given)
    elif question.kind == "multiple":
        made = ipywidgets.SelectMultiple(options=list(question.choices), value=given or (), rows=len(question.choices))
    else:
        text = "" if given is None else files.typed(given)
        made = ipywidgets.Text(text, placeholder=KINDS[question.kind].typed(question), continuous_update=False)
    made.observe(lambda change: save(change["new"]), names="value")
    return made
