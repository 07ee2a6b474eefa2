"""The class report: one self-contained page for instructors, out of the record of a run.

`figures` counts, `alike` finds answers that are alike, `page` and the templates write it. Imported by commands.
"""

from __future__ import annotations

from pathlib import Path

from winnow.atomic_write import atomically
from winnow.course import Course
from winnow.feedback.words import Sentences
from winnow.record import RunResult
from winnow.report.alike import Likeness
from winnow.report.figures import collect
from winnow.report.page import render

__all__ = ["write"]


def write(
    run: RunResult,
    course: Course,
    out_dir: Path,
    sentences: Sentences | None = None,
    likeness: Likeness | None = None,
) -> Path:
    """Write `report.html` into `out_dir`; return its path.

    Args:
        sentences: exercise, then misconception, to its sentence; without it, what its learners were told.
        likeness: which answers are alike; None when that was not looked for.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    path = out_dir / "report.html"
    with atomically(path) as part:
        render(run, course, collect(run, course, sentences or {}), likeness, part)
    return path
