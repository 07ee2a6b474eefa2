"""What a learner's own pytest says: a message instead of a traceback, one line for what is not started, what is next.

A check of a function that is still the stub is skipped, so it is no red; but it does not pass, and the exit status
is 1 until everything that ran has passed. `--tb=...`, `-vv` and `--pdb` bring pytest's own tracebacks back.
"""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from winnow.course import ANSWERS, Course, Exercise
from winnow.learner.own_code import OwnCode, broken, lacking, unusable
from winnow.learner.progress import Outcomes, Progress
from winnow.learner.upcoming import next_step
from winnow.record import EXPLAINED

if TYPE_CHECKING:
    from _pytest._io import TerminalWriter
    from _pytest.terminal import TerminalReporter

    from winnow.diagnosis.public import Explained

MARKS = {"done": "✓", "in progress": "✗", "not started": "·"}
ASCII = {"✓": "+", "✗": "x", "·": "-"}
ALL_DONE = "All public checks pass, and all quizzes are answered."
COLOURS = {"done": "green", "in progress": "red", "not started": "light"}


@dataclass(frozen=True)
class Crash:
    """Where pytest says a check failed, with the message in one line."""

    path: str
    lineno: int
    message: str


@dataclass
class Message:
    """The message of a failed check; pytest shows it in place of the traceback."""

    title: str
    facts: tuple[tuple[str, str], ...]
    reprcrash: Crash

    def toterminal(self, tw: TerminalWriter) -> None:
        """Write it, with colours where the terminal has them."""
        tw.line(f"{_mark('✗')} {self.title}", red=True)
        for label, text in self.facts:
            first, *rest = text.split("\n")
            tw.write(f"    {label:<11}", light=True)
            tw.line(first, bold=label == "Why")
            for line in rest:
                tw.line(" " * 15 + line)

    def __str__(self) -> str:
        lines = [f"✗ {self.title}"]
        for label, text in self.facts:
            lines.append(f"    {label:<11}" + text.replace("\n", "\n" + " " * 15))
        return "\n".join(lines)


class Tutor:
    """A pytest plugin beside the learner's functions."""

    def __init__(self, course: Course, own: OwnCode, config: pytest.Config) -> None:
        self.course = course
        self.own = own
        self.config = config
        self.own.debugged = bool(getattr(config.option, "usepdb", False) or getattr(config.option, "trace", False))
        self.by_path = {exercise.public_checks: exercise for exercise in course.exercises}
        self.ran: dict[str, Outcomes] = {}
        self.lacking: dict[str, str] = {}
        self.faulty: set[str] = set()
        self._compared: tuple[Any, Any] | None = None
        self._reasons: dict[str, set[str]] = {}

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        """Answers to a quiz are collected, too."""
        if file_path.name != ANSWERS:
            return None
        from winnow.learner.quiz_items import collect

        return collect(self.course, file_path, parent)

    def pytest_pycollect_makemodule(self, module_path: Path, parent: pytest.Collector) -> pytest.Module | None:
        """Checks whose libraries are not installed are one line, and hold up no others."""
        exercise = self.by_path.get(module_path)
        said = lacking(exercise) if exercise else ""
        if exercise is None or not said:
            return None
        self.lacking[exercise.id] = said
        return _Lacking.from_parent(parent, path=module_path)

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """Checks that cannot be imported are one line, too: pytest itself would run nothing at all."""
        exercise = self.by_path.get(collector.path)
        try:
            report = yield
        except SystemExit as error:
            if exercise is None:
                raise
            from winnow.grading.session import ended

            report = ended(collector, error)
        if exercise is not None and report.failed:
            from winnow.grading.session import uncollected

            said = unusable(exercise, uncollected(report))
            self.lacking[exercise.id] = said
            self.faulty.add(exercise.id)
            report.outcome, report.longrepr = "skipped", (str(collector.path), 1, said)
        return report

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Checks that are gone cannot be collected, and are told of all the same; of others than were asked for,
        nothing is told."""
        for exercise in self.course.exercises:
            if not exercise.public_checks.is_file():
                self.lacking[exercise.id] = broken(exercise)
        self.lacking = {
            name: said for name, said in self.lacking.items() if self._is_asked_for(self.course.exercise(name))
        }
        self.faulty |= {name for name in self.lacking if broken(self.course.exercise(name))}
        self.faulty &= set(self.lacking)

    def _is_asked_for(self, exercise: Exercise) -> bool:
        """Whether the command line means this exercise, whose checks pytest has not seen."""
        here = self.config.invocation_params.dir
        paths = [(here / word.partition("::")[0]).resolve() for word in self.config.args]
        keywords = getattr(self.config.option, "keyword", "")
        named = not keywords or any(name in keywords for name in (exercise.id, *exercise.functions))
        checks = exercise.public_checks.resolve()
        return named and any(path == checks or path in checks.parents for path in paths)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Every check starts with a clean slate."""
        self.own.calls.clear()
        self._compared = None

    def pytest_assertrepr_compare(self, op: str, left: object, right: object) -> None:
        """Remember what a failed assertion compared."""
        if op == "==":
            self._compared = left, right

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Say in words what happened in a check of the course."""
        report = yield
        exercise = self.by_path.get(item.path)
        if exercise is None or (report.when != "call" and report.passed):
            return report
        outcome: str = report.outcome
        if report.skipped and call.excinfo is not None and str(call.excinfo.value).endswith(" is not started"):
            outcome = "not_started"
            report.longrepr = str(item.path), (item.location[1] or 0) + 1, str(call.excinfo.value)
        # Plain data: with pytest-xdist the report travels to another process.
        report.winnow = {"exercise": exercise.id, "check": item.name, "outcome": outcome}  # type: ignore[attr-defined]
        if report.failed and call.excinfo is not None:
            with suppress(Exception):
                self._explain(item, exercise, call.excinfo.value, report)
        return report

    def _explain(self, item: pytest.Item, exercise: Exercise, error: BaseException, report: pytest.TestReport) -> None:
        from winnow.checks.calls import Call
        from winnow.diagnosis.asserted import failed_lines
        from winnow.diagnosis.public import described, explain, seen
        from winnow.worker.observe import Observation

        calls = [
            seen(
                one.request,
                Call(one.args, one.kwargs),
                Observation(one.value)
                if one.error is None
                else Observation(raised=described(one.error, exercise.stub)),
            )
            for one in self.own.calls
        ]
        told = explain(error, calls, self._compared, item.path, exercise.stub, failed_lines(error, item.path))
        shown = told.counterexample
        crash = getattr(report.longrepr, "reprcrash", None)
        path, line = (crash.path, crash.lineno) if crash else (str(item.path), (item.location[1] or 0) + 1)
        said = {
            "why": told.why,
            "counterexample": dict(vars(shown)) if shown else None,
            "title": title(item),
            "facts": facts(told, exercise),
            "crash": [path, line, told.headline],
        }
        report.winnow |= said  # type: ignore[attr-defined]
        if self._plain():
            report.sections.append(("what this says", str(_message(said))))
        else:
            # pytest asks no more of it than these two ways to write it.
            report.longrepr = _message(said)  # type: ignore[assignment]

    def _plain(self) -> bool:
        """Whether pytest's own traceback was asked for."""
        options = self.config.option
        # As they were asked for: an editor's plugin sets more for itself (PyCharm's sets -vv).
        words = self.config.known_args_namespace
        return (
            getattr(options, "tbstyle", "auto") != "auto"
            or getattr(words, "verbose", 0) >= 2
            or bool(getattr(options, "usepdb", False))
        )

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the outcome, wherever the check ran."""
        said = getattr(report, "winnow", None)
        if said is not None:
            if isinstance(report.longrepr, str) and "facts" in said:
                # From another process it comes as bare text.
                report.longrepr = _message(said)  # type: ignore[assignment]
            if report.failed and "facts" in said:
                self._shorten(report, said)
            outcomes = self.ran.setdefault(said["exercise"], {})
            if outcomes.get(said["check"]) != "failed":
                outcomes[said["check"]] = said["outcome"]

    def _shorten(self, report: pytest.TestReport, said: dict[str, Any]) -> None:
        """One thing to mend at a time: of what failed after the first checks of an exercise only the name is told."""
        failed = sum(outcome == "failed" for outcome in self.ran.get(said["exercise"], {}).values())
        if failed >= EXPLAINED and isinstance(report.longrepr, Message):
            more = f"pytest {report.nodeid}"
            report.longrepr = replace(report.longrepr, facts=(("More", more),))
        elif isinstance(report.longrepr, Message):
            # Two checks that fail for one reason: it is said once.
            reasons = self._reasons.setdefault(said["exercise"], set())
            kept = tuple(fact for fact in report.longrepr.facts if fact[0] != "Why" or fact[1] not in reasons)
            if not any(label != "Hint" for label, _ in kept):
                kept = (("Why", "As above."), *kept)
            reasons.update(text for label, text in kept if label == "Why")
            report.longrepr = replace(report.longrepr, facts=kept)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """What is not started does not pass; and remember how far the learner is, once, in the main process."""
        if hasattr(self.config, "workerinput"):
            return
        if self.faulty:
            session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED
        if not self.ran:
            return
        open_ones = any(outcome == "not_started" for outcomes in self.ran.values() for outcome in outcomes.values())
        if open_ones and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
        with suppress(OSError):
            progress = Progress.load(self.course.root)
            for name, outcomes in self.ran.items():
                progress.record(self.course.exercise(name), outcomes)
            progress.save()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_terminal_summary(self, terminalreporter: TerminalReporter) -> Generator[None, None, None]:
        """After all else: how far each exercise is that ran, and what to do next."""
        yield
        if (self.ran or self.lacking) and terminalreporter.verbosity > -2:
            self._tell(terminalreporter)

    def _tell(self, out: TerminalReporter) -> None:
        progress = Progress.load(self.course.root)
        ran = [exercise for exercise in self.course.exercises if exercise.id in self.ran]
        for exercise in ran:
            # Also where nothing may be written, what has just run counts.
            progress.record(exercise, self.ran[exercise.id])
        out.section(self.course.title)
        width = max(map(len, [*self.ran, *self.lacking]))
        for exercise in ran:
            standing = progress.standing(exercise)
            told = "not started" if standing.state == "not started" else standing.told
            mark = _mark(MARKS[standing.looks])
            out.write_line(f"{mark} {exercise.id:<{width}}   {told}", **{COLOURS[standing.looks]: True})
        for name, said in self.lacking.items():
            out.write_line(f"{_mark('·')} {name:<{width}}   {said}")
        # Go on with what has just run and is not done, else with whatever is next in the course.
        step = next_step(self.course, progress.brief, ran, self.lacking)
        out.write_line(step.text if step else ALL_DONE)


class _Lacking(pytest.Module):
    """Checks that cannot be imported here."""

    def collect(self) -> Any:
        pytest.skip("what it needs is not installed", allow_module_level=True)


def _message(said: dict[str, Any]) -> Message:
    return Message(said["title"], tuple((label, text) for label, text in said["facts"]), Crash(*said["crash"]))


def title(item: pytest.Item) -> str:
    """What a check is called: its docstring, in one line."""
    documented = getattr(getattr(item, "function", None), "__doc__", None) or item.name
    return " ".join(documented.split())


def facts(told: Explained, exercise: Exercise) -> list[list[str]]:
    """Label and text of each line under a failed check."""
    shown = told.counterexample
    rows = shown.facts if shown else ()
    hint = f"winnow hint {exercise.id}" if exercise.hints else ""
    return [[label, text] for label, text in (*rows, ("Why", told.why), ("Hint", hint)) if text]


def _mark(mark: str) -> str:
    """The mark, or its ASCII stand-in where the output cannot show it."""
    try:
        mark.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return ASCII[mark]
    return mark
