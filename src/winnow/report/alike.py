"""Submissions that are the same or nearly so.

The same text is found without further packages. The same but for names, comments and layout, and nearly the
same, need copydetect (winnowing: Schleimer, Wilkerson and Aiken, SIGMOD 2003), which is optional. Every
fingerprint is kept (a window of one), because which ones winnowing picks depends on Python's hash seed, and
a report must not.
"""

from __future__ import annotations

import builtins
import importlib
import io
import keyword
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, Literal

from winnow.course import Course

Sources = Mapping[str, Mapping[str, str]]
"""Learner, then exercise, to the source text handed in."""

OWN_LINES = 3
"""Shorter answers than this many lines beyond the stub are alike by nature."""
KGRAM = 25
TOKENS = 150
"""Below this many characters without names and layout, right answers look alike by nature."""
NEAR = 0.85
RARE = 8
"""A fingerprint that more than this many answers share is common knowledge, and makes no pair."""
COMMON = 0.02

Kind = Literal["same text", "same but for names", "nearly the same"]


@dataclass(frozen=True)
class Alike:
    """Learners whose answers to an exercise are alike; `likeness` is from 0 to 1."""

    exercise: str
    kind: Kind
    students: tuple[str, ...]
    likeness: float = 1.0


@dataclass(frozen=True)
class Likeness:
    """What was found, how many groups were too large to mean anything, and whether near likeness was looked
    for."""

    groups: tuple[Alike, ...]
    left_out: int
    thorough: bool


def find_alike(sources: Sources, course: Course) -> Likeness:
    """Compare all answers to each exercise; the time grows with the class, not with its square."""
    library = _library()
    by_exercise: dict[str, dict[str, str]] = defaultdict(dict)
    for student, texts in sources.items():
        for exercise, text in texts.items():
            by_exercise[exercise][student] = text
    stubs = {exercise.id: _lines(exercise.stub) for exercise in course.exercises}
    groups: list[Alike] = []
    left_out = 0
    for exercise, texts in by_exercise.items():
        found, common = _compare(exercise, texts, stubs.get(exercise, frozenset()), library)
        groups += found
        left_out += common
    telling: dict[Kind, int] = {"same text": 0, "nearly the same": 1, "same but for names": 2}
    groups.sort(
        key=lambda group: (telling[group.kind], len(group.students), -group.likeness, group.students, group.exercise)
    )
    return Likeness(tuple(groups), left_out, library is not None)


def _library() -> Any | None:
    try:
        return importlib.import_module("copydetect")
    except ImportError:
        return None


def _lines(path: Path) -> frozenset[str]:
    try:
        return frozenset(line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    except OSError:
        return frozenset()


def _compare(
    exercise: str, texts: Mapping[str, str], stub: frozenset[str], library: Any | None
) -> tuple[list[Alike], int]:
    by_text: dict[str, list[str]] = defaultdict(list)
    for student, text in texts.items():
        lines = [line.rstrip() for line in text.splitlines() if line.strip()]
        if sum(line.strip() not in stub for line in lines) >= OWN_LINES:
            by_text["\n".join(lines)].append(student)
    groups = [Alike(exercise, "same text", tuple(sorted(students))) for students in _several(by_text.values())]
    if library is None:
        return groups, 0
    by_shape: dict[str, list[str]] = defaultdict(list)
    for text in by_text:
        shape = _shape(text)
        if len(shape) >= TOKENS:
            by_shape[shape].append(text)
    prints = {
        shape: library.CodeFingerprint("answer.py", KGRAM, 1, filter=False, fp=io.StringIO(shape)) for shape in by_shape
    }
    many = max(5.0, COMMON * len(texts))
    left_out = 0
    for shared in _several(by_shape.values()):
        students = sorted(student for text in shared for student in by_text[text])
        if len(students) > many:
            left_out += 1
        else:
            groups.append(Alike(exercise, "same but for names", tuple(students)))
    for first, second in _candidates(prints):
        likeness = min(library.compare_files(prints[first], prints[second])[1])
        if likeness >= NEAR:
            students = sorted(s for shape in (first, second) for text in by_shape[shape] for s in by_text[text])
            if len(students) <= many:
                groups.append(Alike(exercise, "nearly the same", tuple(students), min(float(likeness), 1.0)))
    return groups, left_out


# Comments, texts, names, numbers, and any other mark, one by one; it also reads what is no Python. A text that does
# not end is one up to the end of its line, and nothing is read twice.
_TOKENS = re.compile(
    r"""(?P<comment>\#[^\n]*)"""
    r"""|(?P<text>(?:\b[rbufRBUF]{1,2})?(?:\"{3}.*?\"{3}|\'{3}.*?\'{3}"""
    r"""|\"(?:\\.|[^"\\\n])*+(?:\"|(?=\n)|\\?\Z)|\'(?:\\.|[^'\\\n])*+(?:\'|(?=\n)|\\?\Z)))"""
    r"""|(?P<name>[^\W\d]\w*)|(?P<other>\d[\w.]*|\S)""",
    re.DOTALL,
)

_PYTHONS_OWN = frozenset((*keyword.kwlist, *dir(builtins)))


def _shape(text: str) -> str:
    """The code without layout and comments, every name that is not Python's own as V, every text as S.

    copydetect's own filter reads it with pygments, at twenty times the cost.
    """
    return "".join(_token(found) for found in _TOKENS.finditer(text))


def _token(found: re.Match[str]) -> str:
    match found.lastgroup:
        case "comment":
            return ""
        case "text":
            return "S"
        case "name":
            return found[0] if found[0] in _PYTHONS_OWN else "V"
        case _:
            return found[0]


def _several(groups: Iterable[list[str]]) -> list[list[str]]:
    return [group for group in groups if len(group) > 1]


def _candidates(prints: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Pairs that share rare fingerprints: at most RARE * (RARE - 1) / 2 for each fingerprint."""
    holders: dict[int, list[str]] = defaultdict(list)
    for shape, printed in prints.items():
        for fingerprint in printed.hashes:
            if len(holders[fingerprint]) <= RARE:
                holders[fingerprint].append(shape)
    shared: Counter[tuple[str, str]] = Counter()
    for shapes in holders.values():
        if 1 < len(shapes) <= RARE:
            shared.update(combinations(shapes, 2))
    return [pair for pair, count in shared.items() if count >= KGRAM]
