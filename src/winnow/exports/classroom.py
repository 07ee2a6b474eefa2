"""The result a GitHub Classroom grader hands to `autograding-grading-reporter`, one per learner.

The reporter adds up `score` over `tests` and compares the sum with `max_score`; it reads the JSON in base64
from the output `result` of the grading step. The format:
https://github.com/classroom-resources/autograding-grading-reporter
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from winnow.course import Course
from winnow.exports.ids import Ids
from winnow.exports.per_learner import WAITING, explained, write_files
from winnow.feedback.words import OUTCOMES, ExerciseWords, learner_words
from winnow.record import ExerciseResult, RunResult, SubmissionResult

VERSION = 1


def write(run: RunResult, course: Course, out: Path, ids: Ids | None = None) -> Path:
    """Write one file per learner. What the grader could not judge is an error, and a 0 of its whole maximum."""
    return write_files(run, out, ids, lambda submission: _result(submission, course), "github_username")


def _result(submission: SubmissionResult, course: Course) -> dict[str, Any]:
    words = learner_words(submission, course, {})
    pairs = zip(submission.exercises, words.exercises, strict=True)
    graded = [test for result, exercise in pairs for test in _tests(result, exercise)]
    found = {test["status"] for test, _ in graded}
    return {
        "version": VERSION,
        "status": next((status for status in ("error", "fail") if status in found), "pass"),
        "max_score": sum(maximum for _, maximum in graded),
        "tests": [test for test, _ in graded],
    }


def _tests(result: ExerciseResult, words: ExerciseWords) -> list[tuple[dict[str, Any], float]]:
    """The tests of one exercise, each with its points."""
    if result.status != "graded":
        error = result.status == "grader_error"
        message = WAITING if error else f"{words.headline}. {words.message}".strip()
        return [(_test(words, words.title, "error" if error else "fail", result.score, message), result.points)]
    tests = []
    for check, said in zip(result.checks, words.checks, strict=True):
        status = {"passed": "pass", "grader_error": "error"}.get(check.outcome, "fail")
        message = explained(said.facts, said.why, said.hint) or OUTCOMES[check.outcome]
        test = _test(words, said.title, status, check.score, "" if status == "pass" else message)
        tests.append((test, check.points))
    return tests


def _test(words: ExerciseWords, title: str, status: str, score: float, message: str) -> dict[str, Any]:
    named = {"name": f"{words.id}: {title}", "status": status, "score": 0.0 if status == "error" else score}
    return {**named, "message": message, "test_code": "", "filename": words.file, "line_no": 0}
