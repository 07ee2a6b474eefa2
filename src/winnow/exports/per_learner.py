"""Formats that have one file per learner: a folder of them, or the file itself where there is one learner."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from winnow.atomic_write import atomically
from winnow.exports.ids import ExportError, Ids
from winnow.feedback.naming import file_stem
from winnow.record import RunResult, SubmissionResult

WAITING = "Not judged yet, by a fault of the grader and not of your code: it counts 0 until it is graded again."
"""What is said where a format adds up points, and has no way to leave one out that does not raise the rest."""


def write_files(
    run: RunResult,
    out: Path,
    ids: Ids | None,
    content: Callable[[SubmissionResult], dict[str, Any]],
    called_by: str = "",
) -> Path:
    """Write `content` of each submission to `OUT/<learner>.json`; to OUT itself if it ends in .json.

    Args:
        called_by: the heading of that by which whoever reads the files knows a learner, where there are no `ids`.
    """
    single = out.suffix == ".json"
    if single and len(run.submissions) != 1:
        raise ExportError(f"{out} is one file, but there are {len(run.submissions)} learners: name a folder instead")
    (out.parent if single else out).mkdir(parents=True, exist_ok=True)
    for submission in run.submissions:
        name = ids.name(submission.student) if ids else submission.person.ids.get(called_by, submission.student)
        path = out if single else out / f"{file_stem(name)}.json"
        text = json.dumps(content(submission), indent=1, ensure_ascii=False, allow_nan=False)
        with atomically(path) as part:
            part.write_text(text + "\n", encoding="utf-8")
    return out


def explained(facts: tuple[tuple[str, str], ...], why: str, hint: str) -> str:
    """The facts of a failed check as lines of plain text."""
    lines = [*facts, *((label, text) for label, text in (("Why", why), ("Hint", hint)) if text)]
    return "\n".join(f"{label:<10}{text}" for label, text in lines)
