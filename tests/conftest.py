"""What tests of the engine and of the course share."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from winnow.course import Course

sys.path.append(str(Path(__file__).parent / "engine"))
from part_of_course import part_of_course

# What `make quick` leaves out: browsers, clusters, nbgrader, the doctor, whole classes, attacks. By file, because what
# takes long is what a file's tests share.
SLOW = re.compile(
    r"test_(.*browser|cluster|nbgrader.*|doctor.*|attacks|class|class_run|answers|course_is_honest|explanations|faults"
    r"|forged_reports|quizzes|right_functions|extras|release|full_disk|submission_class|metamorphic|every_value|linear|public_slips)"
)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """What is left out anyway is not imported: that takes longer than many tests."""
    quick = config.getoption("markexpr") == "not slow"
    return True if quick and SLOW.fullmatch(collection_path.stem) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow."""
    for item in items:
        if SLOW.fullmatch(item.path.stem):
            item.add_marker("slow")


@pytest.fixture(scope="session")
def course_of_four(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The real course as if it had four exercises only; nobody writes into its folder."""
    return part_of_course(tmp_path_factory.mktemp("course_of_four"))
