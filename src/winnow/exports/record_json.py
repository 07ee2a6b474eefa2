"""The record itself, as `results.json` has it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from textwrap import indent

from winnow.course import Course
from winnow.exports.ids import Ids
from winnow.record import RunResult, as_json, to_json


def write(run: RunResult, course: Course, out: Path, ids: Ids | None = None) -> Path:
    """Write the bytes that `record.to_json` gives, one submission at a time; with ids, under those names."""
    out.parent.mkdir(parents=True, exist_ok=True)
    empty = to_json(replace(run, submissions=()))
    before, after = empty.split('"submissions": []', 1)
    with out.open("w", encoding="utf-8") as file:
        file.write(before + '"submissions": [')
        separator = "\n"
        for submission in run.submissions:
            named = replace(submission, student=ids.name(submission.student)) if ids else submission
            file.write(separator + indent(as_json(named, indent=1, ensure_ascii=False), "  "))
            separator = ",\n"
        file.write(("\n ]" if run.submissions else "]") + after)
    return out
