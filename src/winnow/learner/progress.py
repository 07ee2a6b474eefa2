"""How far a learner is, as the last checks found it: `.winnow/progress.json` in the course's folder.

An entry counts only for the very text it was made from; after an edit the exercise is checked again.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from winnow.course import Exercise
from winnow.learner.own_code import untouched
from winnow.learner.state import read, write

FILE = "progress.json"
Outcomes = dict[str, str]
"""The outcome of each check, by the test's name."""


@dataclass(frozen=True)
class Standing:
    """One exercise of one learner. `failed` is the first check that does not pass."""

    state: Literal["done", "in progress", "not started"]
    passed: int
    total: int
    failed: str | None = None


@dataclass
class Progress:
    """What is known of every exercise."""

    root: Path
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def load(cls, root: Path) -> Progress:
        """Read what is known; a file that is missing or spoilt holds nothing."""
        entries = read(root, FILE)
        return cls(root, {name: entry for name, entry in entries.items() if isinstance(entry, dict)})

    def record(self, exercise: Exercise, outcomes: Mapping[str, str]) -> None:
        """Note outcomes of checks; those of other checks stay where the text is still the same."""
        known = self.entries.get(exercise.id, {})
        text = digest(exercise)
        before = known.get("checks", {}) if known.get("text") == text else {}
        self.entries[exercise.id] = {"text": text, "checks": {**before, **outcomes}}

    def save(self) -> None:
        """Write it. Raises OSError where nothing may be written."""
        write(self.root, FILE, self.entries)

    def known(self, exercise: Exercise) -> bool:
        """Whether the standing follows without running a check: it is the stub, or all checks of this text have run."""
        return self._is_stub(exercise) or set(titles(exercise)) <= {_plain(name) for name in self._outcomes(exercise)}

    def standing(self, exercise: Exercise) -> Standing:
        """How far this exercise is, as far as is known."""
        names, outcomes = list(titles(exercise)), self._outcomes(exercise)
        if self._is_stub(exercise):
            return Standing("not started", 0, len(names), next(iter(names), None))
        passed = [
            name
            for name in names
            if (found := [outcome for full, outcome in outcomes.items() if _plain(full) == name])
            and all(outcome == "passed" for outcome in found)
        ]
        failed = next((name for name in names if name not in passed), None)
        return Standing("in progress" if failed else "done", len(passed), len(names), failed)

    def _outcomes(self, exercise: Exercise) -> Outcomes:
        entry = self.entries.get(exercise.id, {})
        checks = entry.get("checks") if entry.get("text") == digest(exercise) else None
        return {str(name): str(outcome) for name, outcome in checks.items()} if isinstance(checks, dict) else {}

    @staticmethod
    def _is_stub(exercise: Exercise) -> bool:
        return untouched(exercise) == frozenset(exercise.functions)


def following(exercises: Iterable[Exercise], standing: Callable[[Exercise], Standing]) -> Exercise | None:
    """What to work on next: the first exercise that was begun and is not done, else the first that is not done."""
    states = {exercise: standing(exercise).state for exercise in exercises}
    for wanted in ("in progress", "not started"):
        for exercise, state in states.items():
            if state == wanted:
                return exercise
    return None


def digest(exercise: Exercise) -> str:
    """Changes with the learner's text and with the public checks."""
    found = hashlib.sha256()
    for path in (exercise.stub, exercise.public_checks):
        content = path.read_bytes() if path.is_file() else b""
        found.update(len(content).to_bytes(8, "big") + content)
    return found.hexdigest()


def titles(exercise: Exercise) -> dict[str, str]:
    """The public checks in order: the test's name, and its docstring in one line."""
    try:
        tree = ast.parse(exercise.public_checks.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return {}
    return {
        node.name: " ".join((ast.get_docstring(node) or node.name).split())
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def _plain(name: str) -> str:
    """The test's name without its parameters."""
    return name.partition("[")[0]
