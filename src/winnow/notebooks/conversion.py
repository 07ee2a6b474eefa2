"""nbgrader's autograde with one session of the gradebook: how `winnow grade --nbgrader` writes notebooks and scores.

nbgrader's own converter reads and writes every notebook twice, opens the gradebook anew for every step, and asks it for
one cell at a time. That takes longer than grading. Here as there, nbgrader's own code goes through the files, handles
what fails, and decides about every cell and every score.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import rwbase
from nbgrader import utils
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde, NbGraderException
from nbgrader.preprocessors import AssignLatePenalties, ClearOutput, OverwriteCells, SaveAutoGrades
from sqlalchemy.exc import DBAPIError

from winnow.course import Course, CourseError
from winnow.errors import GraderError, UsageError
from winnow.notebooks import groups
from winnow.notebooks.builder import AUTOGRADE, SANITIZE
from winnow.notebooks.collected import Collected, UnreadableError, as_notebook, first_line
from winnow.notebooks.grading import NotebookGrader
from winnow.notebooks.preprocessor import known_cells, lacks, put_back, restore, sentences_of, show

OWN = (
    "CheckCellMetadata", "ClearMetadataPreprocessor", "ClearOutput", "ClearOutputPreprocessor", "Exporter",
    "FilesWriter", "IgnorePattern", "LimitOutput", "NbConvertBase", "NbGraderPreprocessor", "NotebookExporter",
    "OverwriteCells", "OverwriteKernelspec", "Preprocessor", "RestoreMetadata", "SaveAutoGrades", "WriterBase",
)  # fmt: skip
"""Whoever configures one of these wants steps that this conversion does not take, or takes in its own way."""


def fits(config: Any) -> bool:
    """Whether the steps configured are those that `winnow nbgrader` wrote into the configuration."""
    chosen = config.get("Autograde", {})
    steps = chosen.get("sanitize_preprocessors"), chosen.get("autograde_preprocessors")
    return steps == (list(SANITIZE), list(AUTOGRADE)) and not any(name in config for name in OWN)


class Conversion(Autograde):  # type: ignore[misc]
    """`Autograde` for the steps of `winnow nbgrader`."""

    course: Course
    grader: NotebookGrader
    ready: Callable[[str, str], bool]
    """Waits until what a learner handed in for an assignment is graded, and tells whether it could be."""
    refused: dict[str, str]
    """Why, by learner, what was handed in could not be converted."""
    broken: DBAPIError | None = None
    """What the grade book has met: nbgrader would go on with the next learner."""

    def start(self) -> None:
        """Convert all that was submitted.

        Raises:
            UsageError: the assignment was not generated.
        """
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            # Rows that were read or written once stay what they are: nobody else writes while this runs.
            gradebook.db().expire_on_commit = False
            self._gradebook = gradebook
            self._released: dict[tuple[str, str], _Released] = {}
            self._submitted: dict[str, Any] = {}
            self._rows: dict[str, Any] = {}
            self._new: set[str] = set()
            name = self.coursedir.assignment_id
            try:
                gradebook.find_assignment(name)
            except MissingEntry:
                said = f"{name} is not in the grade book: run nbgrader generate_assignment {name}, and then this again"
                raise UsageError(said) from None
            super().start()

    def ahead(self, students: Collection[str]) -> Iterator[None]:
        """What is to be done anyway, in small pieces, for whoever has nothing else to do: first what is done once.

        What fails is left to when its turn comes.
        """
        name = self.coursedir.assignment_id
        for notebook in self._gradebook.find_assignment(name).notebooks:
            if groups.known(self.course, notebook.name):
                with contextlib.suppress(Exception):
                    groups.of_module(self.course, notebook.name)
                    self._release(name, notebook).known(self.course, notebook.name)
                    sentences_of(self.course, notebook.name)
                yield
        # The schema is compiled when it is first used.
        nbformat.validate(nbformat.v4.new_notebook(), relax_add_props=True)  # type: ignore[no-untyped-call]
        for student in students:
            if student not in self._rows:
                yield
                try:
                    self._submission(name, student)
                except Exception:
                    return

    def _release(self, assignment: str, notebook: Any) -> _Released:
        if (assignment, notebook.name) not in self._released:
            self._released[assignment, notebook.name] = _Released(notebook)
        return self._released[assignment, notebook.name]

    def _submission(self, assignment: str, student: str) -> Any:
        """The row of a learner's submission."""
        if student not in self._rows:
            book, about = self._gradebook, {}
            if timestamp := Collected.of(self.coursedir, student, assignment).timestamp():
                with contextlib.suppress(ValueError, OverflowError):
                    about["timestamp"] = utils.parse_utc(timestamp)
            with _together(book.db):
                if self.create_student:
                    book.update_or_create_student(student)
                try:
                    book.find_submission(assignment, student)
                except MissingEntry:
                    self._new.add(student)
                self._rows[student] = book.update_or_create_submission(assignment, student, **about)
        return self._rows[student]

    def init_destination(self, assignment_id: str, student_id: str) -> bool:
        """Whether to convert what a learner handed in: what could not be graded stays as it was."""
        ready = self.ready(assignment_id, student_id)
        if not ready and student_id in self._new:
            self._gradebook.remove_submission(assignment_id, student_id)
        chosen: bool = ready and super().init_destination(assignment_id, student_id)
        return chosen

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """What Autograde does before a learner's notebooks: rows in the gradebook, and files beside the notebooks."""
        with self._noting(student_id):
            self._init_assignment(assignment_id, student_id)

    @contextlib.contextmanager
    def _noting(self, student: str) -> Iterator[None]:
        """Remember what nbgrader, which catches it, only writes into its log."""
        try:
            yield
        except DBAPIError as error:
            self.broken = error
            raise
        except Exception as error:
            self.refused[student] = _sentence(error)
            raise

    def _init_assignment(self, assignment_id: str, student_id: str) -> None:
        self._copy_handed_in(assignment_id, student_id)
        book = self._gradebook
        assignment = book.find_assignment(assignment_id)
        submission = self._submission(assignment_id, student_id)
        self._copy_given(assignment_id, student_id)
        for notebook in assignment.notebooks:
            self._release(assignment_id, notebook)
        known = {notebook.name for notebook in assignment.notebooks}
        self.notebooks: list[str] = [path for path in self.notebooks if Path(path).stem in known]
        if not self.notebooks:
            raise NbGraderException("No notebooks found, did you forget to run 'nbgrader generate_assignment'?")
        handed_in = {Path(path).stem for path in self.notebooks}
        self._submitted = {notebook.name: notebook for notebook in submission.notebooks}
        for name in known - handed_in:
            for grade in self._submitted[name].grades:
                grade.auto_score = 0
                grade.needs_manual_grade = False
        book.db.commit()

    def _given(self, assignment_id: str) -> str:
        """The folder of what was handed out, as the instructor has it."""
        folder: str = self.coursedir.format_path(self.coursedir.source_directory, ".", assignment_id)
        return folder

    def _copy_handed_in(self, assignment_id: str, student_id: str) -> None:
        """Files beside the notebooks. nbgrader would copy what a link leads to, and give it back with the feedback."""
        to = Path(self._format_dest(assignment_id, student_id))
        for parts, raw in Collected.of(self.coursedir, student_id, assignment_id).others(self.coursedir.ignore):
            path = to.joinpath(*parts)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(raw)

    def _copy_given(self, assignment_id: str, student_id: str) -> None:
        """Files that were handed out come back as they were handed out."""
        given = Path(self._given(assignment_id))
        kept = {str(given / name) for name in self.exclude_overwriting.get(assignment_id, [])}
        for path in set(utils.find_all_files(str(given), [*self.coursedir.ignore, "*.ipynb"])) - kept:
            to = Path(self._format_dest(assignment_id, student_id)) / Path(path).relative_to(given)
            to.parent.mkdir(parents=True, exist_ok=True)
            to.unlink(missing_ok=True)
            shutil.copy(path, to)

    def convert_single_notebook(self, notebook_filename: str) -> None:
        """Grade a notebook, and write it with its scores."""
        resources = self.init_single_notebook_resources(notebook_filename)
        with self._noting(resources["nbgrader"]["student"]):
            self._convert(Path(notebook_filename), resources)

    def _convert(self, path: Path, resources: Any) -> None:
        about = resources["nbgrader"]
        try:
            nb = self._converted(path, about)
            # An earlier penalty does not count for what is graded now.
            submitted = self._submitted[about["notebook"]]
            submitted.late_submission_penalty = None
            self._gradebook.db.commit()
        except UnreadableError:
            self._gradebook.db.rollback()
            self._without_score(self._submitted[about["notebook"]])
            raise
        except BaseException:
            self._gradebook.db.rollback()
            raise
        if submitted.assignment.total_seconds_late > 0:
            AssignLatePenalties(parent=self).preprocess(nb, resources)
        resources["output_extension"] = self.exporter.file_extension
        self.write_single_notebook(_written(nb), resources)

    def _without_score(self, submitted: Any) -> None:
        """A score of what was handed in before is none of what cannot be read: somebody must look at it."""
        for grade in submitted.grades:
            grade.auto_score = None
            grade.needs_manual_grade = True
        self._gradebook.db.commit()

    def _converted(self, path: Path, about: dict[str, str]) -> Any:
        module = about["notebook"]
        released = self._released[about["assignment"], module]
        graded = groups.of_module(self.course, module)
        cells = _Cells(released, self._submitted[module])
        raw = Collected.of(self.coursedir, about["student"], about["assignment"]).notebook(path.name)
        nb = as_notebook(raw, path.name)
        clear, overwrite, save = ClearOutput(parent=self), OverwriteCells(parent=self), SaveAutoGrades(parent=self)
        for step in (overwrite, save):
            step.gradebook = cells
            step.notebook_id, step.assignment_id, step.student_id = module, about["assignment"], about["student"]
        _each(clear, nb)
        restore(nb, released.known(self.course, module))
        if released.kernelspec:
            nb.metadata["kernelspec"] = nbformat.from_dict(json.loads(released.kernelspec))  # type: ignore[no-untyped-call]
        _each(overwrite, nb)
        lost = [cell for cell in nb.cells if "nbgrader" in cell.metadata and "grade_id" not in cell.metadata.nbgrader]
        if lost:
            raise NbGraderException(f"{module} was generated before the course grew: run nbgrader generate_assignment")
        source = Path(self._given(about["assignment"])) / f"{module}.ipynb"
        results = self.grader.grade(about["student"], path, raw, module, source)
        if lacks(nb, graded):
            put_back(nb, released.notebook, graded)
        show(nb, self.course, module, results)
        _each(save, nb)
        nbformat.validate(nb, relax_add_props=True)
        return nb


@contextlib.contextmanager
def _together(session: Any) -> Iterator[None]:
    """Commit once what nbgrader would commit row by row."""
    session.commit = session.flush
    try:
        yield
    except BaseException:
        del session.commit
        session.rollback()
        raise
    del session.commit
    session.commit()


def _written(nb: Any) -> str:
    """What `nbformat.v4.writes` makes of a notebook, and a line's end. The notebook is not for use afterwards: there it
    is copied first."""
    nb = rwbase.strip_transient(rwbase.split_lines(nb))  # type: ignore[no-untyped-call]
    return json.dumps(nb, indent=1, sort_keys=True, separators=(",", ": "), ensure_ascii=False) + "\n"


def _sentence(error: Exception) -> str:
    return str(error) if isinstance(error, NbGraderException | CourseError | GraderError) else first_line(error)


def _each(step: Any, nb: Any) -> None:
    for number, cell in enumerate(nb.cells):
        nb.cells[number], _ = step.preprocess_cell(cell, {}, number)


class _Released:
    """A notebook as the gradebook has it, its cells by name."""

    def __init__(self, notebook: Any) -> None:
        self.notebook = notebook
        self.kernelspec = notebook.kernelspec
        self.source = {cell.name: cell for cell in notebook.source_cells}
        self.graded = {cell.name: cell for cell in (*notebook.grade_cells, *notebook.task_cells)}
        # What is marked by hand has a comment of its own, be it an answer or a task.
        self.answers = {cell.name: cell for cell in (*notebook.solution_cells, *notebook.task_cells)}
        self._known: dict[str, dict[str, Any]] | None = None

    def known(self, course: Course, module: str) -> dict[str, dict[str, Any]]:
        """What nbgrader keeps in its cells."""
        if self._known is None:
            self._known = known_cells(self.notebook, course, module)
        return self._known


class _Cells:
    """What nbgrader's steps ask the gradebook for, of one notebook and one learner, without asking it."""

    def __init__(self, released: _Released, submitted: Any) -> None:
        self._released = released
        self._grades = {grade.cell_id: grade for grade in submitted.grades}
        self._comments = {comment.cell_id: comment for comment in submitted.comments}
        self.db = self

    def find_source_cell(self, name: str, *_: str) -> Any:
        return _found(self._released.source, name)

    def find_graded_cell(self, name: str, *_: str) -> Any:
        return _found(self._released.graded, name)

    def find_grade(self, name: str, *_: str) -> Any:
        return _found(self._grades, self.find_graded_cell(name).id)

    def find_comment(self, name: str, *_: str) -> Any:
        return _found(self._comments, _found(self._released.answers, name).id)

    def commit(self) -> None:
        """All cells of a notebook are written together, once the last is known."""


def _found(rows: dict[str, Any], name: str) -> Any:
    if name not in rows:
        raise MissingEntry(f"the gradebook has no {name}")
    return rows[name]
