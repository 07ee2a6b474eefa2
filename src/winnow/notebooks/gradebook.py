"""`winnow grade --nbgrader DIR`: all submitted notebooks side by side, then nbgrader's own conversion one by one.

The results go into the store that `IsolatedGrade` reads, and nbgrader's `Autograde` writes notebooks, scores and
comments; where the steps are those that `winnow nbgrader` configured, `Conversion` takes them in fewer strides. So the
outcome is that of `nbgrader autograde`, to the cell.
"""

from __future__ import annotations

import contextlib
import logging
import warnings
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
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
    done: Callable[[str], None] = lambda student: None,
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
        handed = list(_submitted(app.coursedir, course, assignment))
        if not handed:
            raise UsageError(f"{app.coursedir.submitted_directory} in {folder} holds no notebook of "
                             f"{assignment or 'any module'}: run nbgrader collect first")  # fmt: skip
        outcome = Outcome()
        store = Store(Path(app.coursedir.root) / STORE)
        grader = NotebookGrader(course, settings, store)
        try:
            bad = _fill(grader, handed, processes, fresh, outcome, done)
            for name in dict.fromkeys(one.assignment for one in handed):
                students = {one.student for one in handed if one.assignment == name}
                _convert(name, grader, sandbox, {student for student, of in bad if of == name})
                for student in sorted(students - {student for student, of in bad if of == name}):
                    written = app.coursedir.format_path(app.coursedir.autograded_directory, student, name)
                    if Path(written).is_dir():
                        outcome.graded += 1
                    else:
                        outcome.refused.append(f"{student}, {name}: nbgrader could not read what was submitted")
        finally:
            grader.close()
            store.close()
        return outcome


def _application(assignment: str | None, excluded: Collection[str] = ()) -> Any:
    """nbgrader's autograde as its command line sets it up here, quiet unless something is wrong."""
    words = ["--log-level=ERROR", *([f"--assignment={assignment}"] if assignment else [])]
    app = AutogradeApp()
    app.initialize(words)
    if excluded:
        both = {*filter(None, app.coursedir.student_id_exclude.split(",")), *excluded}
        app.coursedir.student_id_exclude = ",".join(sorted(both))
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


def _fill(
    grader: NotebookGrader, handed: list[Handed], processes: int, fresh: bool, outcome: Outcome,
    done: Callable[[str], None],
) -> set[tuple[str, str]]:  # fmt: skip
    """Grade into the store; (student, assignment) of those that met a fault of the grader."""
    course, settings = grader.course, grader.settings
    pending: dict[int, tuple[Handed, Submission]] = {}
    bad = set()

    def jobs() -> Iterator[Job]:
        for one in handed:
            submission = read_submission(one.student, one.path, course.exercises)
            known = {} if fresh else grader.known(submission, one.module)
            asked = [exercise.id for exercise in groups.exercises(course, one.module)]
            missing = tuple(name for name in asked if name not in known)
            if missing:
                pending[id(submission)] = one, submission
                yield Job(submission, missing)
            else:
                done(one.student)

    for job, results in grade(course, jobs(), settings, processes):
        one, submission = pending.pop(id(job.submission))
        grader.keep(submission, {result.exercise: result for result in results})
        for result in results:
            if result.status == "grader_error":
                outcome.faults.append(f"{one.student}, {result.exercise}: {result.message}")
                bad.add((one.student, one.assignment))
        done(one.student)
    return bad


def _convert(assignment: str, grader: NotebookGrader, sandbox: str, excluded: set[str]) -> None:
    app = _application(assignment, excluded)
    converter: Autograde
    if fits(app.config):
        converter = Conversion(coursedir=app.coursedir, parent=app)
        converter.course, converter.grader = grader.course, grader
    else:
        # The same layers, or what has been graded side by side is not found again.
        app.config.IsolatedGrade.sandbox = sandbox
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
