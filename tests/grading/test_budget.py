"""What a learner returns cannot hold a grader up: each part of the grader's own work has a limit, and one that is over
it is given up, for this learner alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from winnow.course import Course
from winnow.grading import pool
from winnow.grading.job import Job, Settings
from winnow.grading.process import GraderProcess
from winnow.record import ExerciseResult

from ..support.small_course import FILES, RIGHT, make, submission

# Checks that have much to do with 5 and needs much memory for 8, an explanation that does for any. All of it in C.
HARD = {
    "exercises/m01/test_double.py": '''
        import re
        import numpy as np
        import pytest

        def looked_at(value):
            if value == 5:
                re.match("(a+)+b", "a" * 60)
            if value == 8:
                np.zeros(3 << 30, dtype=np.int8)
            return value

        @pytest.mark.points(1)
        def test_two(double):
            """twice two"""
            assert looked_at(double(2)) == 4

        @pytest.mark.points(2)
        def test_three(double):
            """twice three"""
            assert looked_at(double(3)) == 6
    ''',
    "graders/m01/double_misconceptions.py": '''
        import re

        class sevens:
            """Seven is not twice as much."""

            @staticmethod
            def double(x):
                re.match("(a+)+b", "a" * 60)
                return 7
    ''',
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    files = FILES | HARD
    files["exercises/course.toml"] += "judging = 0.5\n"
    return make(tmp_path_factory.mktemp("course"), files)


def answers(two: object, three: object = 6) -> str:
    """An answer with these in the place of twice two and twice three."""
    return f"{RIGHT}_own = double\ndef double(x):\n    return {two} if x == 2 else {three} if x == 3 else _own(x)\n"


def graded(course: Course, *texts: str) -> dict[str, ExerciseResult]:
    jobs = [Job(submission(text, student=str(at)), ("double",)) for at, text in enumerate(texts)]
    done = pool.grade(course, jobs, Settings.of(course, (), b"s"), 1)
    return {job.submission.student: results[0] for job, results in done}


def outcomes(result: ExerciseResult) -> dict[str, str]:
    return {check.name: check.outcome for check in result.checks}


def test_a_check_that_takes_too_long_is_the_learners_failed_one(course: Course) -> None:
    results = graded(course, RIGHT, answers(5), RIGHT.replace("x + x", "(x + x)"))
    assert [results[str(at)].score for at in (0, 2)] == [10, 10]
    held_up = results["1"]
    assert held_up.status == "graded"
    assert outcomes(held_up) == {
        "test_two": "failed", "test_three": "passed", "test_any_number": "passed", "test_half": "passed",
    }  # fmt: skip
    assert held_up.score == 9
    assert held_up.checks[0].why == "Stopped: to look at what it returned took more than 0.5 s."


def test_what_takes_too_much_memory_to_look_at_is_the_learners_failed_check(course: Course) -> None:
    result = graded(course, answers(8))["0"]
    assert result.score == 9
    assert result.checks[0].why == "Stopped: to look at what it returned takes more memory than there is for it."


def test_the_score_stands_where_the_explanation_takes_too_long(course: Course) -> None:
    result = graded(course, answers(1))["0"]
    assert (result.status, result.score) == ("graded", 9)
    assert outcomes(result)["test_two"] == "failed"
    assert "the failed checks are not explained: that took too long" in result.notes


def test_several_parts_are_given_up_one_after_the_other(course: Course) -> None:
    result = graded(course, answers(5, 5))["0"]
    assert outcomes(result) == {
        "test_two": "failed", "test_three": "failed", "test_any_number": "passed", "test_half": "passed",
    }  # fmt: skip


@pytest.fixture
def grader(course: Course) -> Iterator[GraderProcess]:
    process = GraderProcess(Settings.of(course, (), b"s"))
    yield process
    process.close(at_once=True)


def test_a_notebooks_grader_and_a_clusters_go_on_with_what_is_left(grader: GraderProcess) -> None:
    trying: Job | None = Job(submission(answers(5)), ("double",))
    given_up = []
    results = None
    while results is None:
        assert trying is not None
        grader.send(trying)
        results = grader.receive(trying)
        if results is None:
            trying = grader.again(trying)
            assert trying is not None
            given_up.append(trying.given_up)
    assert given_up == [(("double", 0),)]
    assert results[0].score == 9
