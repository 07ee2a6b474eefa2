"""The plugin that pytest finds where winnow is installed: a learner's functions as fixtures, with a tutor beside them.

It is loaded by every pytest run there, so it imports little; where there is no course it does nothing.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from winnow.checks.plugin import Fixtures, mark
from winnow.course import Course, CourseError, find_root, load
from winnow.learner.state import copy_at, told


def pytest_configure(config: pytest.Config) -> None:
    """Register the markers and, where there is a course, its functions as fixtures."""
    mark(config)
    course = _course(config)
    if course is None or config.pluginmanager.has_plugin("winnow-functions"):
        return
    from winnow.learner.own_code import OwnCode
    from winnow.learner.tutor import Tutor

    own = OwnCode(course)
    config.pluginmanager.register(Tutor(course, own, config), "winnow-tutor")
    config.pluginmanager.register(Fixtures(own), "winnow-fixtures")


def _course(config: pytest.Config) -> Course | None:
    starts = [Path(arg.split("::")[0]) for arg in config.args] or [config.invocation_params.dir]
    for start in (*starts, config.rootpath):
        here = start if start.is_dir() else start.parent
        try:
            root = find_root(here)
        except CourseError as error:
            if copy_at(here) is not None:
                raise pytest.UsageError(told(error, here)) from None
            continue
        try:
            return load(root)
        except CourseError as error:
            if not (root / "graders").is_dir():
                # A learner's copy: without a word, all that pytest could say is that fixtures are missing.
                raise pytest.UsageError(told(error, root)) from None
    return None
