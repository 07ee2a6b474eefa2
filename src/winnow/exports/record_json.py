"""The record itself, as `results.json` has it."""

from __future__ import annotations

from pathlib import Path

from winnow import record_file
from winnow.course import Course
from winnow.exports.ids import Ids
from winnow.record import RunResult


def write(run: RunResult, course: Course, out: Path, ids: Ids | None = None) -> Path:
    """Write the bytes of `results.json`; with ids, under those names."""
    out.parent.mkdir(parents=True, exist_ok=True)
    record_file.write(run, out, ids.name if ids else str)
    return out
