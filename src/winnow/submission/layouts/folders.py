"""No system at all: one folder, archive, notebook or script for each learner, called by the learner's name."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..files import OTHER_ARCHIVES
from ..model import Place, SubmissionsError
from ..names import CODE_SUFFIXES
from ..places import is_file, is_folder, name_of, title_of
from .layout import Grouped, HandIn, Layout

SUFFIXES = (*CODE_SUFFIXES, ".zip", *OTHER_ARCHIVES)


def recognise(folder: Place, entries: Sequence[Place]) -> bool:
    """It is what is left when no system is recognised."""
    return any(learner(entry) is not None for entry in entries)


def group(folder: Place, entries: Sequence[Place], exercises: Collection[str]) -> Grouped:
    """One learner for each entry. Raises SubmissionsError where two have one name."""
    found: dict[str, Place] = {}
    for entry in entries:
        name = learner(entry)
        if name is None:
            continue
        if name in found:
            both = f"{name_of(found[name])} and {name_of(entry)}"
            raise SubmissionsError(f"{title_of(folder)} has two submissions of {name}: {both}; keep one")
        found[name] = entry
    return Grouped([HandIn(name, entry) for name, entry in found.items()])


def learner(entry: Place) -> str | None:
    """The learner an entry belongs to; None for what is no submission. Archives that cannot be opened are one, so that
    their learners are not lost without a word."""
    name = name_of(entry)
    if is_folder(entry):
        return name
    suffix = next((suffix for suffix in SUFFIXES if name.lower().endswith(suffix)), None)
    if suffix is None or not is_file(entry):
        return None
    return name[: -len(suffix)].removesuffix(".tar") or name


LAYOUT = Layout("folders", "folders", "one folder, .zip, .ipynb or .py per learner", recognise, group)
