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
from sqlalchemy.exc import SAWarning

from winnow.course import Course
from winnow.errors import UsageError
from winnow.grading.pool import Job, Settings, grade
from winnow.notebooks import groups
from winnow.notebooks.builder import CONFIG
from winnow.notebooks.conversion import Conversion, fits
from winnow.notebooks.grading import STORE, NotebookGrader
from winnow.nurse import Hearth
from winnow.record import ExerciseResult
from winnow.store import Store
from winnow.submission import Submission, read_submission


@dataclass(frozen=True)
class Handed:
    """A submitted notebook."""

    student: str
    assignment: str
    module: str
    path: Path


@dataclass
class Outcome:
    """What a run came to: notebooks graded, and a sentence for each that was not.

    `faults` are the grader's; `refused` are notebooks that nbgrader could not convert.
    """

    graded: int = 0
    faults: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def grade_submitted(
    course: Course,
    settings: Settings,
    folder: Path,
    assignment: str | None = None,
    processes: int = 1,
    fresh: bool = False,
    sandbox: str = "auto",
    hearth: Hearth | None = None,
) -> Outcome:
    """Grade what lies in `folder`/submitted, of one assignment or of all.

    Raises:
        UsageError: it is no nbgrader course folder, or nothing was submitted.
        CourseError: the course is at fault.
    """
    if not (folder / CONFIG).is_file():
        raise UsageError(f"{folder} has no {CONFIG}: winnow nbgrader {folder} makes a course folder of it")
    with contextlib.chdir(folder):
        app = _application(assignment)
        handed = sorted(_submitted(app.coursedir, course, assignment), key=lambda one: (one.assignment, one.student))
        if not handed:
            raise UsageError(f"{app.coursedir.submitted_directory} in {folder} holds no notebook of "
                             f"{assignment or 'any module'}: run nbgrader collect first")  # fmt: skip
        outcome = Outcome()
        store = Store(Path(app.coursedir.root) / STORE)
        settings = replace(settings, modules=tuple(sorted({one.module for one in handed})))
        grader = NotebookGrader(course, settings, store)
        marking = _Marking(grader, handed, processes, fresh, outcome, hearth)
        try:
            for name in dict.fromkeys(one.assignment for one in handed):
                students = sorted({one.student for one in handed if one.assignment == name})
                _convert(name, marking, sandbox)
                for student in students:
                    if (name, student) in marking.bad:
                        continue
                    written = app.coursedir.format_path(app.coursedir.autograded_directory, student, name)
                    if Path(written).is_dir():
                        outcome.graded += 1
                    else:
                        outcome.refused.append(f"{student}, {name}: nbgrader could not read what was submitted")
        finally:
            marking.close()
            grader.close()
            store.close()
        return outcome


def _application(assignment: str | None) -> Any:
    """nbgrader's autograde as its command line sets it up here, quiet unless something is wrong."""
    words = ["--log-level=ERROR", *([f"--assignment={assignment}"] if assignment else [])]
    app = AutogradeApp()
    app.initialize(words)
    return app


def _submitted(coursedir: Any, course: Course, assignment: str | None) -> Iterator[Handed]:
    modules = {module.id for module in course.modules}
    pattern = coursedir.format_path(coursedir.submitted_directory, "*", assignment or "*")
    root = Path(coursedir.root)
    excluded = set(coursedir.student_id_exclude.split(","))
    for path in sorted(root.glob(str(Path(pattern).relative_to(root) / "*.ipynb"))):
        student, of = path.parts[-3], path.parts[-2]
        if path.stem in modules and student not in excluded:
            yield Handed(student, of, path.stem, path)


class _Marking:
    """All that was handed in, graded side by side into the store, while what is done is converted.

    `bad`: (assignment, student) of those that met a fault of the grader.
    """

    def __init__(
        self, grader: NotebookGrader, handed: Sequence[Handed], processes: int, fresh: bool, outcome: Outcome,
        hearth: Hearth | None,
    ) -> None:  # fmt: skip
        self.grader = grader
        self.bad: set[tuple[str, str]] = set()
        self._handed = handed
        self._fresh = fresh
        self._outcome = outcome
        self._open = Counter((one.assignment, one.student) for one in handed)
        self._pending: dict[int, tuple[Handed, Submission]] = {}
        self._graded = grade(grader.course, self._jobs(), grader.settings, processes, hearth)
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

    def finish(self) -> None:
        """Grade what nobody has asked for. Raises what went wrong while grading."""
        for assignment, student in list(self._open):
            self.ready(assignment, student)
        if self._failed is not None:
            raise self._failed

    def _jobs(self) -> Iterator[Job]:
        grader = self.grader
        for one in self._handed:
            submission = read_submission(one.student, one.path, grader.course.exercises)
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


def _convert(assignment: str, marking: _Marking, sandbox: str) -> None:
    app = _application(assignment)
    converter: Autograde
    if fits(app.config):
        converter = Conversion(coursedir=app.coursedir, parent=app)
        converter.course, converter.grader = marking.grader.course, marking.grader
        converter.ready = marking.ready
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
    marking.finish()


def _exclude(app: Any, students: Collection[str]) -> None:
    both = {*filter(None, app.coursedir.student_id_exclude.split(",")), *students}
    app.coursedir.student_id_exclude = ",".join(sorted(both))
