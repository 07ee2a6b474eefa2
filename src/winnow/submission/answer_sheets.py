"""Which answers to which quiz: files of answers and cells of notebooks, under whatever name and wherever they lie.

What the answers are is for `winnow.quiz` to read; here only the names of the questions are looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from ..course import ANSWERS
from ..quiz import literals
from ..quiz.sheet import called
from .files import File, Files
from .model import Cell, QuizSought, Source, Unreadable, shown
from .room import Room, of_answers, of_decoding, of_sheet
from .text import decode

SUFFIXES = (".toml", ".toml.txt")
NAMED_SUFFIXES = (*SUFFIXES, ".txt")
OURS = ("quiz_key.toml",)
"""What a learner's copy may hold of the course's own with names of questions in it."""
SHEETS = 50
SHEET_BYTES = 1 << 20
MORE = "holds more answers than a quiz has"

_NAMED = re.compile(PurePath(ANSWERS).stem.replace("_", r"[\W_]?").replace("answers", "answers?"))
# `name = "b"`, `name: b`, `name.1 = "b"` or `[name]`; `name = ""` is a question left for later. Blanks are never given
# back, so that the time stays linear in the text.
_ANSWERED = re.compile(
    r"""^[ \t]*+(?:\[[ \t]*+)?["']?([^\W\d_](?:[ -]?\w){0,80}+)["']?[ \t]*+"""
    r"""(?:\]|\.|[=:\uff1d][ \t]*+(?!(?:""|'')?[ \t]*+(?:\#|$)))""",
    re.MULTILINE,
)


@dataclass(frozen=True)
class AnswerSheet:
    """A file of answers or a notebook: the questions that it names, and those of them that it answers. One that was
    `renamed` is known by these alone."""

    file: File
    cells: tuple[Cell, ...] = ()
    named: frozenset[str] = frozenset()
    answered: frozenset[str] = frozenset()
    is_notebook: bool = False
    renamed: bool = False
    notes: tuple[str, ...] = ()
    problem: str = ""

    @property
    def text(self) -> str:
        return "\n".join(cell.source for cell in self.cells)


def in_notebook(file: File, cells: Iterable[Cell], room: Room, problem: str = "") -> AnswerSheet:
    """The cells of a notebook that hold answers; the others are none of a quiz' business."""
    kept: list[Cell] = []
    values: dict[str, object] = {}
    for cell in cells:
        if literals.PREFIX in cell.source and len(cell.source) <= literals.MAX_TEXT:
            try:
                room.take(of_answers(cell.source), shown(file.name), MORE)
            except Unreadable as refused:
                return AnswerSheet(file, is_notebook=True, problem=str(refused))
        found = literals.assignments(cell.source)
        if found:
            kept.append(cell)
            values |= found
    answered = frozenset(name for name, value in values.items() if value is not None)
    return AnswerSheet(file, tuple(kept), frozenset(values), answered, True, problem=problem)


def in_files(files: Files) -> Iterator[AnswerSheet]:
    """The files of answers, nearest to the top first; then the TOML files under other names."""
    named = [file for file in files.files if is_sheet(file.name)]
    others = [file for file in files.files if file.name.lower().endswith(SUFFIXES) and file.name not in OURS]
    for file in [*named, *(file for file in others if file not in named)][:SHEETS]:
        renamed = not is_sheet(file.name)
        try:
            raw = files.read(file, SHEET_BYTES)
            files.room.take(of_decoding(raw) + of_sheet(raw), file.path, MORE)
            decoded = decode(raw, file.path, coding_line=False)
        except Unreadable as problem:
            if not renamed:
                yield AnswerSheet(file, problem=str(problem))
            continue
        written = map(called, _ANSWERED.findall(decoded.text))
        answered = frozenset(name for one in written for name in (one, one.removeprefix(literals.PREFIX)))
        notes = (decoded.note,) if decoded.note else ()
        yield AnswerSheet(file, (Cell(ANSWERS, decoded.text),), answered, answered, renamed=renamed, notes=notes)


def answer_sources(sheets: Sequence[AnswerSheet], quizzes: Sequence[QuizSought], files: Files) -> dict[str, Source]:
    """What was handed in for each quiz.

    The file of answers comes before a notebook, which then is its fallback: each question may be answered in either.
    What is not of any quiz is remarked on in `files`.
    """
    found = {quiz.quiz: [sheet for sheet in sheets if _is_for(sheet, quiz, quizzes)] for quiz in quizzes}
    used = {id(sheet) for chosen in found.values() for sheet in chosen}
    for sheet in sheets:
        if quizzes and not sheet.is_notebook and not sheet.renamed and id(sheet) not in used:
            files.notes.append(f"{sheet.file.path} answers no quiz that we know: is it in the folder of its module?")
    return {quiz.quiz: _source(quiz, found[quiz.quiz], quizzes, files) for quiz in quizzes}


def is_sheet(name: str) -> bool:
    """Whether a file is called as one of answers is."""
    # "quiz_answers (1).toml", "m05_losses_quiz_answers.toml", "kim_4711_quiz_answers.toml.txt", "Quiz Answers.txt"
    return name.lower().endswith(NAMED_SUFFIXES) and _NAMED.search(name.lower()) is not None


def _is_for(sheet: AnswerSheet, quiz: QuizSought, quizzes: Sequence[QuizSought]) -> bool:
    placed = _placed(sheet.file, quizzes)
    if sheet.problem:
        return placed in (None, quiz)
    if sheet.renamed and not any(one.questions & sheet.named for one in quizzes):
        return False
    # Where a file lies decides only if it can be so: it may have been put into the wrong folder.
    if placed is not None and (
        placed.questions & sheet.named or not any(one.questions & sheet.named for one in quizzes)
    ):
        return placed == quiz and (not sheet.is_notebook or bool(sheet.named & quiz.questions))
    return bool(quiz.questions & sheet.named)


def _placed(file: File, quizzes: Sequence[QuizSought]) -> QuizSought | None:
    """The quiz whose module the file or a folder around it is named after, the nearest first."""
    for part in reversed(file.parts):
        words = f"_{re.sub(r'[^a-z0-9]+', '_', part.lower())}_"
        for quiz in quizzes:
            if f"_{quiz.module.lower()}_" in words:
                return quiz
    return quizzes[0] if len(quizzes) == 1 else None


def _source(quiz: QuizSought, sheets: Sequence[AnswerSheet], quizzes: Sequence[QuizSought], files: Files) -> Source:
    problems = [sheet.problem for sheet in sheets if sheet.problem]
    readable = [sheet for sheet in sheets if not sheet.problem]
    if not readable:
        return _nothing(quiz, problems or files.problems)

    def rank(sheet: AnswerSheet) -> tuple[bool, bool, bool, int, bool]:
        file = sheet.file
        return sheet.is_notebook, sheet.renamed, _placed(file, quizzes) != quiz, len(file.parts), file.name != ANSWERS

    filled = sorted((sheet for sheet in readable if sheet.answered & quiz.questions), key=rank)
    distinct: dict[str, AnswerSheet] = {}
    for sheet in filled or sorted(readable, key=rank)[:1]:
        distinct.setdefault(sheet.text, sheet)
    best, *others = distinct.values()
    beside = None if best.is_notebook else next((sheet for sheet in others if sheet.is_notebook), None)
    left = [sheet.file.path for sheet in others if sheet is not beside]
    if beside is None and not best.is_notebook:
        # Answered by clicking alone, its cells are as they were; it says that the file has the numbers of a notebook.
        beside = next((sheet for sheet in readable if sheet.is_notebook and sheet.named & quiz.questions), None)
    remarks = tuple(problems[:3])
    if left:
        remarks += (f"{quiz.quiz} is also in {', '.join(left[:3])}; {best.file.path} is graded",)
    return _found(quiz, best, remarks, (_found(quiz, beside),) if beside else ())


def _found(
    quiz: QuizSought, sheet: AnswerSheet, remarks: tuple[str, ...] = (), fallbacks: tuple[Source, ...] = ()
) -> Source:
    return Source(quiz.quiz, "found", sheet.cells, "", sheet.notes + remarks, sheet.file.path, fallbacks)


def _nothing(quiz: QuizSought, problems: Sequence[str]) -> Source:
    if problems:
        return Source(quiz.quiz, "unreadable", message=problems[0], notes=tuple(problems[1:4]))
    where = f"exercises/{quiz.module}/{ANSWERS}"
    said = f"no answers to the quiz were handed in; hand in {where}, which winnow quiz {quiz.module} writes"
    return Source(quiz.quiz, "missing", message=f"{said}, or the notebook with your answers")
