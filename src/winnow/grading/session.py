"""A pytest session on the checks of a course, with winnow's plugins and no others.

A bench holds one, `winnow doctor` does, and so does the separate process of a learner's own `pytest`.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
from collections.abc import Generator, Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from winnow.course import CourseError

QUIET = (
    "cacheprovider", "capture", "terminal", "logging", "warnings", "junitxml", "doctest", "faulthandler",
    "unraisableexception", "threadexception", "pastebin", "stepwise", "debugging", "tmpdir", "recwarn", "setuponly",
    "setupplan", "monkeypatch", "unittest",
)  # fmt: skip
"""Parts of pytest that cost time at every check, and that no check uses."""


class Problems:
    """A pytest plugin that keeps, in `problems`, what could not be collected: a fault of the course."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """Checks that end Python cannot be collected, as others that cannot be imported."""
        try:
            return (yield)
        except SystemExit as error:
            return ended(collector, error)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep the reason."""
        if report.failed:
            self.problem(report.nodeid, uncollected(report))

    def problem(self, place: str, said: str) -> None:
        """Keep what is wrong with what pytest calls `place`."""
        self.problems.append(f"{place} {said}")


def ended(collector: pytest.Collector, error: SystemExit) -> pytest.CollectReport:
    """What comes of collecting a file that ends Python: pytest itself would end there."""
    return pytest.CollectReport(collector.nodeid, "failed", f"it ends Python: SystemExit: {error}".rstrip(": "), [])


def uncollected(report: pytest.CollectReport) -> str:
    """Why pytest could not collect something: the last line of what it says."""
    text = str(report.longrepr).strip()
    said = text.rpartition("\n")[2].removeprefix("E ").strip()
    if re.match(r"(Syntax|Indentation|Tab)Error\b", said) and (places := re.findall(r'File "[^"]*", line (\d+)', text)):
        said = f"line {places[-1]}: {said}"
    # Where a module lies from which something cannot be imported helps nobody.
    said = re.sub(r" \(\S*[/\\]\S*\)$", "", said)
    return f"cannot be collected ({said or 'unknown reason'})"


def hold(plugins: Sequence[object], files: Iterable[Path], root: Path, problems: Sequence[str]) -> None:
    """Collect the checks in `files` and have `plugins` run them.

    Args:
        problems: where one of the plugins says what is wrong with the checks.

    Raises:
        CourseError: the checks cannot be collected, or there is a problem with them.
        KeyboardInterrupt: Ctrl-C.
    """
    status, said = session(files, root, plugins)
    if status == pytest.ExitCode.INTERRUPTED:
        raise KeyboardInterrupt
    if problems:
        raise CourseError(problems[0])
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise CourseError(f"the checks cannot be run (pytest ended with {status}): {said.strip()[-500:]}")


def session(
    files: Iterable[Path], root: Path, plugins: Sequence[object], without: Iterable[str] = QUIET
) -> tuple[int, str]:
    """Run pytest on `files` of the course at `root`; its exit status, and what it printed.

    Args:
        plugins: all that take part. Those of other packages do not: what is installed has no say in a verdict.
        without: parts of pytest that are left out.
    """
    options = [f"--rootdir={root}", "--import-mode=importlib", "-c", os.devnull, "-o", "addopts="]
    options += [word for name in without for word in ("-p", f"no:{name}")]
    said, paths = io.StringIO(), list(sys.path)
    try:
        with _alone(), contextlib.redirect_stdout(said):
            status = pytest.main([*map(str, files), *options], plugins=list(plugins))
    finally:
        sys.path[:] = paths
    return int(status), said.getvalue()


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Keep pytest from loading the plugins of other packages."""
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
