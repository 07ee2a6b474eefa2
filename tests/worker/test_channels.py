"""Submissions that run at the same time do not see each other's locks."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

from winnow.course import Course
from winnow.worker.layers import probe

from ..support.small_course import RIGHT, grade, make, submission

# What a lock on a library's file by somebody else would do to it, in three ways.
SEES = """
import fcntl, os
file = open(os.__file__, "rb")
for lock in (fcntl.flock, fcntl.lockf):
    try:
        lock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        print("free")
    except BlockingIOError:
        print("SEEN")
    except OSError:
        print("refused")
"""
LAYERS = ("seccomp", "rlimits")
SECCOMP = pytest.mark.skipif(bool(probe.available()["seccomp"]), reason="this machine has no seccomp")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return make(tmp_path_factory.mktemp("course"))


@SECCOMP
def test_a_lock_on_a_library_is_seen_by_nobody(course: Course) -> None:
    # Open for writing, or no lock keeps others from reading; nothing is written.
    with open(os.__file__, "r+b" if os.access(os.__file__, os.W_OK) else "rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if file.writable():
            fcntl.lockf(file, fcntl.LOCK_EX)
        (seen,) = grade(course, submission(SEES + RIGHT), layers=LAYERS)
    assert "SEEN" not in seen.output
    assert seen.score == 10.0


@SECCOMP
def test_code_that_locks_files_of_its_own_runs_as_it_does_elsewhere(course: Course) -> None:
    own = "import fcntl\nfile = open('own', 'w')\nfcntl.flock(file, fcntl.LOCK_EX)\nfcntl.lockf(file, fcntl.LOCK_EX)\n"
    (result,) = grade(course, submission(own + RIGHT), layers=LAYERS)
    assert (result.score, result.notes) == (10.0, ())


def test_two_checks_of_one_name_are_asked_what_is_theirs(tmp_path: Path) -> None:
    """A public check that draws, and a hidden one that has its name: neither is given the other's question."""
    from ..support.small_course import FILES

    public = (
        FILES["exercises/m01/test_double.py"]
        + """
        from winnow.checks import call

        @pytest.mark.points(5)
        def test_any_number(double, agree):
            '''one'''
            agree(double, on=lambda rng: [call(1)], unchanged=True)
    """
    )
    catalogue = FILES["exercises/course.toml"].replace("points = 10", "points = 15")
    course = make(tmp_path, {**FILES, "exercises/m01/test_double.py": public, "exercises/course.toml": catalogue})
    (result,) = grade(course, submission("def double(x):\n    return 2 if x == 1 else 4\n"))
    outcomes = [(check.visibility, check.outcome) for check in result.checks if check.name == "test_any_number"]
    assert outcomes == [("public", "passed"), ("hidden", "failed")]
