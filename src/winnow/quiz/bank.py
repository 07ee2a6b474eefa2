"""Reads the question bank: `exercises/<module>/quiz.toml`, and the key of the same path under
`solutions/`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from winnow.course import Course
from winnow.quiz import table
from winnow.quiz.kinds import KINDS, Kind
from winnow.quiz.question import Number, Question, Quiz, QuizError
from winnow.quiz.table import TomlTable
from winnow.quiz.variants import PLACEHOLDER

FILE = "quiz.toml"
KEY_FILE = "quiz_key.toml"
"""The key of a quiz for practice in a learner's copy, beside its questions."""
MAX_DRAWN = 1000
REMARKS = ("finds_out", "source")
"""What the key of any question may say to teachers: what the question finds out about a learner, and where its facts
come from or how they were checked."""

Key = Any
"""What the kind of a question makes of its entry in the key; only that kind looks inside."""


def has_quiz(course: Course, module: str) -> bool:
    """Whether this module has questions, and course.toml does not say `quiz = false`."""
    unused = any(one.id == module and not one.quiz for one in course.modules)
    return not unused and (course.root / "exercises" / module / FILE).is_file()


def for_practice(course: Course, module: str) -> bool:
    """Whether this module has questions to learn from, with the key at hand, and for no points."""
    return has_quiz(course, module) and any(one.id == module and one.practice for one in course.modules)


def counts(course: Course, module: str) -> bool:
    """Whether this module has questions whose answers are graded."""
    return has_quiz(course, module) and not for_practice(course, module)


def has_key(course: Course, module: str) -> bool:
    """Whether the key of this module's quiz is here: in a learner's copy it is, for practice only."""
    return (course.root / _key(course, module)).is_file()


def _key(course: Course, module: str) -> str:
    released = f"exercises/{module}/{KEY_FILE}"
    if for_practice(course, module) and not course.has_graders and (course.root / released).is_file():
        return released
    return f"solutions/{module}/{FILE}"


def modules(course: Course) -> tuple[str, ...]:
    """The modules that have a quiz, in the order of the course."""
    return tuple(module.id for module in course.modules if has_quiz(course, module.id))


def graded(course: Course) -> tuple[str, ...]:
    """The modules whose quizzes are graded, in the order of the course."""
    return tuple(module for module in modules(course) if counts(course, module))


def quiz(course: Course, module: str) -> Quiz:
    """The questions of a module.

    Raises:
        QuizError: there is no quiz, or its file is at fault.
    """
    if not has_quiz(course, module):
        known = ", ".join(modules(course)) or "no quizzes at all"
        raise QuizError(f"there is no quiz for {module}; there is {known}")
    path = course.root / "exercises" / module / FILE
    shown = f"exercises/{module}/{FILE}"
    top = TomlTable(table.load(path, shown), shown)
    title = top.text("title")
    entries = top.tables("questions")
    top.done()
    if not entries:
        raise QuizError(f"{shown} has no questions")
    questions = tuple(_question(entry, module, path.parent, shown) for entry in entries)
    ids = [question.id for question in questions]
    for name in ids:
        if ids.count(name) > 1:
            raise QuizError(f"{shown}: the question {name} is there twice; give one of them another id")
    return Quiz(module, title, questions, path)


def keys(course: Course, quiz: Quiz) -> Mapping[str, Key]:
    """The key of each question, by id.

    Raises:
        QuizError: the file is missing or at fault, or does not fit the questions.
    """
    shown = _key(course, quiz.module)
    top = TomlTable(table.load(course.root / shown, shown), shown)
    found = {}
    for question in quiz.questions:
        entry = TomlTable(top.take(question.id), f"{shown}: {question.id}")
        for remark in REMARKS:
            if remark in entry.data:
                entry.text(remark)
        found[question.id] = KINDS[question.kind].read_key(question, entry)
        entry.done()
    for name in top.data:
        raise QuizError(f"{shown} has a key for {name}, which exercises/{quiz.module}/{FILE} does not ask")
    return found


def _question(entry: TomlTable, module: str, folder: Path, shown: str) -> Question:
    name = entry.text("id")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise QuizError(f"{shown}: the id {name!r} must be a lower-case word that could name a Python variable")
    entry.where = f"{shown}: {name}"
    called = entry.text("kind")
    kind = KINDS.get(called)
    if kind is None:
        raise QuizError(f"{entry.where}: there is no kind of question {called}; there are {', '.join(KINDS)}")
    points = entry.number("points", 1.0)
    version = entry.number("version", 1)
    if points <= 0 or not version.is_integer():
        raise QuizError(f"{entry.where}: points must be above 0, and version a whole number")
    image = None
    alt = ""
    if "image" in entry.data:
        image = folder / entry.text("image")
        alt = entry.text("image_alt")
        if not image.is_file():
            raise QuizError(f"{entry.where}: the image {image.name} is not beside {FILE}")
    question = Question(
        id=name,
        module=module,
        kind=kind.name,
        text=entry.text("text").strip(),
        points=points,
        version=int(version),
        choices=_labelled(entry, "choices", kind),
        matches=_labelled(entry, "matches", kind),
        code=entry.text("code").strip("\n") if "code" in kind.fields else "",
        draw=_drawn(entry) if "draw" in kind.fields else {},
        image=image,
        image_alt=alt,
    )
    entry.done()
    _placeholders(question, entry.where)
    return question


def _labelled(entry: TomlTable, name: str, kind: Kind[Any]) -> Mapping[str, str]:
    if name not in kind.fields:
        return {}
    labelled = entry.labelled(name)
    pattern = kind.labels if name == "choices" else "[a-z]"
    for label in labelled:
        if not re.fullmatch(pattern, label):
            raise QuizError(f"{entry.where}: the label {label!r} in {name} must be of the form {pattern}")
    if len(labelled) < 2:
        raise QuizError(f"{entry.where}: {name} must hold at least two")
    return labelled


def _drawn(entry: TomlTable) -> Mapping[str, tuple[Number, ...]]:
    drawn = {}
    inner = TomlTable(entry.take("draw", {}), f"{entry.where}: draw")
    for name in tuple(inner.data):
        allowed = inner.take(name)
        where = f"{inner.where}: {name}"
        if isinstance(allowed, dict):
            span = TomlTable(allowed, where)
            start, stop, step = span.take("from"), span.take("to"), span.take("step", 1)
            span.done()
            if not all(type(item) is int for item in (start, stop, step)) or step < 1:
                raise QuizError(f"{where}: from, to and step must be whole numbers, and step at least 1")
            allowed = list(range(start, stop + 1, step))
        if not isinstance(allowed, list) or not 0 < len(allowed) <= MAX_DRAWN:
            raise QuizError(f"{where} must be a list of 1 to {MAX_DRAWN} numbers, or a table with from and to")
        if any(isinstance(item, bool) or not isinstance(item, int | float) for item in allowed):
            raise QuizError(f"{where} must hold numbers only")
        drawn[name] = tuple(allowed)
    return drawn


def _placeholders(question: Question, where: str) -> None:
    named = set(PLACEHOLDER.findall(" ".join((question.text, *question.choices.values()))))
    for name in sorted(named ^ set(question.draw)):
        if name in named:
            raise QuizError(f"{where}: the text has [[{name}]], but draw does not say what it may be")
        raise QuizError(f"{where}: {name} is drawn, but the text has no [[{name}]]")
