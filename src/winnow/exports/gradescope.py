"""Gradescope's `results.json`, one per learner.

The format: https://gradescope-autograders.readthedocs.io/en/latest/specs/#output-format
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from winnow.course import Course
from winnow.exports.ids import Ids
from winnow.exports.per_learner import WAITING, explained, write_files
from winnow.feedback.words import OUTCOMES, STATUSES, ExerciseWords, learner_words
from winnow.record import ExerciseResult, RunResult, SubmissionResult


def write(run: RunResult, course: Course, out: Path, ids: Ids | None = None) -> Path:
    """Write one file per learner, called by the submission where Gradescope told which it is.

    What the grader could not judge is a 0 of its whole maximum that says so: without it the rest would look better.
    """
    return write_files(run, out, ids, lambda submission: _results(submission, course), "Submission")


def _results(submission: SubmissionResult, course: Course) -> dict[str, Any]:
    words = learner_words(submission, course, {})
    pairs = list(zip(submission.exercises, words.exercises, strict=True))
    said = [WAITING] if any(result.status == "grader_error" for result in submission.exercises) else []
    said += words.notes
    for exercise in words.exercises:
        said += [f"{exercise.id}: {note}" for note in exercise.notes]
        said += [f"{exercise.id} printed:\n{exercise.output}"] if exercise.output else []
    return {
        "score": submission.score,
        "output": "\n\n".join(said),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [test for result, exercise in pairs for test in _tests(result, exercise)],
    }


def _test(name: str, status: str, output: str, score: float, maximum: float) -> dict[str, Any]:
    shown = {"output": output, "output_format": "text", "visibility": "visible"}
    return {"name": name, "status": status, "score": score, "max_score": maximum, **shown}


def _tests(result: ExerciseResult, words: ExerciseWords) -> list[dict[str, Any]]:
    if result.status != "graded":
        # Gradescope adds up: what was not handed in is a 0 that says so.
        output = WAITING if result.status == "grader_error" else f"{words.headline}. {words.message}".strip()
        return [_test(f"{words.id}: {words.title}", "failed", output, result.score, result.points) | _status(result)]
    tests = []
    for check, said in zip(result.checks, words.checks, strict=True):
        output = explained(said.facts, said.why, said.hint) or OUTCOMES[check.outcome]
        status = "passed" if check.outcome == "passed" else "failed"
        tests.append(_test(f"{words.id}: {said.title}", status, output, check.score, check.points))
    return tests


def _status(result: ExerciseResult) -> dict[str, Any]:
    """Why there is no grade, for whoever reads the file; `status` itself knows passed and failed only."""
    return {"extra_data": {"status": STATUSES[result.status]}}
