"""A learner's answers to one module: a plain TOML file that a person can read, write and mend.

    learner = "kim"
    mae_by_hand = 0.625
    noise = "1b 2c 3a"

`winnow quiz` changes only the line of the question that was answered: comments and the other lines stay.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from winnow.atomic_write import atomically
from winnow.course import ANSWERS, Course
from winnow.quiz import literals, sheet
from winnow.quiz.kinds import KINDS
from winnow.quiz.question import Answer, AnswerError, Question, Quiz
from winnow.quiz.sheet import AnswersError as AnswersError

FILE = ANSWERS
LEARNER = "learner"
MAX_NAME = 100
UNKNOWN = 5
"""How many names of no question are told one by one."""


@dataclass(frozen=True)
class Answers:
    """What one learner answered. `problems` has, for each question whose answer is not of the expected form,
    one sentence that says what it must be; `notes` are remarks on the rest of the file."""

    learner: str = ""
    values: Mapping[str, Answer] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def file(course: Course, module: str) -> Path:
    """Where a learner's answers to this module lie."""
    return course.root / "exercises" / module / FILE


def load(path: Path, quiz: Quiz, shown: str = "") -> Answers:
    """Read a file of answers; one that does not exist holds none.

    Raises:
        AnswersError: it cannot be read as TOML.
    """
    shown = shown or f"{quiz.module}/{path.name}"
    try:
        if path.stat().st_size > sheet.MAX_SIZE:
            raise AnswersError(f"{shown} is larger than a file of answers can be; write one line per question")
        if not (path.is_file() or path.is_dir()):
            raise AnswersError(f"{shown} is a pipe, a socket or a device: put an ordinary file in its place")
        return read(path.read_bytes(), quiz, shown, strict=True)
    except FileNotFoundError:
        return Answers()
    except OSError as error:
        raise AnswersError(f"{shown} cannot be read: {error.strerror}") from None


def read(content: bytes, quiz: Quiz, shown: str, elsewhere: Container[str] = (), strict: bool = False) -> Answers:
    """Read the content of a file of answers, called `shown` in messages.

    Args:
        elsewhere: questions of other quizzes: one file may answer several.
        strict: whether one line that is no TOML makes the file unreadable, as it must be where an answer is to be
            written into it. Otherwise only its own question is lost.

    Raises:
        AnswersError: no answer can be read.
    """
    text = sheet.text_of(content, shown)
    if strict:
        sheet.table(text, shown)
    found = sheet.entries(text, shown)
    learner, notes = _learner(found, shown)
    data: dict[str, object] = {}
    lines: dict[str, sheet.SheetEntry] = {}
    broken: dict[str, str] = {}
    unknown = []
    for entry in found:
        question = quiz.question(entry.name) or quiz.question(entry.name.removeprefix(literals.PREFIX))
        if question is None:
            unknown += [entry] if entry.name != LEARNER and entry.name not in elsewhere else []
            continue
        where = _where(shown, entry)
        first = lines.setdefault(question.id, entry)
        if isinstance(entry.value, sheet.Broken):
            cannot = f"{entry.value.text[:MAX_NAME]!r} cannot be read"
            broken[question.id] = f"{where}: {cannot}; the answer must be {KINDS[question.kind].form(question)}"
        elif first is not entry and repr(first.value) != repr(entry.value):
            broken[question.id] = f"{where}: line {first.line} has another answer to this question; keep one of them"
        data[question.id] = entry.value
    values, problems = judged(
        {name: value for name, value in data.items() if name not in broken},
        quiz,
        lambda name: _where(shown, lines[name]),
    )
    notes += [_unknown(shown, entry) for entry in unknown[:UNKNOWN]]
    if len(unknown) > UNKNOWN:
        notes.append(f"{shown}: nor are there questions for {len(unknown) - UNKNOWN} more of its names")
    return Answers(learner, values, {**problems, **broken}, tuple(notes))


def named(content: bytes) -> str:
    """The name that a file of answers gives; empty where it gives none, or cannot be read."""
    try:
        return _learner(sheet.entries(sheet.text_of(content, ""), ""), "")[0]
    except AnswersError:
        return ""


def _learner(entries: Iterable[sheet.SheetEntry], shown: str) -> tuple[str, list[str]]:
    """The name that the entries give, and what is wrong with it."""
    given = [entry.value for entry in entries if entry.name == LEARNER]
    if not given:
        return "", []
    if len(set(map(repr, given))) > 1:
        return "", [f"{shown}: learner is there more than once; keep one line with your name"]
    name = given[0]
    if not isinstance(name, str):
        return "", [f'{shown}: learner must be your name in quotes, such as "kim"']
    if len(name) > MAX_NAME:
        return "", [f"{shown}: learner is longer than the {MAX_NAME} letters that a name can have here"]
    return name, []


def _where(shown: str, entry: sheet.SheetEntry) -> str:
    return (
        f"{shown}, line {entry.line}, {entry.written[:MAX_NAME]}"
        if entry.line
        else f"{shown}, {entry.written[:MAX_NAME]}"
    )


def _unknown(shown: str, entry: sheet.SheetEntry) -> str:
    if not entry.name and isinstance(entry.value, sheet.Broken):
        return f"{shown}, line {entry.line}: {entry.value.text[:MAX_NAME]!r} is not of the form NAME = ANSWER"
    return f"{_where(shown, entry)}: there is no question {entry.written[:MAX_NAME]}"


def judged(
    data: Mapping[str, object], quiz: Quiz, where: Callable[[str], str]
) -> tuple[dict[str, Answer], dict[str, str]]:
    """The answers of the expected form, and a sentence for each of the others; `where(name)` opens it."""
    values = {}
    problems = {}
    for question in quiz.questions:
        raw = data.get(question.id)
        if raw is None or raw == "":
            continue
        try:
            values[question.id] = KINDS[question.kind].parse(question, raw)
        except AnswerError as error:
            problems[question.id] = f"{where(question.id)}: {error}"
    return values, problems


def save(path: Path, question: Question, answer: Answer, learner: str) -> None:
    """Write one answer into the file, in place of an earlier one. The file is whole at every moment.

    Raises:
        AnswersError: the file that is there cannot be read as TOML, or not be written; it is left as it is.
    """
    try:
        text = sheet.text_of(path.read_bytes(), path.name) if path.is_file() else ""
        before = sheet.table(text, path.name)
        if LEARNER not in before:
            before[LEARNER] = learner
            text = f"{LEARNER} = {_quoted(learner)}\n{text}"
        after = _changed(text, question.id, f"{question.id} = {_written(answer)}\n")
        if _others(before, question.id) != _others(sheet.table(after, path.name), question.id):
            raise AnswersError(
                f"{path.name}: {question.id} cannot be written without touching another answer; "
                "put every answer on a line of its own"
            )
        with atomically(path) as part:
            part.write_bytes(after.encode("utf-8"))
    except OSError as error:
        raise AnswersError(f"{path} cannot be written: {error.strerror}; your answer is not noted") from None


def _others(data: Mapping[str, object], name: str) -> str:
    """All entries but one, such that equal texts mean equal entries, not-a-number included."""
    return repr(sorted((key, value) for key, value in data.items() if not _names(key, name)))


def _changed(text: str, name: str, line: str) -> str:
    lines = sheet.lines_of(text)
    span = _span(lines, name)
    if span is None:
        if lines and not lines[-1].endswith("\n"):
            lines[-1] += "\n"
        # Before the first table: a line after it would belong to the table.
        index = next((i for i, old in enumerate(lines) if old.lstrip().startswith("[")), len(lines))
        span = range(index, index)
    lines[span.start : span.stop] = [line]
    return "".join(lines)


def _span(lines: list[str], name: str) -> range | None:
    """The lines that hold the entry `name`: as many as it takes to be TOML of its own."""
    for first, line in enumerate(lines):
        if _names(line.partition("=")[0], name):
            for last in range(first + 1, len(lines) + 1):
                try:
                    found = tomllib.loads("".join(lines[first:last]))
                    if len(found) == 1 and all(_names(written, name) for written in found):
                        return range(first, last)
                except tomllib.TOMLDecodeError:
                    continue
    return None


def _names(written: str, name: str) -> bool:
    """Whether a name as it is written is that of this question."""
    return sheet.called(written).removeprefix(literals.PREFIX) in (name, name.removeprefix(literals.PREFIX))


def _written(answer: Answer) -> str:
    if isinstance(answer, float):
        return str(int(answer)) if answer.is_integer() and abs(answer) < 1e15 else repr(answer)
    return _quoted(typed(answer))


def _quoted(text: str) -> str:
    """A text as TOML writes it: as JSON does, but for one control character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def typed(answer: Answer) -> str:
    """The answer as one would type it: `b`, `ac`, `0.25`, `1b 2a`."""
    if isinstance(answer, Mapping):
        return " ".join(f"{number}{letter}" for number, letter in answer.items())
    if isinstance(answer, tuple):
        return "".join(answer)
    return f"{answer:.12g}" if isinstance(answer, float) else answer
