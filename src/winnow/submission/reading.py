"""One submission: for each exercise, the file or notebook that is graded, and remarks for the learner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..course import Exercise
from .files import File, Files, list_files
from .model import Cell, Source, Submission, Unreadable, digest_of, shown
from .names import closeness, definitions, near_names, stem_of
from .notebook import read_notebook
from .text import decode

SCRIPT_BYTES = 1 << 20
NOTEBOOK_BYTES = 32 << 20
SCRIPTS = 200
NOTEBOOKS = 20
FALLBACKS = 4

# The order in which candidates are preferred.
_NAMED, _NOTEBOOK, _SCRIPT, _WEAK_NOTEBOOK, _WEAK_SCRIPT, _NEAR_NOTEBOOK, _NEAR_SCRIPT = range(7)


@dataclass(frozen=True)
class _Code:
    """A file that was read: its cells, or the problem that kept it from being read."""

    file: File
    is_notebook: bool
    cells: tuple[Cell, ...] = ()
    notes: tuple[str, ...] = ()
    problem: str = ""

    @property
    def text(self) -> str:
        return "\n".join(cell.source for cell in self.cells)

    @property
    def is_empty(self) -> bool:
        return not any(cell.source.strip() for cell in self.cells)


@dataclass(frozen=True)
class _Candidate:
    """A file that may hold the answer to one exercise; a smaller `rank` is preferred."""

    rank: tuple[int, ...]
    code: _Code
    notes: tuple[str, ...] = ()


def read_submission(student: str, path: Path, exercises: Sequence[Exercise]) -> Submission:
    """What one learner handed in for each of `exercises`.

    Never raises for anything a learner can do: what is missing or cannot be read is a status and a sentence.
    """
    files = list_files(path)
    read, notes = _read_all(files, exercises)
    single = len(read) == 1 and not path.is_dir()
    taken = {name for exercise in exercises for name in exercise.functions}
    sources = {}
    for exercise in exercises:
        found = [_candidate(code, exercise, exercises, taken, single) for code in read]
        candidates = sorted((item for item in found if item), key=lambda item: item.rank)
        sources[exercise.id] = _source(exercise, candidates, files)
    notes = list(dict.fromkeys(files.notes + files.problems + notes))[:20]
    return Submission(student, path, sources, tuple(notes), digest_of(sources.values(), notes))


def _read_all(files: Files, exercises: Sequence[Exercise]) -> tuple[list[_Code], list[str]]:
    """Read the files that can hold code, those named for an exercise first."""

    def is_named(file: File) -> bool:
        return any(closeness(file.name, exercise.id) is not None for exercise in exercises)

    wanted = [file for file in files.files if stem_of(file.name) is not None and not _is_check(file.name)]
    wanted.sort(key=lambda file: not is_named(file))
    read: list[_Code] = []
    notes: list[str] = []
    counts = {True: 0, False: 0}
    for file in wanted:
        is_notebook = file.name.lower().endswith(".ipynb")
        counts[is_notebook] += 1
        if counts[is_notebook] > (NOTEBOOKS if is_notebook else SCRIPTS):
            notes.append(
                f"{file.path} and others were not read: there are too many files; hand in only your code"
            )
            break
        code = _read(files, file, is_notebook)
        read.append(code)
        notes += code.notes if is_notebook else ()
        if code.problem or (code.is_empty and not is_named(file)):
            notes.append(code.problem or f"{shown(file.name)} is empty: did the upload fail?")
    return read, notes


def _is_check(name: str) -> bool:
    return name.startswith("test_") or name in ("conftest.py", "setup.py")


def _read(files: Files, file: File, is_notebook: bool) -> _Code:
    name = shown(file.name)
    try:
        raw = files.read(file, NOTEBOOK_BYTES if is_notebook else SCRIPT_BYTES)
        if is_notebook or (raw.lstrip()[:1] == b"{" and b'"cells"' in raw):
            notebook = read_notebook(raw, name)
            return _Code(file, True, notebook.cells, notebook.notes)
        decoded = decode(raw, name)
    except Unreadable as problem:
        return _Code(file, is_notebook, problem=str(problem))
    notes = [decoded.note] if decoded.note else []
    text = decoded.text
    if all(not line.strip() or line.lstrip().startswith("#") for line in text.split("\n")):
        notes.append(
            f"{name} holds only comments" if text.strip() else f"{name} is empty: did the upload fail?"
        )
        text = ""
    return _Code(file, False, (Cell(name, text),), tuple(notes))


def _candidate(
    code: _Code, exercise: Exercise, exercises: Sequence[Exercise], taken: set[str], single: bool
) -> _Candidate | None:
    """What `code` is for `exercise`, or None when it has nothing to do with it."""
    name, depth = code.file.name, len(code.file.parts) - 1
    close = closeness(name, exercise.id)
    is_others = close is None and any(closeness(name, other.id) is not None for other in exercises)
    if code.problem:
        return None if is_others else _Candidate((_NEAR_SCRIPT + 1, close is None, depth), code)
    notes = () if code.is_notebook else code.notes
    if close is not None and not code.is_notebook:
        return _Candidate((_NAMED, depth, close), code, notes + _remarks(code.file, exercise, close))
    defined, assigned = definitions(code.text, exercise.functions)
    if is_others and len(defined) < len(exercise.functions):
        # A helper `mse` in mae.py does not hand in the exercise of five losses.
        return None
    if defined:
        kind = _NOTEBOOK if code.is_notebook else _SCRIPT
    elif assigned:
        kind = _WEAK_NOTEBOOK if code.is_notebook else _WEAK_SCRIPT
    elif close is not None or near_names(code.text, exercise, taken):
        kind = _NEAR_NOTEBOOK if code.is_notebook else _NEAR_SCRIPT
    else:
        return None
    if not code.is_notebook and not single:
        notes += (f"found in {shown(name)}: name the file {exercise.id}.py",)
    return _Candidate((kind, close is None, is_others, depth), code, notes)


def _remarks(file: File, exercise: Exercise, close: int) -> tuple[str, ...]:
    remarks: tuple[str, ...] = ()
    if close:
        remarks += (f"found as {shown(file.name)}: name the file {exercise.id}.py",)
    if len(file.parts) > 1 and file.parts[-2] != exercise.module:
        # exercises/m05_losses/mae.py is where the course itself puts it.
        remarks += (f"found as {file.path}: put the files at the top of the folder",)
    return remarks


def _source(exercise: Exercise, candidates: list[_Candidate], files: Files) -> Source:
    readable = [item for item in candidates if not item.code.problem]
    problems = [item.code.problem for item in candidates if item.code.problem]
    readable.sort(key=lambda item: item.code.is_empty)
    distinct: dict[str, _Candidate] = {}
    for item in readable:
        distinct.setdefault(item.code.text, item)
    if not distinct:
        return _nothing(exercise, problems or files.problems)
    best, *others = distinct.values()
    remarks = tuple(problems[:3])
    if others:
        names = ", ".join(item.code.file.path for item in others[:3])
        remarks += (f"{exercise.id} is also in {names}; {best.code.file.path} is graded",)
    fallbacks = tuple(_found(exercise, item) for item in others[:FALLBACKS])
    return _found(exercise, best, remarks, fallbacks)


def _found(
    exercise: Exercise, item: _Candidate, remarks: tuple[str, ...] = (), fallbacks: tuple[Source, ...] = ()
) -> Source:
    return Source(
        exercise.id, "found", item.code.cells, "", item.notes + remarks, item.code.file.path, fallbacks
    )


def _nothing(exercise: Exercise, problems: Sequence[str]) -> Source:
    if problems:
        return Source(exercise.id, "unreadable", message=problems[0], notes=tuple(problems[1:4]))
    wanted = f"hand in {exercise.id}.py, or a notebook that defines {', '.join(exercise.functions)}"
    return Source(
        exercise.id,
        "missing",
        message=f"nothing was handed in for {exercise.id}: {wanted}",
    )
