"""The class report: one self-contained page for instructors."""

from __future__ import annotations

from pathlib import Path

from winnow.course import Course
from winnow.feedback.words import Sentences
from winnow.record import RunResult
from winnow.report.alike import Sources, find_alike
from winnow.report.figures import collect
from winnow.report.page import render
from winnow.whole import whole

__all__ = ["write"]


def write(
    run: RunResult,
    course: Course,
    out_dir: Path,
    sentences: Sentences | None = None,
    sources: Sources | None = None,
) -> Path:
    """Write `report.html` into `out_dir`; return its path.

    Args:
        sentences: exercise, then misconception, to its sentence; without it, what its learners were told.
        sources: learner, then exercise, to the text handed in; without it likeness is not looked for.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    path = out_dir / "report.html"
    likeness = find_alike(sources, course) if sources else None
    with whole(path) as part:
        render(run, course, collect(run, course, sentences or {}), likeness, part)
    return path
