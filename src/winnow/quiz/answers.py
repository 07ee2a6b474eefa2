"""A learner's answers to one module: a plain TOML file that a person can read, write and mend.

    learner = "kim"
    mae_by_hand = 0.625
    noise = "1b 2c 3a"

`winnow quiz` changes only the line of the question that was answered: comments and the other lines stay.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from winnow.atomic_write import atomically
from winnow.course import ANSWERS, Course
from winnow.quiz.kinds import KINDS
from winnow.quiz.question import Answer, AnswerError, Question, Quiz

FILE = ANSWERS
LEARNER = "learner"
MAX_SIZE = 1 << 16
MAX_DOTS = 200
"""In a line: what it takes to read a key with dots grows with their square."""
MAX_NAME = 100
MAX_BITS = 400
"""Of a whole number, more than any answer needs. Python writes none of some 14 000 bits in decimal digits."""
MANY = 32
"""So many files are remembered as they were read."""
UNKNOWN = 5
"""How many names of no question are told one by one."""
_BARE = re.compile(
    r"([ \t]*[a-z][a-z0-9_]*[ \t]*=[ \t]*)([^\s\"'\\#\[{=][^\"'\\#=\n]{0,200}?)([ \t]*(?:#[^\n]*)?\r?\n?)"
)


class AnswersError(Exception):
    """A file of answers cannot be read at all; the message names the file, the line and what to do."""


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
        if path.stat().st_size > MAX_SIZE:
            raise AnswersError(f"{shown} is larger than a file of answers can be; write one line per question")
        return read(path.read_bytes(), quiz, shown)
    except FileNotFoundError:
        return Answers()
    except OSError as error:
        raise AnswersError(f"{shown} cannot be read: {error.strerror}") from None


def read(content: bytes, quiz: Quiz, shown: str, elsewhere: Container[str] = ()) -> Answers:
    """Read the content of a file of answers, called `shown` in messages.

    `elsewhere` are questions of other quizzes: one file may answer several.

    Raises:
        AnswersError: it cannot be read as TOML.
    """
    text = _text(content, shown)
    data = _toml(text, shown)
    learner = data.pop(LEARNER, "")
    notes = []
    if not isinstance(learner, str):
        notes.append(f'{shown}: learner must be your name in quotes, such as "kim"')
        learner = ""
    if len(learner) > MAX_NAME:
        notes.append(f"{shown}: learner is longer than the {MAX_NAME} letters that a name can have here")
        learner = ""
    lines = _places(text)
    values, problems = judged(data, quiz, lambda name: f"{shown}, {_where(lines, name)}")
    unknown = [name for name in data if not quiz.question(name) and name not in elsewhere]
    notes += [f"{shown}, {_where(lines, name)}: there is no question {name[:MAX_NAME]}" for name in unknown[:UNKNOWN]]
    if len(unknown) > UNKNOWN:
        notes.append(f"{shown}: nor are there questions for {len(unknown) - UNKNOWN} more of its names")
    return Answers(learner, values, problems, tuple(notes))


def named(content: bytes) -> str:
    """The name that a file of answers gives; empty where it gives none, or cannot be read."""
    try:
        found = _toml(_text(content, ""), "").get(LEARNER)
    except AnswersError:
        return ""
    return found if isinstance(found, str) and len(found) <= MAX_NAME else ""


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
        text = _text(path.read_bytes(), path.name) if path.is_file() else ""
        before = _toml(text, path.name)
        if LEARNER not in before:
            before[LEARNER] = learner
            text = f"{LEARNER} = {_quoted(learner)}\n{text}"
        after = _changed(text, question.id, f"{question.id} = {_written(answer)}\n")
        if _others(before, question.id) != _others(_toml(after, path.name), question.id):
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
    return repr(sorted((key, value) for key, value in data.items() if key != name))


def _changed(text: str, name: str, line: str) -> str:
    lines = _lines(text)
    span = _span(lines, name)
    if span is None:
        if lines and not lines[-1].endswith("\n"):
            lines[-1] += "\n"
        # Before the first table: a line after it would belong to the table.
        index = next((i for i, old in enumerate(lines) if old.lstrip().startswith("[")), len(lines))
        span = range(index, index)
    lines[span.start : span.stop] = [line]
    return "".join(lines)


def _lines(text: str) -> list[str]:
    """The lines as TOML counts them: `splitlines` would also split at characters that a text may hold."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _span(lines: list[str], name: str) -> range | None:
    """The lines that hold the entry `name`: as many as it takes to be TOML of its own."""
    start = re.compile(rf"\s*[\"']?{re.escape(name)}[\"']?\s*=")
    for first, line in enumerate(lines):
        if start.match(line):
            for last in range(first + 1, len(lines) + 1):
                try:
                    if set(tomllib.loads("".join(lines[first:last]))) == {name}:
                        return range(first, last)
                except tomllib.TOMLDecodeError:
                    continue
    return None


def _text(content: bytes, shown: str) -> str:
    """The text of a file, with quotes around the answers that lack them where that makes it TOML."""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise AnswersError(f"{shown}, line {line}: this is not UTF-8 text; save the file as UTF-8") from None
    if len(text) > MAX_SIZE:
        raise AnswersError(f"{shown} is larger than a file of answers can be; write one line per question")
    for number, written in enumerate(_lines(text), start=1):
        if written.count(".") > MAX_DOTS:
            raise AnswersError(
                f"{shown}, line {number}: {written.strip()[:60]!r} has more dots than an answer; mend this line"
            )
    return _with_quotes_where_needed(text)


# One file may answer every quiz, and is read for each.
@lru_cache(maxsize=MANY)
def _with_quotes_where_needed(text: str) -> str:
    if _is_toml(text):
        return text
    quoted = "".join(map(_with_quotes, _lines(text)))
    return quoted if _is_toml(quoted) else text


def _with_quotes(line: str) -> str:
    """`noise = b` and `mae_by_hand = 7/8` as texts; any other line as it is."""
    found = _BARE.fullmatch(line)
    return line if found is None or _is_toml(line) else f'{found[1]}"{found[2]}"{found[3]}'


def _is_toml(text: str) -> bool:
    try:
        tomllib.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


@lru_cache(maxsize=MANY)
def _loaded(text: str) -> Mapping[str, object]:
    return {name: _writable(value) for name, value in tomllib.loads(text).items()}


def _writable(value: object) -> object:
    """The same value, in which a hexadecimal, octal or binary number too long to be written out is a text, which no
    question takes for a number: every sentence on it would raise."""
    if isinstance(value, list):
        return [_writable(item) for item in value]
    if isinstance(value, dict):
        return {name: _writable(item) for name, item in value.items()}
    return f"{value:#x}" if isinstance(value, int) and value.bit_length() > MAX_BITS else value


def _toml(text: str, shown: str) -> dict[str, object]:
    try:
        return dict(_loaded(text))
    except (ValueError, RecursionError) as error:
        place = re.search(r"line (\d+)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        lines = _lines(text)
        found = lines[line - 1].strip()[:60] if line <= len(lines) else "the end of the file"
        raise AnswersError(
            f"{shown}, line {line}: {found!r} is not of the form NAME = ANSWER, where ANSWER is "
            'a number or a text in quotes, such as mae_by_hand = 0.625 or noise = "1b 2c 3a"; mend this line'
        ) from None


def _places(text: str) -> dict[str, int]:
    """The number of the first line that gives each name a value."""
    places: dict[str, int] = {}
    for number, line in enumerate(_lines(text), start=1):
        name, equals, _ = line.partition("=")
        if equals:
            places.setdefault(name.strip().strip("\"'"), number)
    return places


def _where(places: Mapping[str, int], name: str) -> str:
    return f"line {places[name]}, {name[:MAX_NAME]}" if name in places else name[:MAX_NAME]


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
