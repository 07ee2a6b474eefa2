"""One worker is of one submission, and what goes wrong while a failed check is explained decides no score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from winnow.course import Course
from winnow.diagnosis import known, relations, smallest
from winnow.diagnosis.hidden import Diagnosis
from winnow.errors import GraderError
from winnow.grading import bench
from winnow.grading.handed_in import Allowance, HandedIn
from winnow.grading.job import Job, Settings
from winnow.grading.process import GraderProcess
from winnow.grading.turn import MixedUpError, Turn
from winnow.nurse import Nurseries
from winnow.record import ExerciseResult

from ..support.small_course import RIGHT, make, submission

WRONG = "def double(x):\n    return 3 * x\ndef half(x):\n    return x / 2\n"
NAMED = "def double(x):\n    return x + 2\ndef half(x):\n    return x / 2\n"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return make(tmp_path_factory.mktemp("course"))


def graded(course: Course, *texts: str) -> list[ExerciseResult]:
    """The results of these submissions, each of which runs already while the one before is judged."""
    jobs = [Job(submission(text, student=f"s{at}"), ("double",)) for at, text in enumerate(texts)]
    come: Iterator[Job] = iter(jobs)
    found: list[tuple[Job, ExerciseResult]] = []
    bench.run(course, come, lambda job, results: found.append((job, *results)), (), b"s", (), lambda: next(come, None))
    assert [job for job, _ in found] == jobs
    return [result for _, result in found]


def test_what_was_begun_for_one_job_is_taken_by_no_other(course: Course) -> None:
    one, other = (Job(submission(RIGHT, student=name), ("double",)) for name in ("one", "other"))
    exercise, source = course.exercises[0], one.submission.sources["double"]
    nurseries = Nurseries(())
    try:
        turn = Turn(one)
        turn.begin(HandedIn(one, exercise, source, {"numpy"}, nurseries, Allowance(60)))
        assert Turn(other).take(source) is None
        assert turn.take(other.submission.sources["double"]) is None
        begun = turn.take(source)
        assert begun is not None
        assert turn.take(source) is None
        with pytest.raises(MixedUpError, match="code of another submission"):
            Turn(other).owns(begun)
        with pytest.raises(MixedUpError, match="code of another submission"):
            Turn(other).begin(begun)
        begun.close()
    finally:
        nurseries.close()


def test_results_of_another_job_are_no_jobs_results(course: Course) -> None:
    one, other = (Job(submission(RIGHT, student=name), ("double",)) for name in ("one", "other"))
    process = GraderProcess(Settings.of(course, (), b"s"))
    try:
        process.send(one)
        with pytest.raises(GraderError, match="has answered for another submission"):
            process.receive(other)
        process.send(one)
        with pytest.raises(GraderError, match="has answered for another submission"):
            process.receive(replace(one, exercises=("half",)))
    finally:
        process.close(at_once=True)


def fails(*about: Any, **more: Any) -> Any:
    raise TypeError("the right answer is 4")


PARTS = [
    (Diagnosis, "explain"), (Diagnosis, "_explain"), (Diagnosis, "_public"), (Diagnosis, "_counterexample"),
    (known.Known, "match"), (known.Known, "right"), (relations, "describe"), (relations, "differ"),
    (smallest.Search, "smallest"),
]  # fmt: skip


@pytest.mark.parametrize(("owner", "name"), PARTS, ids=[name for _, name in PARTS])
def test_explaining_decides_no_score(course: Course, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> None:
    texts = [NAMED, RIGHT, WRONG, RIGHT, "def double(x):\n    return object()\n", RIGHT]
    undisturbed = graded(course, *texts)
    monkeypatch.setattr(owner, name, fails)
    results = graded(course, *texts)
    for before, after in zip(undisturbed, results, strict=True):
        assert (after.status, after.score) == (before.status, before.score)
        assert [check.outcome for check in after.checks] == [check.outcome for check in before.checks]
        assert "right answer" not in repr(after)


def test_the_rest_of_an_explanation_is_told(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    (undisturbed,) = graded(course, NAMED)
    monkeypatch.setattr(smallest.Search, "smallest", fails)
    (result,) = graded(course, NAMED)
    assert [check.why for check in result.checks] == [check.why for check in undisturbed.checks]
    assert result.misconceptions == ("adds_two",)
    assert result.notes == ("test_any_number could not be explained in full (TypeError)",)


def test_nothing_is_graded_twice_for_what_a_learner_returns(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []
    begin = HandedIn.begin

    def noting(subject: HandedIn) -> None:
        begun.append(subject.job.submission.student)
        begin(subject)

    monkeypatch.setattr(HandedIn, "begin", noting)
    monkeypatch.setattr(Diagnosis, "explain", fails)
    graded(course, WRONG, RIGHT, NAMED)
    assert begun == ["s0", "s1", "s2"]
