"""The figures of a class, collected in one pass that keeps a row per learner and forgets the rest."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median

from winnow.course import Course
from winnow.feedback.naming import file_stem
from winnow.feedback.words import Sentences, share
from winnow.record import CheckResult, ExerciseResult, RunResult, SubmissionResult

BINS = 10
"""A score falls into one of ten bins of a tenth of the points; full marks are an eleventh."""


class Moments:
    """Pearson's correlation of pairs that arrive one by one (Welford's update: no large sums cancel)."""

    def __init__(self) -> None:
        self.count = 0
        self._mean_x = self._mean_y = self._xx = self._yy = self._xy = 0.0

    def add(self, x: float, y: float) -> None:
        self.count += 1
        before_x, before_y = x - self._mean_x, y - self._mean_y
        self._mean_x += before_x / self.count
        self._mean_y += before_y / self.count
        self._xx += before_x * (x - self._mean_x)
        self._yy += before_y * (y - self._mean_y)
        self._xy += before_x * (y - self._mean_y)

    @property
    def correlation(self) -> float | None:
        """None where one of the two never varies."""
        spread = math.sqrt(self._xx * self._yy)
        return self._xy / spread if spread > 1e-12 else None


@dataclass
class CheckFigures:
    """One check over the class: `passed` of `tried`, and how passing it goes with the rest of the score."""

    exercise: str
    name: str
    title: str
    visibility: str
    passed: int = 0
    tried: int = 0
    moments: Moments = field(default_factory=Moments)

    @property
    def difficulty(self) -> float | None:
        """The part of those who tried it that passed: 1 is easy (the usual name and direction of item
        analysis)."""
        return self.passed / self.tried if self.tried else None

    @property
    def discrimination(self) -> float | None:
        """The corrected item-total correlation: with the score on everything else the learner handed in."""
        return self.moments.correlation


@dataclass
class ExerciseFigures:
    """One exercise over the class. `shares` are the scores, as parts of the points, of those who handed it
    in."""

    id: str
    title: str
    points: float = 0.0
    shares: array[float] = field(default_factory=lambda: array("d"))
    statuses: Counter[str] = field(default_factory=Counter)
    not_started: list[str] = field(default_factory=list)
    checks: dict[str, CheckFigures] = field(default_factory=dict)

    @property
    def full(self) -> int:
        return sum(value >= 1 for value in self.shares)

    @property
    def none(self) -> int:
        return sum(value <= 0 for value in self.shares)

    @property
    def partly(self) -> int:
        return len(self.shares) - self.full - self.none

    @property
    def troubled(self) -> int:
        return self.statuses["unreadable"] + self.statuses["grader_error"]

    @property
    def median(self) -> float | None:
        return median(self.shares) if self.shares else None

    @property
    def bins(self) -> list[int]:
        return binned(self.shares)


@dataclass
class MisconceptionFigures:
    """One misconception, and who has it."""

    exercise: str
    id: str
    sentence: str
    students: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Trouble:
    """A submission, or one exercise of it, that could not be graded."""

    student: str
    exercise: str
    status: str
    message: str


@dataclass(frozen=True)
class Row:
    """One learner in the table: per exercise the status and the score; `name` where a roster or a system told it."""

    student: str
    name: str
    stem: str
    score: float
    points: float
    cells: Mapping[str, tuple[str, float, float]]


@dataclass
class ClassFigures:
    """Everything the report shows, except likeness. `names`: of the learners whose names are known."""

    rows: list[Row] = field(default_factory=list)
    exercises: dict[str, ExerciseFigures] = field(default_factory=dict)
    misconceptions: dict[tuple[str, str], MisconceptionFigures] = field(default_factory=dict)
    stopped: list[tuple[str, str]] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    idle: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)

    @property
    def checks(self) -> list[CheckFigures]:
        return [check for exercise in self.exercises.values() for check in exercise.checks.values()]

    @property
    def begun(self) -> list[Row]:
        """The learners who handed in anything."""
        idle = set(self.idle)
        return [row for row in self.rows if row.student not in idle]


def binned(shares: array[float] | list[float]) -> list[int]:
    """How many scores fall into each tenth, and last how many are full marks."""
    counts = [0] * (BINS + 1)
    for value in shares:
        counts[BINS if value >= 1 else min(int(value * BINS + 1e-9), BINS - 1)] += 1
    return counts


def collect(run: RunResult, course: Course, sentences: Sentences) -> ClassFigures:
    """Read every submission once."""
    figures = ClassFigures()
    titles = course.titles
    found: dict[str, ExerciseFigures] = {}
    for submission in run.submissions:
        for result in submission.exercises:
            exercise = found.get(result.exercise)
            if exercise is None:
                exercise = ExerciseFigures(result.exercise, titles.get(result.exercise, result.exercise))
                found[result.exercise] = exercise
            _add_exercise(figures, exercise, submission.student, result, sentences)
            if result.stopped:
                figures.stopped.append((submission.student, result.exercise))
        _add_learner(figures, found, submission)
    ordered = [name for name in titles if name in found] + sorted(found.keys() - titles.keys())
    figures.exercises = {name: found[name] for name in ordered}
    return figures


def _add_learner(figures: ClassFigures, found: dict[str, ExerciseFigures], submission: SubmissionResult) -> None:
    student = submission.student
    cells = {result.exercise: (result.status, result.score, result.points) for result in submission.exercises}
    name = submission.person.name
    figures.rows.append(Row(student, name, file_stem(student), submission.score, submission.points, cells))
    if name:
        figures.names[student] = name
    if all(result.status in ("not_started", "missing") for result in submission.exercises):
        figures.idle.append(student)
    judged = [
        (result.exercise, check)
        for result in submission.exercises
        if result.status == "graded"
        for check in result.checks
        if check.outcome in ("passed", "failed", "not_run")
    ]
    score, points = sum(check.score for _, check in judged), sum(check.points for _, check in judged)
    for exercise, check in judged:
        entry = _check(found[exercise], check)
        entry.tried += 1
        entry.passed += check.outcome == "passed"
        if points > check.points:
            entry.moments.add(share(check.score, check.points), (score - check.score) / (points - check.points))


def _check(exercise: ExerciseFigures, check: CheckResult) -> CheckFigures:
    if check.name not in exercise.checks:
        title = check.title or check.name
        exercise.checks[check.name] = CheckFigures(exercise.id, check.name, title, check.visibility)
    return exercise.checks[check.name]


def _add_exercise(
    figures: ClassFigures,
    exercise: ExerciseFigures,
    student: str,
    result: ExerciseResult,
    sentences: Sentences,
) -> None:
    exercise.statuses[result.status] += 1
    exercise.points = max(exercise.points, result.points)
    if result.status == "graded":
        exercise.shares.append(share(result.score, result.points))
    elif result.status in ("not_started", "missing"):
        exercise.not_started.append(student)
    else:
        figures.troubles.append(Trouble(student, result.exercise, result.status, result.message))
    for name in result.misconceptions:
        key = (result.exercise, name)
        if key not in figures.misconceptions:
            said = sentences.get(result.exercise, {}).get(name) or _said(result, name)
            figures.misconceptions[key] = MisconceptionFigures(result.exercise, name, said)
        figures.misconceptions[key].students.append(student)


def _said(result: ExerciseResult, misconception: str) -> str:
    """What a check told the learner about a misconception that has no sentence of its own."""
    told = (check.why for check in result.checks if misconception in check.misconceptions and check.why)
    return next(told, misconception.replace("_", " "))
