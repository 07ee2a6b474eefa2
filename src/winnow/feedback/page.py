"""Feedback as one HTML page per learner, and the template machinery that the class report shares."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from winnow.feedback.mend import mend_first
from winnow.feedback.visible import visible
from winnow.feedback.words import OUTCOMES, ExerciseWords, LearnerWords, number, spans

TEMPLATES = Path(__file__).parent / "templates"
BEGUN = frozenset(("graded", "unreadable", "grader_error"))
"""What has a section of its own on a learner's page; the rest is a line."""


def _shown(value: Any) -> Any:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def sentence(text: str) -> Markup:
    """The text with its `code` spans marked up."""
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if code else escape(part) for part, code in spans(visible(text))
    )


@cache
def environment(*folders: Path) -> Environment:
    """Templates from `folders`, then from here. Values are escaped and made visible; a missing one fails."""
    made = Environment(
        loader=FileSystemLoader([*folders, TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["outcomes"] = OUTCOMES
    made.filters |= {"sentence": sentence, "number": number}
    return made


def inline(folder: Path, name: str) -> Markup:
    """A style sheet or script of ours, to stand in a page as it is."""
    return Markup((folder / name).read_text(encoding="utf-8").strip())


@cache
def _style() -> Markup:
    return inline(TEMPLATES, "palette.css") + Markup("\n") + inline(TEMPLATES, "learner.css")


def learner_page(words: LearnerWords, course_title: str) -> str:
    """The whole page: self-contained, without scripts."""
    modules: dict[str, list[tuple[int, ExerciseWords]]] = {}
    for place, exercise in enumerate(words.exercises, 1):
        modules.setdefault(exercise.module, []).append((place, exercise))
    return (
        environment()
        .get_template("learner.html")
        .render(
            words=words,
            course_title=course_title,
            mend=mend_first(words),
            modules=modules,
            begun=sum(exercise.status in BEGUN for exercise in words.exercises),
            is_begun=BEGUN.__contains__,
            style=_style(),
        )
    )
