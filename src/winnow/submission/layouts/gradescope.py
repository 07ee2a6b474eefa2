"""Gradescope: a folder for each submission, `submission_98765/`, and beside them `submission_metadata.yml`, which says
who handed in which, and when. A submission of several people counts for each of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from ...record import Person
from ..model import Gathered, Place, SubmissionsError
from ..places import is_folder, name_of, text_of
from .layout import Grouped, HandIn, Layout, most

METADATA = "submission_metadata.yml"
_FOLDER = re.compile(r"submission_\d+")
_NUMBER = re.compile(r"\d{1,18}")
_TEXT = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?)(?:\.\d+)? ?(Z|[+-]\d\d:?\d\d)?")
_LARGEST = 1 << 30
_WANTED = (":submitters:", ":created_at:")


def recognise(folder: Place, entries: Sequence[Place]) -> bool:
    """The metadata are there, or most folders have such a name."""
    folders = [name_of(entry) for entry in entries if is_folder(entry)]
    named = sum(bool(_FOLDER.fullmatch(name)) for name in folders)
    return any(name_of(entry) == METADATA for entry in entries) or most(named, len(folders))


def group(folder: Place, entries: Sequence[Place], exercises: Collection[str]) -> Grouped:
    """One learner for each who handed in; of several submissions of one learner, the latest."""
    folders = {name_of(entry): entry for entry in entries if is_folder(entry)}
    metadata = next((entry for entry in entries if name_of(entry) == METADATA), None)
    known = _metadata(metadata) if metadata is not None else {}
    latest: dict[str, HandIn] = {}
    times: dict[str, float] = {}
    # Of two at one time the later has the higher number.
    for name in sorted({*known, *(name for name in folders if _FOLDER.fullmatch(name))}, key=_in_order):
        about = known.get(name)
        for one in _hand_ins(name, about, folders.get(name)):
            time = _moment(about)
            if one.student not in latest or times[one.student] <= time:
                latest[one.student], times[one.student] = one, time
    used = {*known, METADATA}
    left = [entry for entry in entries if not _FOLDER.fullmatch(name_of(entry)) and name_of(entry) not in used]
    unknown = [name for name in folders if _FOLDER.fullmatch(name) and name not in known] if known else []
    remarks = [
        f"{name} is not in {METADATA}: graded under this name, as it is not known whose it is" for name in unknown
    ]
    return Grouped(list(latest.values()), left, remarks)


def _in_order(name: str) -> tuple[int, str]:
    number = _NUMBER.search(name)
    return int(number[0]) if number else 0, name


def _moment(about: Any) -> float:
    """When something was handed in, to be compared; nothing known is before all."""
    value = about.get(":created_at") if isinstance(about, Mapping) else None
    if isinstance(value, str):
        # "2024-05-01 10:00:00.5 +0200"
        found = _TEXT.fullmatch(value.strip())
        value = datetime.fromisoformat(f"{found[1]}T{found[2]}{found[3] or ''}") if found else None
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp()
    return float("-inf")


def _hand_ins(name: str, about: Any, folder: Place | None) -> Iterator[HandIn]:
    pieces = Gathered((((), folder),) if folder is not None else ())
    submitters = about.get(":submitters") if isinstance(about, Mapping) else None
    ids = {"Submission": name}
    if not isinstance(submitters, list) or not submitters:
        yield HandIn(name, pieces, Person(ids=ids))
        return
    handed_in = _time(about.get(":created_at"))
    for submitter in submitters:
        told = submitter if isinstance(submitter, Mapping) else {}
        full, sid, email = (str(told.get(key) or "").strip() for key in (":name", ":sid", ":email"))
        handles = {heading: value for heading, value in (("SID", sid), ("Email", email)) if value}
        student = "_".join(part for part in (full, sid or email or name) if part)
        yield HandIn(student, pieces, Person(full, email, ids=ids | handles, handed_in=handed_in), handles)


def _time(value: object) -> str:
    """A time of YAML, which is in UTC where it names no zone."""
    if isinstance(value, datetime):
        value = value.astimezone(UTC) if value.tzinfo else value
        return f"{value:%Y-%m-%d %H:%M} UTC"
    return str(value) if isinstance(value, str | date) else ""


def _metadata(place: Place) -> Mapping[str, Any]:
    """What the file says of each submission. Raises SubmissionsError when it is not as Gradescope writes it."""
    try:
        import yaml
    except ImportError:
        raise SubmissionsError(f"{METADATA} is read with PyYAML: pip install pyyaml") from None

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        """Plain data only; objects of Ruby are read as what they are made of."""

    def plain(loader: Any, _suffix: str, node: Any) -> Any:
        if isinstance(node, yaml.MappingNode):
            return loader.construct_mapping(node, deep=True)
        if isinstance(node, yaml.SequenceNode):
            return loader.construct_sequence(node, deep=True)
        return loader.construct_scalar(node)

    Loader.add_multi_constructor("!", plain)
    # A student's number may begin with zeros, and is no number.
    for kind in ("int", "float"):
        Loader.add_constructor(f"tag:yaml.org,2002:{kind}", lambda loader, node: loader.construct_scalar(node))
    try:
        data = yaml.load(_needed(text_of(place, _LARGEST)), Loader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        where = getattr(error, "problem", None) or "it is not YAML"
        raise SubmissionsError(f"{METADATA} cannot be read ({where}): download the submissions again") from None
    if not isinstance(data, dict):
        raise SubmissionsError(f"{METADATA} lists no submissions: download them again")
    return {str(name): about for name, about in data.items()}


def _needed(text: str) -> str:
    """The file without results and history, which may be a thousand times as long as the rest."""
    kept, wanted = [], True
    for line in text.split("\n"):
        if line.startswith("  :"):
            wanted = line.startswith(tuple(f"  {key}" for key in _WANTED))
        elif line[:1] not in (" ", ""):
            wanted = True
        if wanted:
            kept.append(line)
    return "\n".join(kept)


LAYOUT = Layout("gradescope", "Gradescope", f"submission_98765 beside {METADATA}", recognise, group)
