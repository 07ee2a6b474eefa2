"""Runs public checks on the learner's files: confined where that works, else in a process of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from winnow.course import Course, Exercise
from winnow.errors import GraderError
from winnow.learner.own_code import lacking
from winnow.learner.progress import Progress, not_run
from winnow.record import ExerciseResult, exercise_from_json
from winnow.worker.clock import too_long

if TYPE_CHECKING:
    from winnow.nurse import Nurseries

UNCONFINED = "checked without a sandbox, as pytest does: your code ran as you would run it yourself"
PATIENCE = 60.0
"""Seconds that the checks of one exercise may take where nothing else limits them."""


@contextmanager
def nurseries() -> Iterator[Nurseries | None]:
    """Warm processes that confine what they run; None where there can be none."""
    if sys.platform != "linux" or os.environ.get("WINNOW_SANDBOX") == "off":
        yield None
        return
    from winnow.nurse import Nurseries
    from winnow.nurse.sandbox import choose

    warm = Nurseries(choose("auto").layers)
    try:
        yield warm
    finally:
        warm.close()


def check(course: Course, exercises: Sequence[Exercise], warm: Nurseries | None) -> list[ExerciseResult]:
    """The public checks of `exercises`, once; the outcome is remembered."""
    unable = {one.id: found for one in exercises if (found := for_want(one))}
    able = [one for one in exercises if one.id not in unable]
    results: list[ExerciseResult] = []
    if able and sys.stderr.isatty():
        most = max(one.limits.wall for one in able)
        names = able[0].id if len(able) == 1 else f"{len(able)} exercises"
        print(f"checking {names}: what takes longer than {most:g} s is stopped ...", file=sys.stderr)
    if warm is None:
        results = apart(course, able)
    elif able:
        from winnow.learner import confined

        confined.run(course, able, [confined.job(one) for one in able], results.append, warm)
        results = [unless_lost(course, one) for one in results]
    remember(course, results)
    by_name = {one.exercise: one for one in results} | unable
    return [by_name[one.id] for one in exercises]


def unless_lost(course: Course, result: ExerciseResult) -> ExerciseResult:
    """The result; where the sandbox did not let the checks run, that of a fresh Python beside it.

    It is closed to libraries that lie elsewhere than the interpreter's, as those named by PYTHONPATH do.
    """
    if result.status != "grader_error":
        return result
    print(f"note: {result.exercise} was {UNCONFINED}", file=sys.stderr)
    return _apart(course, course.exercise(result.exercise))


def for_want(exercise: Exercise) -> ExerciseResult | None:
    """The result of an exercise that cannot run here, because a library that it needs is not installed."""
    said = lacking(exercise)
    return not_run(exercise, said) if said else None


def remember(course: Course, results: Collection[ExerciseResult]) -> None:
    """Note how far the learner is. Where nothing may be written, nothing is remembered."""
    progress = Progress.load(course.root)
    for result in results:
        if result.status == "graded":
            progress.record(course.exercise(result.exercise), {one.name: one.outcome for one in result.checks})
    with suppress(OSError):
        progress.save()


def passes(result: ExerciseResult) -> bool:
    """Whether every check of the exercise passed."""
    return result.status == "graded" and bool(result.checks) and all(one.outcome == "passed" for one in result.checks)


def apart(course: Course, exercises: Sequence[Exercise]) -> list[ExerciseResult]:
    """The checks of each exercise in a fresh Python, which is ended when it takes too long."""
    return [_apart(course, exercise) for exercise in exercises]


def _apart(course: Course, exercise: Exercise) -> ExerciseResult:
    with tempfile.TemporaryDirectory(prefix="winnow-", ignore_cleanup_errors=True) as folder:
        out = Path(folder) / "result.json"
        command = [sys.executable, "-m", "winnow.learner.apart", str(course.root), exercise.id, str(out)]
        try:
            done = subprocess.run(command, timeout=PATIENCE, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                                  errors="replace", check=False)  # fmt: skip
        except subprocess.TimeoutExpired:
            return not_run(exercise, too_long(PATIENCE))
        if not out.is_file():
            said = (done.stderr or done.stdout).strip()[-500:]
            raise GraderError(f"the checks of {exercise.id} ended without a result: {said}")
        data: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
        return exercise_from_json(data)
