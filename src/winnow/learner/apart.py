"""`python -m winnow.learner.apart ROOT EXERCISE OUT`: the public checks of one exercise, as `pytest` would run them,
with the result in the file OUT."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from winnow.course import Course, Exercise, load
from winnow.grading.session import session
from winnow.learner import plugin
from winnow.learner.own_code import untouched
from winnow.learner.progress import checks as public_checks
from winnow.learner.progress import not_run
from winnow.record import CheckResult, Counterexample, ExerciseResult, as_json


class _Collector:
    """Keeps what the tutor says of every check, and what the learner's code prints."""

    def __init__(self) -> None:
        self.said: dict[str, dict[str, Any]] = {}
        self.points: dict[str, float] = {}
        self.output = ""
        self.fault = ""

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep what the tutor says of checks that cannot be used."""
        if report.skipped and isinstance(report.longrepr, tuple):
            self.fault = report.longrepr[2]

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Read the points of each check."""
        for item in session.items:
            mark = item.get_closest_marker("points")
            self.points[item.name] = float(mark.args[0]) if mark and mark.args else 0.0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the last word on a check."""
        said = getattr(report, "winnow", None)
        if said is not None:
            self.said[said["check"]] = said
            self.output += report.capstdout + report.capstderr


def run(course: Course, exercise: Exercise) -> ExerciseResult:
    """The public checks of one exercise, in this process."""
    collector = _Collector()
    session([exercise.public_checks], course.root, [collector, plugin], without=("terminal", "cacheprovider"))
    if collector.fault:
        return not_run(exercise, collector.fault)
    points = sum(collector.points.values())
    if untouched(exercise) == frozenset(exercise.functions):
        return ExerciseResult(exercise.id, "not_started", 0.0, points, message=f"{exercise.stub.name} is not started")
    named = {name: check.title for name, check in public_checks(exercise).items()}
    checks = tuple(
        _result(name, named.get(name.partition("[")[0], name), collector.points[name], collector.said.get(name, {}))
        for name in collector.points
    )
    score = sum(check.score for check in checks)
    output = collector.output[: exercise.limits.output]
    return ExerciseResult(exercise.id, "graded", score, points, checks, output=output)


def _result(name: str, title: str, points: float, said: dict[str, Any]) -> CheckResult:
    outcome = said.get("outcome", "not_run")
    shown = said.get("counterexample")
    return CheckResult(
        name, title, "public", outcome, points if outcome == "passed" else 0.0, points, said.get("why", ""),
        Counterexample(**shown) if shown else None,
    )  # fmt: skip


def main(root: str, exercise: str, out: str) -> None:
    """Run, and write the result."""
    course = load(Path(root))
    result = run(course, course.exercise(exercise))
    Path(out).write_text(as_json(result, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
