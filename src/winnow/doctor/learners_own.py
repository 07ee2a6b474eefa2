"""A learner's own `pytest`: public checks alone, in a learner's copy of the course with the solutions written in."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from winnow.course import Course, Exercise

SECONDS = 300


def failures(course: Course, exercises: Sequence[Exercise]) -> dict[str, list[str]]:
    """By exercise, what plain pytest says of the public checks that the solution fails; an empty list is good."""
    with tempfile.TemporaryDirectory(prefix="winnow-") as folder:
        root = Path(folder) / "course"
        shutil.copytree(course.root / "exercises", root / "exercises")
        for exercise in course.exercises:
            shutil.copyfile(exercise.solution, root / exercise.stub.relative_to(course.root))
        files = [str(exercise.public_checks.relative_to(course.root)) for exercise in exercises]
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("WINNOW_", "PYTEST_"))}
        try:
            done = subprocess.run(
                [sys.executable, "-m", "pytest", "-q", "--tb=no", "-rfE", "-p", "no:cacheprovider", *files],
                cwd=root,
                env={**kept, "COLUMNS": "200"},
                capture_output=True,
                text=True,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return {exercise.id: [f"pytest runs for more than {SECONDS} seconds"] for exercise in exercises}
    found: dict[str, list[str]] = {}
    for exercise in exercises:
        name = re.escape(exercise.public_checks.name)
        lines = re.findall(rf"^(?:FAILED|ERROR) \S*{name}(?:::)?(.*)$", done.stdout, re.MULTILINE)
        found[exercise.id] = [line.strip() for line in lines]
    if done.returncode and not any(found.values()):
        said = (done.stdout + done.stderr).strip().splitlines()
        found[exercises[0].id] = [f"pytest ended with {done.returncode}: {said[-1] if said else 'no message'}"]
    return found
