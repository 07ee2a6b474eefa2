"""The class report as one page: what matters first, then the figures, then everybody."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from statistics import median, median_high
from typing import Any
from urllib.parse import quote

from winnow.course import Course, quiz_name
from winnow.feedback.naming import file_stem
from winnow.feedback.page import TEMPLATES as SHARED
from winnow.feedback.page import environment, inline
from winnow.feedback.words import STATUSES, number, share
from winnow.record import RunResult
from winnow.report.alike import Likeness
from winnow.report.figures import BINS, CheckFigures, ClassFigures, ExerciseFigures, binned

TEMPLATES = Path(__file__).parent / "templates"

NAMES_SHOWN = 100
MISCONCEPTIONS_SHOWN = 8
COLUMNS_READABLE = 12
"""With more exercises the table of learners has colours in place of numbers."""
MODULES_OPEN = 3
"""More modules than these are folded."""
FEW = 30
"""With fewer answers than this a correlation says little, and is not remarked on."""


@dataclass(frozen=True)
class Segment:
    """One part of a stacked bar: how many of the class, and what they have in common."""

    kind: str
    label: str
    count: int
    part: float


@dataclass(frozen=True)
class Bar:
    """One bar of a histogram; `height` is from 0 to 1."""

    label: str
    count: int
    height: float


@dataclass(frozen=True)
class ModuleFigures:
    """A module over the class: its exercises and quiz, of those that are in the run."""

    id: str
    title: str
    exercises: list[ExerciseFigures]

    @property
    def median(self) -> float | None:
        """Of all answers, as a part of their points."""
        shares = [value for exercise in self.exercises for value in exercise.shares]
        return median(shares) if shares else None


def by_module(figures: ClassFigures, course: Course) -> list[ModuleFigures]:
    """The exercises and quizzes of the run by the module that they are of; what the course does not have comes last."""
    found = []
    left = dict(figures.exercises)
    for module in course.modules:
        names = [*(exercise.id for exercise in module.exercises), quiz_name(module.id)]
        own = [left.pop(name) for name in names if name in left]
        if own:
            found.append(ModuleFigures(module.id, module.title, own))
    return found + ([ModuleFigures("", "Not in the course any more", list(left.values()))] if left else [])


def segments(*exercises: ExerciseFigures) -> list[Segment]:
    """Where the class stands in an exercise, or in several."""
    counts = [
        ("full", "full marks", sum(one.full for one in exercises)),
        ("partly", "some points", sum(one.partly for one in exercises)),
        ("none", "no points", sum(one.none for one in exercises)),
        ("troubled", "could not be graded", sum(one.troubled for one in exercises)),
        ("idle", "not started", sum(len(one.not_started) for one in exercises)),
    ]
    everybody = sum(count for _, _, count in counts) or 1
    return [Segment(kind, label, count, count / everybody) for kind, label, count in counts]


def bars(counts: list[int]) -> list[Bar]:
    """A histogram of scores by tenths, full marks last."""
    step = 100 // BINS
    labels = [f"{step * index} % to {step * (index + 1)} %" for index in range(BINS)] + ["full marks"]
    highest = max(counts) or 1
    return [Bar(label, count, count / highest) for label, count in zip(labels, counts, strict=True)]


def remark(check: CheckFigures) -> str:
    """What item analysis says of a check, if it says anything. The thresholds are Ebel's (1965)."""
    passed, apart = check.difficulty, check.discrimination
    if passed is None or check.tried < FEW:
        return ""
    if apart is not None and apart < 0:
        return "weaker learners pass it more often than stronger ones: is the check right?"
    if passed <= 0.2:
        return "few pass it"
    if passed >= 0.95:
        return "nearly all pass it"
    if apart is not None and apart < 0.2:
        return "tells weak from strong hardly at all"
    return ""


def percent(value: float) -> str:
    """A part of the whole in per cent, never rounded to nothing or to everything."""
    rounded = round(100 * value)
    rounded = 1 if rounded == 0 and value > 0 else 99 if rounded == 100 and value < 1 else rounded
    return f"{rounded} %"


def counted(count: int, one: str, many: str) -> str:
    """`1 learner`, `2 learners`."""
    return f"{count} {one if count == 1 else many}"


def render(run: RunResult, course: Course, figures: ClassFigures, likeness: Likeness | None, path: Path) -> None:
    """Write the page to `path`, piece by piece."""
    made = environment(TEMPLATES)
    made.filters |= {"percent": percent, "href": _href}
    script = inline(TEMPLATES, "report.js")
    digest = base64.b64encode(hashlib.sha256(f"\n{script}\n".encode()).digest()).decode()
    made.get_template("report.html").stream(
        course_title=course.title,
        figures=figures,
        likeness=likeness,
        lead=_lead(figures, course),
        attention=_attention(figures, likeness),
        totals=bars(binned([share(row.score, row.points) for row in figures.begun])),
        misconceptions=_frequent(figures),
        sandbox=run.sandbox,
        versions=run.versions,
        remarks=run.remarks,
        modules=by_module(figures, course),
        quizzes=course.quizzes,
        doubtful=[check for check in figures.checks if remark(check)],
        heat=heat,
        columns_readable=COLUMNS_READABLE,
        modules_open=MODULES_OPEN,
        segments=segments,
        bars=bars,
        remark=remark,
        counted=counted,
        shade=_shade,
        statuses=STATUSES,
        names_shown=NAMES_SHOWN,
        misconceptions_shown=MISCONCEPTIONS_SHOWN,
        script=script,
        script_digest=digest,
        style=inline(SHARED, "palette.css") + "\n" + inline(TEMPLATES, "report.css"),
    ).dump(str(path), encoding="utf-8")


def _href(student: str) -> str:
    return f"feedback/{quote(file_stem(student))}.html"


def _shade(score: float, points: float) -> str:
    part = share(score, points)
    return "full" if part >= 1 else "partly" if part >= 0.5 else "none"


def heat(score: float, points: float) -> str:
    """The shade of a cell in which there is no number: five steps, the last for all of the points."""
    part = share(score, points)
    return "full" if part >= 1 else f"h{min(int(4 * part), 3)}"


def _frequent(figures: ClassFigures) -> list[tuple[Any, float]]:
    """Misconceptions by how many have them, each with its part of those who handed the exercise in."""
    ranked = sorted(figures.misconceptions.values(), key=lambda item: (-len(item.students), item.exercise, item.id))
    return [(item, len(item.students) / max(len(figures.exercises[item.exercise].shares), 1)) for item in ranked]


def _lead(figures: ClassFigures, course: Course) -> str:
    begun = figures.begun
    points = max((row.points for row in figures.rows), default=0.0)
    quizzes = len(course.quizzes.keys() & figures.exercises.keys())
    exercises = counted(len(figures.exercises) - quizzes, "exercise", "exercises")
    exercises += f" and {counted(quizzes, 'quiz', 'quizzes')}" if quizzes else ""
    opening = f"{counted(len(figures.rows), 'learner', 'learners')}, {exercises}, {number(points)} points."
    if not begun:
        return f"{opening} Nobody has handed in anything yet."
    shares = [share(row.score, row.points) for row in begun]
    middle = percent(median_high(shares))
    full = counted(sum(value >= 1 for value in shares), "has", "have")
    return f"{opening} Half of those who began have {middle} of the points or more; {full} all of them."


def _attention(figures: ClassFigures, likeness: Likeness | None) -> list[tuple[str, str]]:
    """What asks for a decision: (section, sentence), the pressing ones first."""
    statuses = Counter(trouble.status for trouble in figures.troubles)
    doubtful = sum(check.tried >= FEW and (check.discrimination or 0) < 0 for check in figures.checks)
    faulty = "not graded: a fault of the grader"
    found = [
        ("troubles", statuses["grader_error"], f"answer was {faulty}", f"answers were {faulty}"),
        ("troubles", statuses["unreadable"], "answer could not be read", "answers could not be read"),
        ("idle", len(figures.idle), "learner has not started", "learners have not started"),
        (
            "stopped",
            len(figures.stopped),
            "answer was stopped: it took too long",
            "answers were stopped: they took too long",
        ),
        (
            "alike",
            len(likeness.groups) if likeness else 0,
            "group of answers is alike",
            "groups of answers are alike",
        ),
        ("checks", doubtful, "check is worth a second look", "checks are worth a second look"),
    ]
    return [(section, counted(count, one, many)) for section, count, one, many in found if count]
