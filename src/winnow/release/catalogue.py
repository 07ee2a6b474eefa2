"""`course.toml` as learners get it: of a part of the course the entries of that part alone, each as it is written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from winnow.course import Course, CourseError

_HEADING = re.compile(r"[ \t]*\[\[[ \t]*modules[ \t]*(?:\.[ \t]*exercises[ \t]*)?\]\]")
_QUIZ = re.compile(r"^[ \t]*quiz[ \t]*=.*\n?", re.MULTILINE)


def catalogue(course: Course) -> bytes:
    """The text of the catalogue. Raises CourseError when its entries cannot be told apart."""
    path = course.root / "exercises" / "course.toml"
    raw = path.read_bytes()
    if course.whole is None:
        return raw
    text = raw.decode("utf-8")
    try:
        made = "".join(_kept(text, course))
        fits = tomllib.loads(made) == _part(tomllib.loads(text), course)
    except (tomllib.TOMLDecodeError, KeyError, TypeError):
        fits = False
    if not fits:
        said = "begin each module with [[modules]] and each exercise, below its module, with [[modules.exercises]]"
        raise CourseError(f"{path} cannot be cut into its entries: {said}")
    return made.encode("utf-8")


def _kept(text: str, course: Course) -> Iterator[str]:
    """The blocks of the text that stay: what is above the first entry, and the entries of this part."""
    modules = {module.id: module for module in course.modules}
    exercises = {exercise.id for exercise in course.exercises}
    top, *blocks = _blocks(text)
    yield top
    for block in blocks:
        entry = tomllib.loads(block)["modules"]
        if isinstance(entry, dict):
            if entry["exercises"][0]["id"] in exercises:
                yield block
        elif entry[0]["id"] in modules:
            unused = not modules[entry[0]["id"]].quiz
            yield _QUIZ.sub("", block).rstrip() + "\nquiz = false\n\n" if unused else block


def _blocks(text: str) -> list[str]:
    """The text, cut before every heading of an entry and the comment that stands right above it."""
    lines = text.splitlines(keepends=True)
    starts = []
    for at, line in enumerate(lines):
        if _HEADING.match(line):
            while at and lines[at - 1].lstrip().startswith("#"):
                at -= 1
            starts.append(at)
    return ["".join(lines[start:end]) for start, end in zip([0, *starts], [*starts, len(lines)], strict=True)]


def _part(data: dict[str, Any], course: Course) -> dict[str, Any]:
    """What the catalogue of this part must say."""
    modules = {module.id: module for module in course.modules}
    exercises = {exercise.id for exercise in course.exercises}
    kept = []
    for module in data["modules"]:
        if module["id"] in modules:
            entry = {key: value for key, value in module.items() if key != "exercises"}
            if own := [one for one in module.get("exercises", ()) if one["id"] in exercises]:
                entry["exercises"] = own
            kept.append(entry if modules[module["id"]].quiz else entry | {"quiz": False})
    return {**data, "modules": kept}
