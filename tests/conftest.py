"""What tests of the engine and of the course share."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from winnow.course import Course

from .support.part_of_course import part_of_course

# What `make quick` leaves out: browsers, clusters, nbgrader, the doctor, whole classes, attacks. By file, because what
# takes long is what a file's tests share.
TESTS = Path(__file__).parent
SLOW = re.compile(
    r"(doctor|notebooks|release)/.*|report/test_browser|submission/test_(class|layouts|right_functions)"
    r"|test_(extras|linear)"
    r"|commands/test_(publish|scope)"
    r"|grading/test_(class_run|cluster|faults|full_disk)"
    r"|course/test_(answers|attacks|class|course_is_honest|every_value|explanations|forged_reports|metamorphic"
    r"|public_slips|quizzes|reading)|worker/test_confine"
)


def slow(path: Path) -> bool:
    """Whether `make quick` leaves out the tests of a file."""
    return path.is_relative_to(TESTS) and SLOW.fullmatch(path.relative_to(TESTS).with_suffix("").as_posix()) is not None


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """What is left out anyway is not imported: that takes longer than many tests."""
    quick = config.getoption("markexpr") == "not slow"
    return True if quick and slow(collection_path) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow."""
    for item in items:
        if slow(item.path):
            item.add_marker("slow")


@pytest.fixture(scope="session")
def course_of_four(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The real course as if it had four exercises only; nobody writes into its folder."""
    return part_of_course(tmp_path_factory.mktemp("course_of_four"))
