"""Files that may hold an answer though nobody reads them: a word processor's document, `mae.txt` beside `mae.py`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ..course import Exercise
from . import typed
from .files import File
from .model import shown
from .names import closeness, stem_of

TOLD = 3
"""How many are named."""
_DOCUMENTS = (
    ".doc", ".docx", ".odt", ".rtf", ".pages", ".hwp", ".hwpx", ".pdf",
    ".html", ".htm", ".gdoc", ".url", ".webloc", ".pyc",
)  # fmt: skip
_TEXTS = (".txt", ".md", ".r", ".m", ".c", ".cpp", ".java", ".js", ".jl")
"""Those of many uses: remarked on where they are named for an exercise."""


def unread(files: Sequence[File], exercises: Sequence[Exercise], missing: Collection[str]) -> Iterator[str]:
    """A remark on them.

    Args:
        missing: exercises whose own messages name what was found instead.
    """
    left = [file for file in files if _may_answer(file.name, exercises, missing)]
    if left:
        more = f" and {len(left) - TOLD} more" if len(left) > TOLD else ""
        names = ", ".join(shown(file.path) for file in left[:TOLD])
        were = "was" if len(left) == 1 else "were"
        yield f"{names}{more} {were} not read: hand in the code itself, as .py or .ipynb"


def _may_answer(name: str, exercises: Sequence[Exercise], missing: Collection[str]) -> bool:
    low = name.lower()
    if stem_of(name) is not None or name in typed.NAMES or not low.endswith((*_DOCUMENTS, *_TEXTS)):
        return False
    stem = name.partition(".")[0]
    if stem.casefold() in {exercise.casefold() for exercise in missing}:
        return False
    named = any(closeness(f"{stem}.py", exercise.id) is not None for exercise in exercises)
    return named or low.endswith(_DOCUMENTS)
