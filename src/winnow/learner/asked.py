"""Which exercises a learner means: by name, function, module, path of a file or folder, or a name nearly right."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Sequence
from pathlib import Path

from winnow.course import Course, Exercise
from winnow.errors import UsageError

NEAR = 0.6
"""How alike a name and what was typed must be, from 0 to 1."""


def exercises(course: Course, words: Sequence[str]) -> list[Exercise]:
    """The exercises that `words` name, each once, in the order in which they are named. None for no words.

    Raises:
        UsageError: a word means nothing here, or may mean several.
    """
    found: dict[Exercise, None] = {}
    for word in words:
        found |= dict.fromkeys(_meant(course, word))
    return list(found)


def exercise(course: Course, word: str) -> Exercise:
    """The one exercise that `word` names. Raises UsageError where it names none, or several."""
    found = exercises(course, [word])
    if len(found) != 1:
        raise UsageError(f"{word} has several exercises: {', '.join(one.id for one in found)}; name one of them")
    return found[0]


def close(typed: str, names: Sequence[str]) -> list[str]:
    """The names that are nearly what was typed, the nearest first."""
    # What is typed is often the beginning or another part of a name; a slip of the fingers is nearly the whole of it.
    parts = [name for name in names if len(typed) > 2 and typed in name.lower()]
    swapped = [name for name in names if len(typed) > 2 and sorted(typed) == sorted(name.lower())]
    return swapped or parts or difflib.get_close_matches(typed, [name.lower() for name in names], n=3, cutoff=NEAR)


def did_you_mean(near: Sequence[str]) -> str:
    """Names to choose from, as the end of a sentence."""
    return f"did you mean {' or '.join(near[:3])}?"


def _meant(course: Course, word: str) -> tuple[Exercise, ...]:
    exact = _exactly(course, word)
    if exact:
        return exact
    names = list(
        dict.fromkeys([one.id for one in course.exercises] + [*course.by_function, *(m.id for m in course.modules)])
    )
    near = close(stem(word).lower(), names)
    meant = list(dict.fromkeys(_exactly(course, name) for name in near))
    if len(meant) == 1:
        print(f"note: {word} is read as {near[0]}", file=sys.stderr)
        return meant[0]
    raise UsageError(f"there is no exercise {word}; {did_you_mean(near) if near else '`winnow` lists them'}")


def _exactly(course: Course, word: str) -> tuple[Exercise, ...]:
    """The exercises that go by this name, or lie at this path."""
    last = stem(word)
    for module in course.modules:
        if last in (module.id, f"{module.id}/README"):
            return module.exercises
    for one in course.exercises:
        if last in (one.id, f"test_{one.id}", f"{one.id}_picture"):
            return (one,)
    if last in course.by_function:
        return (course.by_function[last],)
    return ()


def stem(word: str) -> str:
    """The last part of a path, without the ending of a file and without a test's name behind `::`."""
    path = Path(word.partition("::")[0].replace("\\", "/"))
    if path.stem == "README":
        return f"{path.parent.name}/README"
    return path.stem if path.suffix in (".py", ".md", ".ipynb") else path.name
