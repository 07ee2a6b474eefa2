"""What tests of the engine and of the course share."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from winnow.course import Course

from .support.part_of_course import part_of_course

# Submissions are data, whatever their files are called: an attack has a conftest.py of its own.
collect_ignore = ["answers", "attacks", "reading"]

# No test is about time, and a busy machine is no fault: what CI has of itself, everyone has.
settings.register_profile("patient", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

# What `make quick` leaves out: browsers, clusters, nbgrader, the doctor, whole classes, attacks, and files whose tests
# start a process each, at a terminal or with large libraries. By file, because what takes long is what a file's tests
# share.
TESTS = Path(__file__).parent
SLOW = re.compile(
    r"(doctor|notebooks|release)/.*|report/test_browser|submission/test_(class|layouts|right_functions)"
    r"|test_(extras|linear)"
    r"|commands/test_(publish|scope)"
    r"|grading/test_(class_run|cluster|faults|full_disk|memories)|learner/test_(commands|pytest)"
    r"|course/test_(answers|attacks|class|course_is_honest|every_value|explanations|forged_reports|metamorphic"
    r"|public_slips|quizzes|reading)|worker/test_(beside|closed_calls|confine)"
)

# What takes longest, longest first. These files begin first: begun last, one would keep a worker when the others are
# done.
LONGEST = (
    "course/test_attacks", "course/test_answers", "notebooks/test_class", "notebooks/test_quiz",
    "notebooks/test_nbgrader", "doctor/test_doctor", "course/test_every_value", "release/test_release",
    "worker/test_confine", "course/test_explanations", "learner/test_commands", "learner/test_pytest",
    "submission/test_layouts", "grading/test_bench", "course/test_pictures", "checks/test_drivers",
    "submission/test_hostile", "grading/test_turn", "grading/test_pool", "grading/test_told",
)  # fmt: skip


def named(path: Path) -> str:
    """A file of tests as it is named here; empty for any other."""
    return path.relative_to(TESTS).with_suffix("").as_posix() if path.is_relative_to(TESTS) else ""


def slow(path: Path) -> bool:
    """Whether `make quick` leaves out the tests of a file."""
    return SLOW.fullmatch(named(path)) is not None


def turn(path: Path) -> int:
    """How early the tests of a file begin: those of `LONGEST`, then the others that are slow, then what is quick."""
    name = named(path)
    return LONGEST.index(name) if name in LONGEST else len(LONGEST) + (not slow(path))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """What is left out anyway is not imported: that takes longer than many tests."""
    quick = config.getoption("markexpr") == "not slow"
    return True if quick and slow(collection_path) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow, and put what takes longest first."""
    items.sort(key=lambda item: turn(item.path))
    for item in items:
        if slow(item.path):
            item.add_marker("slow")


@pytest.fixture(scope="session")
def course_of_four(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The real course as if it had four exercises only; nobody writes into its folder."""
    return part_of_course(tmp_path_factory.mktemp("course_of_four"))
