"""Code that was read, and that no answer is in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from ..course import Exercise
from .files import File
from .model import Source
from .names import module_name, stem_of

TOLD = 3
"""How many are named."""


def unused(files: Iterable[File], sources: Iterable[Source], exercises: Sequence[Exercise]) -> Iterator[str]:
    """A remark on those of some files that are graded for nothing, that no answer imports, and that are not called as
    what learners have from the course."""
    used, named = set(), set[str]()
    for source in sources:
        used |= {one.path for one in (source, *source.fallbacks)}
        named |= {cell.label.rpartition("/")[2].removesuffix(".py") for cell in source.beside}
    named = named.union(*(_given(root) for root in {exercise.root for exercise in exercises}))
    left = [
        file.path
        for file in files
        if file.path not in used and not named & {module_name(file.name), stem_of(file.name)}
    ]
    if left:
        more = f" and {len(left) - TOLD} more" if len(left) > TOLD else ""
        verb = "has" if len(left) == 1 else "have"
        yield f"{', '.join(left[:TOLD])}{more} {verb} no function that is asked for here: not used"


@lru_cache(maxsize=8)
def _given(root: Path) -> frozenset[str]:
    """What modules, and files of code in them, are called."""
    found = (root / "exercises").glob("**/*")
    return frozenset(path.stem for path in found if path.is_dir() or path.suffix == ".py")
