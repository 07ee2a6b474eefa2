"""A learner's own `pytest`: public checks alone, in a learner's copy of the course with the solutions written in."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from winnow.course import Course, load


def failures(course: Course) -> Iterator[tuple[str, list[str]]]:
    """By exercise, what plain pytest says of the public checks that the solution fails; an empty list is good.

    It runs in this process, which does nothing else.
    """
    with tempfile.TemporaryDirectory(prefix="winnow-") as folder:
        root = Path(folder) / "course"
        shutil.copytree(course.root / "exercises", root / "exercises")
        for path in (path for one in load(course.root, draft=True).exercises for path in one.needed(graded=False)):
            # What is not written yet would be missed in a learner's copy; nothing is asked of it here.
            (root / path.relative_to(course.root)).touch()
        for exercise in course.exercises:
            shutil.copyfile(exercise.solution, root / exercise.stub.relative_to(course.root))
        checks = [exercise.public_checks for exercise in course.exercises if exercise.public_checks.is_file()]
        files = [path.relative_to(course.root).as_posix() for path in checks]
        status, said = _pytest(root, files) if files else (0, "")
    found: dict[str, list[str]] = {}
    for exercise in course.exercises:
        name = re.escape(exercise.public_checks.name)
        lines = re.findall(rf"^(?:FAILED|ERROR) \S*/{name}(?:::)?(.*)$", said, re.MULTILINE)
        found[exercise.id] = [line.strip() for line in lines]
    if status and not any(found.values()):
        last = said.strip().splitlines()
        found[course.exercises[0].id] = [f"pytest ended with {status}: {last[-1] if last else 'no message'}"]
    yield from found.items()


def _pytest(root: Path, files: list[str]) -> tuple[int, str]:
    for name in [name for name in os.environ if name.startswith(("WINNOW_", "PYTEST_"))]:
        del os.environ[name]
    os.environ["COLUMNS"] = "200"
    os.chdir(root)
    sys.path.insert(0, str(root))
    said = io.StringIO()
    words = ["-q", "--tb=no", "-rfE", "-p", "no:cacheprovider", "--color=no"]
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = pytest.main([*words, *files])
    return int(status), said.getvalue()
