"""`winnow grade --nbgrader DIR`: all submitted notebooks side by side, and nbgrader's own conversion one by one.

The results go into the store that `IsolatedGrade` reads, and nbgrader's `Autograde` writes notebooks, scores and
comments; where the steps are those that `winnow nbgrader` configured, `Conversion` takes them in fewer strides. So the
outcome is that of `nbgrader autograde`, to the cell.
"""

from __future__ import annotations

import contextlib
import logging
import warnings
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from nbgrader.apps import AutogradeApp
from nbgrader.converters import Autograde, NbGraderException
from sqlalchemy.exc import DBAPIError, SAWarning

from winnow.course import Course
from winnow.errors import GraderError, UsageError
from winnow.grading.claim import claimed
from winnow.grading.job import Job, Settings
from winnow.grading.pool import grade
from winnow.notebooks import groups
from winnow.notebooks.builder import CONFIG, HARMLESS
from winnow.notebooks.collected import TIMESTAMP, Collected, UnreadableError
from winnow.notebooks.conversion import Conversion, fits
from winnow.notebooks.grading import STORE, NotebookGrader
from winnow.nurse import Prewarmed
from winnow.record import ExerciseResult
from winnow.store import Store
from winnow.submission import Submission, read_one_file


@dataclass(frozen=True)
class Handed:
    """A submitted notebook."""

    student: str
    assignment: str
    module: str
    path: Path


@dataclass
class Outcome:
    """What a run came to: submissions graded, and a sentence for each that was not.

    `faults` are the grader's; `refused` are submissions that could not be converted, or hold no notebook of a module;
    `remarks` are on whole assignments.
    """

    graded: int = 0
    faults: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def grade_submitted(
    course: Course,
    settings: Settings,
    folder: Path,
    assignment: str | None = None,
    processes: int = 1,
    fresh: bool = False,
    sandbox: str = "auto",
    prewarmed: Prewarmed | None = None,
) -> Outcome:
    """Grade what lies in `folder`/submitted, of one assignment or of all.

    Raises:
        UsageError: it is no nbgrader course folder, another run grades it, its configuration cannot be read or would
            have learners' code run beside what grades it, or nothing was submitted.
        CourseError: the course is at fault.
        GraderError: the grade book cannot be used.
    """
    if not (folder / CONFIG).is_file():
        raise UsageError(f"{folder} has no {CONFIG}: winnow nbgrader {folder} makes a course folder of it")
    with claimed(folder), contextlib.chdir(folder), _told(folder):
        app = _application(assignment)
        _isolated(app.config, folder)
        outcome = Outcome()
        if HARMLESS not in app.config.get("HTMLExporter", {}).get("preprocessors", []):
            outcome.remarks.append(
                f"{CONFIG} has formgrader show what learners wrote as it is, scripts included: delete it and run "
                f"winnow nbgrader again, or write c.HTMLExporter.preprocessors = [{HARMLESS!r}] into it"
            )
        handed = sorted(
            _submitted(app.coursedir, course, assignment, outcome), key=lambda one: (one.assignment, one.student)
        )
        if not handed:
            if outcome.refused:
                return outcome
            raise UsageError(f"{app.coursedir.submitted_directory} in {folder} holds no notebook of "
                             f"{assignment or 'any module'}: run nbgrader collect first")  # fmt: skip
        store = Store(Path(app.coursedir.root) / STORE)
        modules = {one.module for one in handed}
        asked = tuple(exercise.id for exercise in course.exercises if exercise.module in modules)
        settings = replace(settings, exercises=asked)
        grader = NotebookGrader(course, settings, store)
        marking = _Marking(grader, handed, processes, fresh, outcome, prewarmed)
        try:
            for name in dict.fromkeys(one.assignment for one in handed):
                refused = _convert(name, marking, sandbox)
                for student in marking.students(name):
                    if (name, student) in marking.bad:
                        continue
                    written = app.coursedir.format_path(app.coursedir.autograded_directory, student, name)
                    if Path(written).is_dir():
                        outcome.graded += 1
                    else:
                        why = refused.get(student, f"nbgrader autograde {name} --student {student} says why")
                        outcome.refused.append(f"{student}, {name}: not graded: {why}")
        finally:
            marking.close()
            grader.close()
            store.close()
        return outcome


@contextlib.contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Say in a sentence what the grade book has met."""
    try:
        yield
    except DBAPIError as error:
        book, said = folder / "gradebook.db", str(error.orig or error).partition("\n")[0]
        if "locked" in said:
            raise GraderError(f"{book} is in use by another program: wait for it to end, and run again") from None
        raise GraderError(f"{book} cannot be used ({said}): put back a copy of it, or move it away and run nbgrader "
                          "generate_assignment again; what was graded is kept in winnow.sqlite") from None  # fmt: skip


def _application(assignment: str | None) -> Any:
    """nbgrader's autograde as its command line sets it up here, quiet unless something is wrong."""
    words = ["--log-level=ERROR", *([f"--assignment={assignment}"] if assignment else [])]
    app = AutogradeApp()
    # Otherwise nbgrader goes on without the file, and so without isolation.
    app.raise_config_file_errors = True
    level = app.log.level
    app.log.setLevel(logging.CRITICAL)
    try:
        app.initialize(words)
    except Exception as error:
        raise UsageError(f"{CONFIG} cannot be read ({type(error).__name__}: {error}): mend it, or delete it and run "
                         "winnow nbgrader again") from None  # fmt: skip
    finally:
        app.log.setLevel(level)
    return app


def _isolated(config: Any, folder: Path) -> None:
    """Refuse to have learners' code run in nbgrader's kernels, which nobody expects of this command."""
    steps = [str(step).rpartition(".")[2] for step in config.get("Autograde", {}).get("autograde_preprocessors", [])]
    if "IsolatedGrade" not in steps or "Execute" in steps:
        raise UsageError(
            f"{folder / CONFIG} switches isolation off: autograde_preprocessors must have "
            "winnow.notebooks.IsolatedGrade and no Execute. Set isolated = True there; only nbgrader autograde itself "
            "grades without isolation"
        )


def _submitted(coursedir: Any, course: Course, assignment: str | None, outcome: Outcome) -> Iterator[Handed]:
    """The notebooks of modules; what was submitted without one goes into the outcome."""
    modules = {module.id for module in course.modules}
    pattern = coursedir.format_path(coursedir.submitted_directory, "*", assignment or "*")
    root = Path(coursedir.root)
    excluded = set(coursedir.student_id_exclude.split(","))
    without: dict[str, list[str]] = {}
    ours = {assignment} & modules
    for folder in sorted(root.glob(str(Path(pattern).relative_to(root)))):
        student, of = folder.parts[-2:]
        if student in excluded or of.startswith(".") or not (folder.is_dir() or folder.is_symlink()):
            continue
        try:
            names = [name for name in Collected(folder).names() if name != TIMESTAMP]
        except UnreadableError as error:
            ours |= {of} & modules
            without.setdefault(of, []).append(f"{student}, {of}: not graded: {error}")
            continue
        found = [name for name in names if name.endswith(".ipynb") and name.removesuffix(".ipynb") in modules]
        yield from (Handed(student, of, name.removesuffix(".ipynb"), folder / name) for name in found)
        if found or of in modules:
            ours.add(of)
        if not found:
            there = f"only {', '.join(names[:3])}{' ...' if len(names) > 3 else ''}" if names else "nothing"
            wanted = f"no {of}.ipynb" if of in modules else "no notebook of a module"
            without.setdefault(of, []).append(f"{student}, {of}: not graded: there is {wanted} but {there}")
    for of, sentences in without.items():
        if of in ours:
            outcome.refused += sentences
        else:
            outcome.remarks.append(
                f"{of} is no module of this course and was passed over: nbgrader autograde grades it"
            )


class _Marking:
    """All that was handed in, graded side by side into the store, while what is done is converted.

    `bad`: (assignment, student) of those that met a fault of the grader. `meanwhile`: what else there is to do, in
    small pieces, while there is nothing to convert.
    """

    def __init__(
        self, grader: NotebookGrader, handed: Sequence[Handed], processes: int, fresh: bool, outcome: Outcome,
        prewarmed: Prewarmed | None,
    ) -> None:  # fmt: skip
        self.grader = grader
        self.bad: set[tuple[str, str]] = set()
        self._handed = handed
        self._fresh = fresh
        self._outcome = outcome
        self._open = Counter((one.assignment, one.student) for one in handed)
        self._pending: dict[int, tuple[Handed, Submission]] = {}
        self._graded = grade(grader.course, self._jobs(), grader.settings, processes, prewarmed, self._piece)
        self.meanwhile: Iterator[None] = iter(())
        self._failed: Exception | None = None

    def ready(self, assignment: str, student: str) -> bool:
        """Grade until what this learner handed in is done; whether it could be graded."""
        try:
            while self._open[assignment, student] and self._failed is None:
                self._take(*next(self._graded))
        except StopIteration:
            pass
        except Exception as error:
            # nbgrader, which asks, would take it for a fault of the notebook.
            self._failed = error
        return self._failed is None and (assignment, student) not in self.bad

    def students(self, assignment: str) -> list[str]:
        """Who handed something in, in the order of conversion."""
        return sorted({one.student for one in self._handed if one.assignment == assignment})

    def finish(self) -> None:
        """Grade what nobody has asked for. Raises what went wrong while grading."""
        for assignment, student in list(self._open):
            self.ready(assignment, student)
        if self._failed is not None:
            raise self._failed

    def _piece(self) -> bool:
        return next(self.meanwhile, self) is None

    def _jobs(self) -> Iterator[Job]:
        grader = self.grader
        for one in self._handed:
            try:
                raw = Collected(one.path.parent).notebook(one.path.name)
            except UnreadableError:
                # The conversion finds the same, and says so.
                self._open[one.assignment, one.student] -= 1
                continue
            submission = read_one_file(one.student, one.path, raw, grader.course.exercises)
            known = {} if self._fresh else grader.known(submission, one.module)
            asked = [exercise.id for exercise in groups.exercises(grader.course, one.module)]
            missing = tuple(name for name in asked if name not in known)
            if missing:
                self._pending[id(submission)] = one, submission
                yield Job(submission, missing)
            else:
                self._open[one.assignment, one.student] -= 1

    def _take(self, job: Job, results: list[ExerciseResult]) -> None:
        one, submission = self._pending.pop(id(job.submission))
        self.grader.keep(submission, {result.exercise: result for result in results})
        for result in results:
            if result.status == "grader_error":
                self._outcome.faults.append(f"{one.student}, {result.exercise}: {result.message}")
                self.bad.add((one.assignment, one.student))
        self._open[one.assignment, one.student] -= 1

    def close(self) -> None:
        """Stop grading."""
        self._graded.close()


def _convert(assignment: str, marking: _Marking, sandbox: str) -> dict[str, str]:
    """Have nbgrader write what was graded; whom it refused, and why, as far as it says."""
    app = _application(assignment)
    converter: Autograde
    refused: dict[str, str] = {}
    if fits(app.config):
        converter = Conversion(coursedir=app.coursedir, parent=app)
        converter.course, converter.grader = marking.grader.course, marking.grader
        converter.ready, converter.refused = marking.ready, refused
        marking.meanwhile = converter.ahead(marking.students(assignment))
    else:
        marking.finish()
        # The same layers, or what has been graded side by side is not found again.
        app.config.IsolatedGrade.sandbox = sandbox
        _exclude(app, {student for name, student in marking.bad if name == assignment})
        converter = Autograde(coursedir=app.coursedir, parent=app)
    converter.force = True
    level = app.log.level
    # What nbgrader says of each notebook is said once, by `refused`.
    app.log.setLevel(logging.CRITICAL)
    try:
        # nbgrader's way to add a submission makes SQLAlchemy warn of every one.
        with contextlib.suppress(NbGraderException), warnings.catch_warnings(action="ignore", category=SAWarning):
            converter.start()
    finally:
        app.log.setLevel(level)
        # The grade book is closed.
        marking.meanwhile = iter(())
    if isinstance(converter, Conversion) and converter.broken is not None:
        raise converter.broken
    marking.finish()
    return refused


def _exclude(app: Any, students: Collection[str]) -> None:
    both = {*filter(None, app.coursedir.student_id_exclude.split(",")), *students}
    app.coursedir.student_id_exclude = ",".join(sorted(both))
