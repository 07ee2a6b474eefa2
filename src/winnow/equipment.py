"""What grading stands on, before anything is graded: libraries and their versions, and room for temporary files."""

from __future__ import annotations

import importlib.util
import platform
import tempfile
from collections.abc import Iterable
from functools import cache
from importlib import metadata

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from winnow.course import Exercise

DISTRIBUTION = "winnow-grader"
LIBRARIES = ("numpy", "pandas", "torch")
"""Verdicts depend on their versions, so a record names them."""


def lacking(exercises: Iterable[Exercise]) -> str:
    """What is missing, or older than winnow works with, in a sentence; empty where nothing is."""
    by_library: dict[str, list[str]] = {}
    for exercise in exercises:
        for library in exercise.needs:
            by_library.setdefault(library, []).append(exercise.id)
    found = [
        f"{_listed(names)} {'needs' if len(names) == 1 else 'need'} {library}{why}"
        for library, names in by_library.items()
        if (why := _why_not(library))
    ]
    if not found:
        return ""
    # The library itself: where winnow came from, an index may not have it.
    missing = " ".join(f"'{library}{_wanted().get(library, '')}'" for library in by_library if _why_not(library))
    return f"{'; '.join(found)}: pip install {missing}, or leave them out with --modules or --exercises"


def without_room() -> str:
    """Why no learner's code can have a folder of its own, in a sentence; empty where it can."""
    try:
        with tempfile.TemporaryDirectory(prefix="winnow-"):
            return ""
    except OSError as error:
        return (
            f"no folder for temporary files can be made ({error.strerror}): make room, or set TMPDIR to where there is"
        )


@cache
def versions() -> dict[str, str]:
    """The versions of Python and of those libraries that are installed."""
    found = {"python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def _why_not(library: str) -> str:
    if importlib.util.find_spec(library) is None:
        return ", which is not installed"
    try:
        version = metadata.version(library)
    except metadata.PackageNotFoundError:
        return ""
    wanted = _wanted().get(library, SpecifierSet())
    return "" if wanted.contains(version, prereleases=True) else f"{wanted}, but {version} is installed"


@cache
def _wanted() -> dict[str, SpecifierSet]:
    """The versions that winnow itself asks for, by library."""
    try:
        lines = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        return {}
    found: dict[str, SpecifierSet] = {}
    for requirement in map(Requirement, lines):
        if not requirement.extras:
            found[requirement.name] = found.get(requirement.name, SpecifierSet()) & requirement.specifier
    return found


def _listed(names: list[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
