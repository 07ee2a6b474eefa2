"""Files that may hold an answer though nobody reads them: a word processor's document, `mae.txt` beside `mae.py`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial

from ..course import Exercise
from . import typed
from .answer_sheets import is_sheet
from .files import OTHER_ARCHIVES, TOO_MANY, File, Files
from .names import closeness, stem_of

TOLD = 3
"""How many are named."""
_DOCUMENTS = (
    ".doc", ".docx", ".odt", ".rtf", ".pages", ".hwp", ".hwpx", ".pdf",
    ".html", ".htm", ".gdoc", ".url", ".webloc", ".pyc",
)  # fmt: skip
_TEXTS = (".txt", ".md", ".r", ".m", ".c", ".cpp", ".java", ".js", ".jl")
"""Those of many uses: remarked on where they are named for an exercise, or where there is nothing else."""
_ASK = "hand in the code itself, as .py or .ipynb"


def unread(
    files: Files, read: Collection[File], exercises: Sequence[Exercise], missing: Collection[str]
) -> Iterator[str]:
    """Remarks on what was handed in and not read. Where nothing was read, on all of it.

    Args:
        missing: exercises whose own messages name what was found instead.
    """
    nothing = not read and TOO_MANY not in files.notes
    may_be: Callable[[str], bool] = (lambda name: True) if nothing else partial(_may_answer, exercises=exercises)
    others = [file for file in files.files if stem_of(file.name) is None and may_be(file.name)]
    left = [file for file in others if not _is_told(file.name, missing) and file not in read]
    if left:
        yield f"{_listed([file.path for file in left[:TOLD]], len(left))} not read: {_ASK}"
    if nothing and missing:
        empty = [file.path for file in files.files if file.name in typed.NAMES]
        yield from (f"{path}, which was typed, holds no function: {_ASK}" for path in empty[:TOLD])
    # Learners have these from the course.
    given = () if nothing else {f"test_{exercise.id}.py" for exercise in exercises}
    checks = [
        file
        for file in files.files
        if stem_of(file.name) is not None and file not in read and file.name not in given
        and (nothing or file.name.startswith("test_"))
    ]  # fmt: skip
    if missing and checks and TOO_MANY not in files.notes:
        told = _listed([file.path for file in checks[:TOLD]], len(checks))
        yield f"{told} not read, being called as tests are: give another name"
    if missing and nothing and files.tools and not left and not checks:
        yield f"{_listed([*files.tools][:TOLD], len(files.tools))} not read, being a program's own: {_ASK}"


def _listed(first: Sequence[str], count: int) -> str:
    more = f" and {count - len(first)} more" if count > len(first) else ""
    return f"{', '.join(first)}{more} {'was' if count == 1 else 'were'}"


def _is_told(name: str, missing: Collection[str]) -> bool:
    """Whether something else is said of a file, or it is read elsewhere."""
    low = name.lower()
    if name in typed.NAMES or is_sheet(name) or low.endswith((".zip", *OTHER_ARCHIVES)):
        return True
    return low.partition(".")[0] in {exercise.casefold() for exercise in missing}


def _may_answer(name: str, exercises: Sequence[Exercise]) -> bool:
    low = name.lower()
    if not low.endswith((*_DOCUMENTS, *_TEXTS)):
        return False
    if any(name in exercise.handed_out and exercise.path("exercises", name).is_file() for exercise in exercises):
        # The formulas of a statement: learners have them from the course.
        return False
    named = any(closeness(f"{name.partition('.')[0]}.py", exercise.id) is not None for exercise in exercises)
    return named or low.endswith(_DOCUMENTS)
