"""One submission: for each exercise, the file or notebook that is graded, and remarks for the learner."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..course import Exercise
from ..worker.finder import is_library
from . import disguised, typed
from .answer_sheets import answer_sources, in_files, in_notebook
from .exported import names_of, uncommented
from .files import File, Files, list_files, only_file
from .magics import neutralise_script
from .model import Cell, Gathered, Place, QuizSought, Source, Submission, Unreadable, digest_of, shown
from .names import NOTEBOOK_SUFFIXES, Names, closeness, has_near_name, names_in, stem_of
from .near_by import NearBy
from .notebook import not_run, read_notebook
from .room import DATA, Room, of_decoding, of_notebook, of_page
from .text import decode
from .typed import typed_code
from .unread import unread
from .unused import unused

SCRIPT_BYTES = 1 << 20
NOTEBOOK_BYTES = 100 << 20
"""With outputs, which are passed over."""
SCRIPTS = 200
NOTEBOOKS = 20
FALLBACKS = 4
NEAR = 12
"""In so many files that are named for no exercise misspelt functions are looked for."""
ELSEWHERE = 10
"""So many other files are searched for functions that one has not."""

# The kinds of candidates, the preferred first. A weak one only assigns the name, a near one misspells it.
_NAMED, _NOTEBOOK, _SCRIPT, _WEAK, _NEAR, _DAMAGED = range(6)
_NO_NAMES = Names()
_CODE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:#|import |from |def |@|\"\"\"|'''|%)")
_EARLIER = re.compile(
    r"(?<![^\W_\d])(?:old(?:er)?|backups?|bak|drafts?|trash|deprecated|obsolete|outdated|previous|unused)(?![^\W_\d])"
    r"|이전|백업|초안",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,9}")


@dataclass(frozen=True)
class _Code:
    """A file that was read: its cells, or the problem that kept it from being read. `aside`: text cells."""

    file: File
    is_notebook: bool
    cells: tuple[Cell, ...] = ()
    notes: tuple[str, ...] = ()
    problem: str = ""
    text: str = ""
    names: Names = _NO_NAMES
    aside: tuple[tuple[Cell, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.text.strip()


@dataclass(frozen=True)
class _Candidate:
    """A file that may hold the answer to one exercise; the smallest `rank` is preferred."""

    rank: tuple[int, ...]
    code: _Code
    notes: tuple[str, ...] = ()

    def order(self) -> tuple[object, ...]:
        """By rank; of paths that differ in numbers alone the highest comes first: mae_v2.py is later than mae_v1.py."""
        parts = self.code.file.parts
        path = "/".join(parts)
        if self.rank[0] >= _WEAK:
            return self.rank, len(parts), path
        return self.rank, len(parts), _NUMBER.split(path), [-int(digits) for digits in _NUMBER.findall(path)]


def read_submission(
    student: str,
    handed_in: Place | Gathered,
    exercises: Sequence[Exercise],
    quizzes: Sequence[QuizSought] = (),
    around: Path | None = None,
) -> Submission:
    """What one learner handed in for each of `exercises` and `quizzes`.

    Never raises for anything a learner can do: what is missing or cannot be read is a status and a sentence.

    Args:
        around: a folder that it lies in, where there is one. What that holds is not handed in, but may be imported.
    """
    return _submission(student, handed_in, list_files(handed_in, around), exercises, quizzes, around)[0]


def read_one_file(
    student: str, path: Path, raw: bytes, exercises: Sequence[Exercise], quizzes: Sequence[QuizSought] = ()
) -> Submission:
    """What `read_submission` makes of a file, of which `raw` has been read; what lies beside it may be imported.

    Of a notebook it has all `cells` as well: answers to a quiz are among them, too.
    """
    found, read = _submission(student, path, only_file(path.name, raw), exercises, quizzes, path.parent)
    return replace(found, cells=next((code.cells for code in read if code.is_notebook), ()))


def _submission(
    student: str,
    handed_in: Place | Gathered,
    files: Files,
    exercises: Sequence[Exercise],
    quizzes: Sequence[QuizSought],
    around: Path | None,
) -> tuple[Submission, list[_Code]]:
    """The submission, and all its files that were read."""
    in_sheets = list(in_files(files)) if quizzes else []
    read, notes = _read_all(files, exercises)
    is_one_file = isinstance(handed_in, Path) and [file.name for file in files.files] == [handed_in.name]
    taken = {name for exercise in exercises for name in exercise.functions}
    sources = {}
    for exercise in exercises:
        found = [_candidate(code, exercise, exercises, taken, is_one_file) for code in read]
        candidates = sorted((item for item in found if item), key=_Candidate.order)
        sources[exercise.id] = _source(exercise, candidates, files)
    near_by = _near_by(read, files, around)
    sources = {name: near_by.added_to(source) for name, source in sources.items()}
    if quizzes:
        in_cells = [in_notebook(code.file, code.cells, files.room, code.problem)
                    for code in read if _may_answer(code, exercises)]  # fmt: skip
        sources |= answer_sources([*in_sheets, *in_cells], quizzes, files)
    missing = [exercise.id for exercise in exercises if sources[exercise.id].status == "missing"]
    left = list(unread(files, {code.file for code in read}, exercises, missing))
    told = {note.partition(", cell ")[0] for note in notes}
    without = (code for code in read if not (code.problem or code.is_empty or code.names.defined & taken))
    idle = [code.file for code in without if shown(code.file.name) not in told]
    left += unused(idle, sources.values(), exercises) if missing else ()
    notes = list(dict.fromkeys([*files.notes, *files.problems, *notes, *left]))[:20]
    return Submission(student, handed_in, sources, tuple(notes), digest_of(sources.values(), notes)), read


def _near_by(read: Sequence[_Code], files: Files, around: Path | None) -> NearBy:
    # A notebook called numpy.ipynb stands in no library's way.
    texts = {
        code.file: _as_file(code)
        for code in read
        if code.cells and not (code.is_notebook and is_library(f"{stem_of(code.file.name)}.py"))
    }
    near = list_files(around) if around is not None else Files()

    def text(file: File) -> Cell | None:
        code = _read(near, file, is_notebook=False)
        return _as_file(code) if code.cells else None

    may_be = (file for file in near.files if stem_of(file.name) is not None and not _is_check(file.name))
    return NearBy(texts, files, near, may_be, text)


def _is_named(name: str, exercises: Sequence[Exercise]) -> bool:
    return any(closeness(name, exercise.id) is not None for exercise in exercises)


def _may_answer(code: _Code, exercises: Sequence[Exercise]) -> bool:
    """Whether a notebook may hold answers to a quiz: a damaged mae.ipynb is no damaged quiz."""
    return code.is_notebook and not (code.problem and _is_named(code.file.name, exercises))


def _read_all(files: Files, exercises: Sequence[Exercise]) -> tuple[list[_Code], list[str]]:
    """Read the files that can hold code, those named for an exercise first, and collect what concerns all."""
    notebooks, documents = disguised.found(files)
    wanted = [file for file in files.files if _may_be_code(file.name) or file in notebooks or file in documents]
    wanted.sort(key=lambda file: not _is_named(file.name, exercises))
    read: list[_Code] = []
    notes: list[str] = []
    left = {True: NOTEBOOKS, False: SCRIPTS}
    unnamed = 0
    for file in wanted:
        is_notebook = file.name.lower().endswith(NOTEBOOK_SUFFIXES) or file in notebooks
        if not left[is_notebook]:
            notes.append(f"{file.path} and others were not read: there is too much; hand in only your code")
            break
        left[is_notebook] -= 1
        code = _read(files, file, is_notebook)
        if file.name in typed.NAMES and code.is_empty:
            # What was typed beside the files is a word to the instructor.
            continue
        unnamed += not _is_named(file.name, exercises)
        if unnamed > NEAR:
            code = replace(code, names=replace(code.names, outer=()))
        read.append(code)
        if code.is_notebook:
            notes += (*code.notes, *_aside(code, exercises, files.room))
        if code.problem:
            notes.append(code.problem)
        elif code.is_empty and not _is_named(file.name, exercises) and file.name != "__init__.py":
            notes += code.notes or (f"{shown(file.name)} holds no code",)
    return read, notes


def _aside(code: _Code, exercises: Sequence[Exercise], room: Room) -> Iterator[str]:
    """A remark on each function of an exercise that stands in a cell which is no code, as far as there is room."""
    wanted = {name for exercise in exercises for name in exercise.functions}
    for cell, kind in code.aside:
        try:
            room.take_code(cell.source, code.file.name)
        except Unreadable:
            return
        # Between fences it is a text about code, unless the code is nowhere else.
        elsewhere = code.names.defined if "```" in cell.source else ()
        found = [name for name in names_in(cell.source).outer if name in wanted and name not in elsewhere]
        if found:
            yield f"{shown(code.file.name)}, {cell.label} is {kind}, so its {found[0]} is not run: make it a code cell"


def _may_be_code(name: str) -> bool:
    return name in typed.NAMES or (stem_of(name) is not None and not _is_check(name))


def _is_check(name: str) -> bool:
    is_test = name.startswith("test_") and not name.lower().endswith(NOTEBOOK_SUFFIXES)
    return is_test or name in ("conftest.py", "setup.py")


def _read(files: Files, file: File, is_notebook: bool) -> _Code:
    name = shown(file.name)
    try:
        raw = files.read(file, NOTEBOOK_BYTES if is_notebook else SCRIPT_BYTES)
        if file.name in typed.NAMES:
            files.room.take(of_page(raw), name)
            text = typed_code(raw)
            return _Code(file, False, (Cell(name, text),), (), "", text, names_in(text))
        # A notebook saved under a name in .py is still a notebook, and code under one in .ipynb still code.
        is_notebook = is_notebook and _CODE.match(raw) is None
        if is_notebook or (raw.lstrip()[:1] == b"{" and b'"cells"' in raw and b'"nbformat"' in raw):
            files.room.take(of_notebook(raw), name, DATA)
            notebook = read_notebook(raw, name, files.room)
            text = "\n".join(cell.source for cell in notebook.cells)
            return _Code(file, True, notebook.cells, notebook.notes, "", text, names_in(text), notebook.aside)
        files.room.take(of_decoding(raw), name)
        decoded = decode(raw, name)
        files.room.take_code(decoded.text, name)
    except Unreadable as problem:
        return _Code(file, is_notebook, problem=str(problem))
    notes = [decoded.note] if decoded.note else []
    is_document = file.name.lower().endswith(disguised.MARKDOWN)
    text = disguised.as_script(decoded.text) if is_document else uncommented(decoded.text)
    if all(not line.strip() or line.lstrip().startswith("#") for line in text.split("\n")):
        notes.append(f"{name} holds only comments" if text.strip() else f"{name} is empty: did the upload fail?")
        text = ""
    plain = neutralise_script(text)
    if plain.dropped:
        notes.append(f"{name}: {not_run(f'line {line}: {shown(what, 60)}' for line, what in plain.dropped)}")
    otherwise = plain.source if plain.source != text else ""
    return _Code(file, False, (Cell(name, text, otherwise),), tuple(notes), "", text, names_of(text))


def _candidate(
    code: _Code, exercise: Exercise, exercises: Sequence[Exercise], taken: set[str], is_one_file: bool
) -> _Candidate | None:
    """What `code` is for `exercise`, or None when it has nothing to do with it."""
    name, depth = code.file.name, len(code.file.parts) - 1
    close = closeness(name, exercise.id)
    for_another = close is None and _is_named(name, exercises)
    if code.problem:
        return None if for_another else _Candidate((_DAMAGED, close is None, depth), code)
    # What concerns a whole notebook is said once, with the submission.
    notes = () if code.is_notebook else code.notes
    if close is not None and not code.is_notebook:
        return _Candidate((_NAMED, depth, close), code, notes + _remarks(code.file, exercise, close))
    functions = set(exercise.functions)
    if for_another and not functions <= code.names.defined:
        # A helper `mse` in mae.py does not hand in the exercise of five losses.
        return None
    if functions & code.names.defined:
        kind = _NOTEBOOK if code.is_notebook else _SCRIPT
    elif functions & code.names.assigned:
        kind = _WEAK
    elif close is not None or has_near_name(code.names.outer, exercise.functions, taken):
        kind = _NEAR
    else:
        return None
    if not code.is_notebook and not is_one_file:
        notes += (f"found in {shown(name)}: name the file {exercise.id}.py",)
    missing = len(functions - code.names.defined)
    return _Candidate((kind, close is None, for_another, missing, not code.is_notebook, depth), code, notes)


def _remarks(file: File, exercise: Exercise, close: int) -> tuple[str, ...]:
    remarks: tuple[str, ...] = ()
    if close:
        remarks += (f"found as {shown(file.name)}: name the file {exercise.id}.py",)
    # exercises/m05_losses/mae.py is where the course itself puts it.
    if len(file.parts) > 1 and file.parts[-2] != exercise.module:
        remarks += (f"found as {file.path}: put the files at the top of the folder",)
    return remarks


def _source(exercise: Exercise, candidates: list[_Candidate], files: Files) -> Source:
    problems = [item.code.problem for item in candidates if item.code.problem]
    readable = [item for item in candidates if not item.code.problem]
    if not readable:
        return _nothing(exercise, problems or files.problems, files)
    filled = [item for item in readable if not item.code.is_empty]
    distinct: dict[str, _Candidate] = {}
    for item in filled or readable[:1]:
        distinct.setdefault(item.code.text, item)
    tried = list(distinct.values())
    best = tried[0]
    if _is_earlier(best.code.file):
        later = (item for item in tried if item.rank[0] < _WEAK and not _is_earlier(item.code.file))
        best = next((item for item in later if set(exercise.functions) <= item.code.names.defined), best)
    others = [item for item in tried if item is not best]
    if best.rank[0] < _WEAK:
        # Beside a real definition, a variable called mae or a function mae_plot is no other answer.
        others = [item for item in others if item.rank[0] < _WEAK]
    remarks = tuple(problems[:3])
    remarks += tuple(note for item in readable if item.code.is_empty and item is not best for note in item.notes)
    remarks += tuple(_left(exercise, best, others))
    same = [item.code.file.path for item in filled if item is not best and item.code.text == best.code.text]
    if same:
        remarks += (f"{', '.join(same[:3])}: the same as {best.code.file.path}, which is graded",)
    fallbacks = tuple(_found(exercise, item, (best, *others)) for item in others[:FALLBACKS])
    return replace(_found(exercise, best, others, remarks), fallbacks=fallbacks)


def _is_earlier(file: File) -> bool:
    """Whether it lies where its learner keeps what does not count any more: `old/mae.py`, `hw_backup.ipynb`."""
    return any(_EARLIER.search(part) for part in (*file.parts[:-1], stem_of(file.name) or ""))


def _left(exercise: Exercise, best: _Candidate, others: Sequence[_Candidate]) -> Iterator[str]:
    """A remark on the functions that are in the file that is graded, and in others as well."""
    files: dict[str, list[str]] = {}
    for item in others:
        both = [name for name in exercise.functions if name in item.code.names.defined & best.code.names.defined]
        # One that only assigns the name, or misspells it, is another try at all of them.
        whole = len(both) in (len(exercise.functions), 0) and not _adds(exercise, best, item)
        files.setdefault(exercise.id if whole else ", ".join(both), []).append(item.code.file.path)
    for what, paths in files.items():
        if what:
            verb = "are" if ", " in what else "is"
            yield f"{what} {verb} also in {', '.join(paths[:3])}; {best.code.file.path} is graded"


def _adds(exercise: Exercise, item: _Candidate, other: _Candidate) -> bool:
    """Whether another file defines functions of the exercise that this one does not."""
    return bool((other.code.names.defined - item.code.names.defined) & set(exercise.functions))


def _found(exercise: Exercise, item: _Candidate, others: Iterable[_Candidate], remarks: tuple[str, ...] = ()) -> Source:
    code = item.code
    elsewhere = tuple(
        _as_file(other.code)
        for other in others
        if other is not item and len(exercise.functions) > 1 and other.code.names.defined & set(exercise.functions)
    )
    return Source(
        exercise.id, "found", code.cells, "", item.notes + remarks, code.file.path, elsewhere=elsewhere[:ELSEWHERE]
    )


def _as_file(code: _Code) -> Cell:
    """What was read as one text, labelled with its path; of a notebook with a mark before each cell, as editors do."""
    first, *more = code.cells
    if not code.is_notebook:
        return replace(first, label=code.file.path)
    source, otherwise = first.source, first.otherwise or first.source
    return Cell(
        code.file.path,
        "".join([source, *(f"\n# %%\n{cell.source}" for cell in more)]),
        "".join([otherwise, *(f"\n# %%\n{cell.otherwise or cell.source}" for cell in more)]),
    )


def _nothing(exercise: Exercise, problems: Sequence[str], files: Files) -> Source:
    if problems:
        return Source(exercise.id, "unreadable", message=problems[0], notes=tuple(problems[1:4]))
    stray = files.by_stem.get(exercise.id.casefold())
    if stray is not None:
        text = stray.name.lower().endswith((exercise.id, ".txt"))
        what = "name the file" if text else "hand in the code itself, as"
        found = f"found {shown(stray.name)}: {what} {exercise.id}.py"
    else:
        found = f"hand in {exercise.id}.py, or a notebook that defines {', '.join(exercise.functions)}"
    return Source(exercise.id, "missing", message=f"nothing was handed in for {exercise.id}; {found}")
