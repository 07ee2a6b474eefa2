"""How far a learner is, as the last checks found it: `.winnow/progress.json` in the course's folder.

An entry counts only for the very text it was made from; after an edit the exercise is checked again.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from winnow.course import Exercise
from winnow.learner.own_code import untouched
from winnow.learner.state import STUBS, content, folder, read, write
from winnow.record import ExerciseResult, public_points

FILE = "progress.json"
Outcomes = dict[str, str]
"""The outcome of each check, by the test's name."""


@dataclass(frozen=True)
class Standing:
    """One exercise of one learner, by its public checks.

    `earned` of `public` points are those of checks that passed; `hidden` points are given by checks that only grading
    runs. `failed` is the first check that does not pass: one that is known to fail (`failing`), else one that has not
    run. `unknown`: how many have not run since the text is what it is.
    """

    state: Literal["done", "in progress", "not started"]
    earned: float
    public: float
    hidden: float
    failed: str | None = None
    failing: bool = False
    unknown: int = 0

    @property
    def looks(self) -> Literal["done", "in progress", "not started"]:
        """What it is marked as: nothing is wrong with what has merely not run."""
        return "not started" if self.state == "in progress" and not self.failing else self.state

    @property
    def told(self) -> str:
        """What can be said of it: "public checks 3 of 3 points; hidden checks: 7 more"."""
        return public_points(self.earned, self.public, self.hidden) + (
            f"; {self.unknown} not run yet" if self.unknown and self.state == "in progress" else ""
        )


@dataclass(frozen=True)
class PublicCheck:
    """One public check, read from the text of its file."""

    title: str
    points: float


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
        return self._is_stub(exercise) or set(checks(exercise)) <= {_plain(name) for name in self._outcomes(exercise)}

    def standing(self, exercise: Exercise) -> Standing:
        """How far this exercise is, as far as is known."""
        found = checks(exercise)
        public = sum(check.points for check in found.values())
        hidden = max(exercise.points - public, 0.0)
        if self._is_stub(exercise):
            return Standing("not started", 0.0, public, hidden, next(iter(found), None))
        outcomes: dict[str, set[str]] = {name: set() for name in found}
        for full, outcome in self._outcomes(exercise).items():
            outcomes.setdefault(_plain(full), set()).add(outcome)
        passed = [name for name in found if outcomes[name] == {"passed"}]
        unknown = [name for name in found if not outcomes[name]]
        failed = next((name for name in found if name not in passed and name not in unknown), None)
        earned = sum(found[name].points for name in passed)
        state: Literal["done", "in progress"] = "done" if found and len(passed) == len(found) else "in progress"
        return Standing(
            state, earned, public, hidden, failed or next(iter(unknown), None), failed is not None, len(unknown)
        )

    def brief(self, exercise: Exercise) -> Standing:
        """The standing, but without its points where the file is as it was handed out: nothing is parsed for it."""
        if _as_handed_out(exercise):
            return Standing("not started", 0.0, 0.0, 0.0)
        return self.standing(exercise)

    def _outcomes(self, exercise: Exercise) -> Outcomes:
        entry = self.entries.get(exercise.id, {})
        checks = entry.get("checks") if entry.get("text") == digest(exercise) else None
        return {str(name): str(outcome) for name, outcome in checks.items()} if isinstance(checks, dict) else {}

    @staticmethod
    def _is_stub(exercise: Exercise) -> bool:
        return untouched(exercise) == frozenset(exercise.functions)


def _as_handed_out(exercise: Exercise) -> bool:
    """Whether the learner's file is the stub to the byte. Only a learner's copy has stubs to compare with."""
    stub = folder(exercise.root) / STUBS / exercise.module / exercise.stub.name
    try:
        return content(exercise.stub) == stub.read_bytes()
    except OSError:
        return False


def digest(exercise: Exercise) -> str:
    """Changes with the learner's text and with the public checks."""
    found = hashlib.sha256()
    for path in (exercise.stub, exercise.public_checks):
        text = path.read_bytes() if path.is_file() else b""
        found.update(len(text).to_bytes(8, "big") + text)
    return found.hexdigest()


def checks(exercise: Exercise) -> dict[str, PublicCheck]:
    """The public checks in order, by the test's name; none where their file cannot be read."""
    try:
        tree = ast.parse(content(exercise.public_checks))
    except (OSError, SyntaxError, ValueError):
        return {}
    return {
        node.name: PublicCheck(" ".join((ast.get_docstring(node) or node.name).split()), _points(node))
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def not_run(exercise: Exercise, said: str) -> ExerciseResult:
    """The result of an exercise whose public checks cannot run, for the reason `said`."""
    return ExerciseResult(
        exercise.id, "unreadable", 0.0, sum(one.points for one in checks(exercise).values()), message=said
    )


def _points(node: ast.FunctionDef) -> float:
    """The number in `@pytest.mark.points(2)`."""
    for mark in node.decorator_list:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func).endswith("mark.points") and mark.args:
            value = mark.args[0]
            if isinstance(value, ast.Constant) and isinstance(value.value, int | float):
                return float(value.value)
    return 0.0


def _plain(name: str) -> str:
    """The test's name without its parameters."""
    return name.partition("[")[0]
