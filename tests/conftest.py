"""What tests of the engine and of the course share."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from winnow.course import Course

sys.path.append(str(Path(__file__).parent / "engine"))
from part_of_course import part_of_course


@pytest.fixture(scope="session")
def course_of_four(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The real course as if it had four exercises only; nobody writes into its folder."""
    return part_of_course(tmp_path_factory.mktemp("course_of_four"))
