"""A pytest session whose loop over items is somebody else's: what collects the checks that a bench then runs."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

import pytest

from winnow.checks import plugin
from winnow.course import CourseError

QUIET = (
    "cacheprovider", "capture", "terminal", "logging", "warnings", "junitxml", "doctest", "faulthandler",
    "unraisableexception", "threadexception", "pastebin", "stepwise", "debugging", "tmpdir", "recwarn", "setuponly",
    "setupplan", "monkeypatch", "unittest",
)  # fmt: skip
"""Parts of pytest that a check has no use for, and that cost time at every one."""


class Runs(plugin.Grader, Protocol):
    """A pytest plugin that runs what was collected. `problems`: what is wrong with the checks."""

    problems: list[str]


def hold(bench: Runs, files: Iterable[Path], root: Path) -> None:
    """Collect the checks in `files` and have `bench` run them.

    Raises:
        CourseError: the checks cannot be collected, or `bench` found a problem with them.
        KeyboardInterrupt: Ctrl-C.
    """
    options = ["-p", "winnow.checks.plugin", f"--rootdir={root}", "--import-mode=importlib", "-c", os.devnull]
    options += ["-o", "addopts=", *(word for name in QUIET for word in ("-p", f"no:{name}"))]
    said, paths = io.StringIO(), list(sys.path)
    try:
        with _alone(), plugin.graded_by(bench), contextlib.redirect_stdout(said):
            status = pytest.main([*map(str, files), *options], plugins=[bench])
    finally:
        sys.path[:] = paths
    if status == pytest.ExitCode.INTERRUPTED:
        raise KeyboardInterrupt
    if bench.problems:
        raise CourseError(bench.problems[0])
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise CourseError(f"the checks cannot be run (pytest ended with {status}): {said.getvalue().strip()[-500:]}")


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Keep pytest from loading the plugins of other packages: what else is installed has no say in a verdict."""
    name = "PYTEST_DISABLE_PLUGIN_AUTOLOAD"
    before = os.environ.get(name)
    os.environ[name] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before
