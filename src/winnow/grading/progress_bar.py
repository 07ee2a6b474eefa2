"""How far a run is: a bar with its rate and the time left, in a terminal; nothing in a pipe or in CI."""

from __future__ import annotations

import os
from types import TracebackType

from rich import progress
from rich.console import Console
from rich.text import Text


class _Rate(progress.ProgressColumn):
    """Learners per second, or per minute where that is the number to read."""

    def render(self, task: progress.Task) -> Text:
        speed = task.finished_speed or task.speed
        if not speed:
            return Text("")
        return Text(f"{speed:.1f} per second" if speed >= 1 else f"{60 * speed:.0f} per minute")


class ProgressBar:
    """Shown while learners are graded."""

    def __init__(self, console: Console, total: int, quiet: bool = False) -> None:
        self._console = console
        self._total = total
        self._done = 0
        columns = (
            progress.TextColumn("grading"),
            progress.BarColumn(),
            progress.MofNCompleteColumn(),
            _Rate(),
            progress.TextColumn("left"),
            progress.TimeRemainingColumn(),
        )
        hidden = quiet or not console.is_terminal or bool(os.environ.get("CI"))
        self._bar = progress.Progress(*columns, console=console, transient=True, disable=hidden)
        self._task = self._bar.add_task("grading", total=total)

    def __enter__(self) -> ProgressBar:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def advance(self) -> None:
        """One learner more."""
        self._done += 1
        self._bar.advance(self._task)

    def interrupted(self) -> None:
        """Say what is kept."""
        self._bar.stop()
        said = f"{self._done} of {self._total} learners are graded and kept; the same command goes on from there"
        self._console.print(said, highlight=False)
