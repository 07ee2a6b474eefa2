"""Misconceptions written as changes of the reference: `<exercise>_misconceptions.toml`.

    shared = ["broadcast"]

    [abs_outside]
    why = "Signs cancelled: take absolute values before averaging."
    "np.mean(np.abs(r))" = "abs(np.mean(r))"

Each key but `why` is a text that occurs exactly once in the reference, its value what stands there instead. `shared`
lists wrong ways that many exercises have in common, by their names in `slips`; `indistinguishable` lists pairs that no
right check can tell apart, each with the reason as its third.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from winnow.course import CourseError, Exercise

SLIPS = Path(__file__).with_name("slips.py")


@dataclass(frozen=True)
class Patched:
    """A wrong answer as the texts that run one after another."""

    name: str
    sentence: str
    cells: tuple[tuple[str, str], ...]
    changes: tuple[tuple[str, str], ...] = ()

    def with_another(self, other: Patched) -> Patched | None:
        """Both at once, or None where one of them changes what the other has touched, or is no change of a text."""
        if not self.changes or not other.changes:
            return None
        ((label, text),) = self.cells
        if "while" in text:
            # Of two changes that end by themselves, both together need not.
            return None
        for old, new in other.changes:
            if text.count(old) != 1:
                return None
            text = text.replace(old, new)
        try:
            compile(text, label, "exec", dont_inherit=True)
        except SyntaxError:
            return None
        sentence = f"Two things at once. {self.sentence} {other.sentence}"
        return Patched(f"{self.name} and {other.name}", sentence, ((label, text),))

    def functions(self, names: tuple[str, ...]) -> dict[str, Any]:
        """What the texts define, of these names."""
        namespace: dict[str, Any] = {"__name__": self.name}
        for label, text in self.cells:
            exec(compile(text, label, "exec", dont_inherit=True), namespace)
        return {name: namespace[name] for name in names if name in namespace}


def read(exercise: Exercise) -> Iterator[Patched]:
    """Those of an exercise, in the order of their file. None of the course's code is run.

    Raises:
        CourseError: the file is no such list, or a text to be changed does not occur exactly once.
    """
    if not exercise.patches.is_file():
        return
    data = _data(exercise)
    label, reference = f"{exercise.id}.py", exercise.solution.read_text(encoding="utf-8")
    where = exercise.patches.relative_to(exercise.root)
    yield from _shared(data.get("shared", []), exercise, where, label, reference)
    for name, entry in data.items():
        if name not in ("shared", "indistinguishable"):
            if not isinstance(entry, dict) or not all(isinstance(text, str) for text in entry.values()):
                raise CourseError(f"{where}: {name} is no table of texts")
            changes = {old: new for old, new in entry.items() if old != "why"}
            if not entry.get("why") or not changes:
                raise CourseError(f"{where}: {name} needs a `why`, which a learner reads, and what it changes")
            text = _changed(reference, changes, f"{where}: {name}", label)
            yield Patched(name, " ".join(entry["why"].split()), ((label, text),), tuple(changes.items()))


def indistinguishable(exercise: Exercise) -> dict[tuple[str, str], str]:
    """The pairs that are declared so, each with its reason. Raises CourseError where one is no such pair."""
    if not exercise.patches.is_file():
        return {}
    try:
        return {(str(one), str(other)): str(why) for one, other, why in _data(exercise).get("indistinguishable", [])}
    except (TypeError, ValueError):
        where = exercise.patches.relative_to(exercise.root)
        raise CourseError(f'{where}: indistinguishable must be a list of ["a", "b", "reason"]') from None


def _data(exercise: Exercise) -> dict[str, Any]:
    try:
        return tomllib.loads(exercise.patches.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CourseError(f"{exercise.patches.relative_to(exercise.root)} cannot be read: {error}") from None


def _changed(reference: str, changes: dict[str, str], where: str, label: str) -> str:
    text = reference
    for old, new in changes.items():
        if reference.count(old) != 1:
            raise CourseError(f"{where} changes {old!r}, which is {reference.count(old)} times in {label}, not once")
        if text.count(old) != 1:
            raise CourseError(f"{where} changes {old!r}, which another of its changes has touched")
        text = text.replace(old, new)
    try:
        compile(text, label, "exec", dont_inherit=True)
    except SyntaxError as error:
        raise CourseError(f"{where} is no Python: {error.msg} in `{(error.text or '').strip()}`") from None
    return text


def _shared(names: Any, exercise: Exercise, where: Path, label: str, reference: str) -> Iterator[Patched]:
    if not names:
        return
    text = SLIPS.read_text(encoding="utf-8")
    slips: dict[str, Any] = {}
    exec(compile(text, SLIPS.name, "exec", dont_inherit=True), slips)
    known = [name for name, slip in slips.items() if not name.startswith("_") and hasattr(slip, "__wrapped__")]
    for name in names:
        if name not in known:
            raise CourseError(f"{where}: there is no shared misconception {name}; there are {', '.join(known)}")
        bound = "".join(f"{each} = {name}({each})\n" for each in exercise.functions)
        yield Patched(name, slips[name].__doc__, ((label, reference), (SLIPS.name, text), ("rebinding", bound)))
