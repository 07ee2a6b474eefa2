"""In place of nbgrader's `Execute`: grades a notebook without running anything of it in this process or its kernel."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from nbformat import from_dict
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook
from nbgrader.converters import NbGraderException
from nbgrader.preprocessors import ClearOutput, NbGraderPreprocessor
from traitlets import Enum, Unicode

from winnow.course import Course, CourseError, find_root, load, stamp
from winnow.feedback.sentences import sentences
from winnow.feedback.words import Sentences
from winnow.grading.job import Settings
from winnow.notebooks import groups
from winnow.notebooks.collected import Collected, as_notebook
from winnow.notebooks.grading import NotebookGrader, scores, warm_grader
from winnow.notebooks.outputs import outputs
from winnow.nurse.sandbox import Sandbox, choose
from winnow.record import ExerciseResult
from winnow.secret import course_secret

_courses: dict[Path, Course] = {}
_settings = cache(Settings.of)
_sandboxes: dict[str, Sandbox] = {}


@cache
def sentences_of(course: Course, module: str) -> Sentences:
    """The sentences on what is graded in a module's notebook. Raises CourseError when a file cannot be read."""
    return sentences(course.only((module,)))


class IsolatedGrade(NbGraderPreprocessor):  # type: ignore[misc]
    """Writes the score and the feedback of every graded cell into its outputs; `SaveAutoGrades` takes it from there."""

    course = Unicode("", help="The folder of the winnow course; empty: WINNOW_COURSE, or here or above.").tag(
        config=True
    )
    sandbox = Enum(
        ("auto", "strict", "off"), "auto", help="strict refuses to grade when a layer of isolation is missing."
    ).tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Grade the notebook as it was handed in, which is what `winnow grade` reads as well."""
        about = resources["nbgrader"]
        course = the_course(self.course)
        if not groups.known(course, about["notebook"]):
            # All of it is marked by hand, or RestoreMetadata has refused it.
            return nb, resources
        coursedir = self.parent.parent.coursedir
        name = f"{about['notebook']}.ipynb"
        raw = Collected.of(coursedir, about["student"], about["assignment"]).notebook(name)
        of = coursedir.format_path(coursedir.source_directory, ".", about["assignment"])
        source = Path(of) / name
        grader = self._grader(course, Path(coursedir.root))
        results = grader.grade(about["student"], Path(name), raw, about["notebook"], source)
        graded = groups.of_module(course, about["notebook"])
        if lacks(nb, graded):
            with Gradebook(about["db_url"]) as gradebook:
                put_back(nb, gradebook.find_notebook(about["notebook"], about["assignment"]), graded)
        show(nb, course, about["notebook"], results)
        return nb, resources

    def _grader(self, course: Course, folder: Path) -> NotebookGrader:
        if self.sandbox not in _sandboxes:
            # Trying the layers out takes a moment, and once is enough for a process.
            _sandboxes[self.sandbox] = choose(self.sandbox)
            for remark in _sandboxes[self.sandbox].remarks:
                self.log.warning(remark)
        sandbox = _sandboxes[self.sandbox]
        settings = _settings(course, sandbox.layers, course_secret(course.root))
        return warm_grader(course, settings, folder)


def put_back(nb: Any, released: Any, graded: dict[str, groups.GradedCell]) -> None:
    """Graded cells that were deleted come back at the end, so that deleting them costs nothing and earns nothing.

    nbgrader's own `add_missing_cells` fails when the cell before the deleted one was deleted too. `released` is the
    notebook in nbgrader's gradebook.
    """
    there = _there(nb)
    source = {cell.name: cell for cell in released.source_cells}
    worth = {cell.name: cell.max_score for cell in released.grade_cells}
    for name, one in graded.items():
        if name in worth and name not in there:
            cell = new_code_cell(source[name].source, id=name.replace("_", "-")[:64])  # type: ignore[no-untyped-call]
            cell.metadata["nbgrader"] = one.metadata() | {
                "points": worth[name], "checksum": source[name].checksum, "cell_type": "code",
            }  # fmt: skip
            nb.cells.append(cell)


def lacks(nb: Any, graded: dict[str, groups.GradedCell]) -> bool:
    """Whether graded cells were deleted."""
    return not graded.keys() <= _there(nb)


def _there(nb: Any) -> set[str]:
    return {cell.metadata.get("nbgrader", {}).get("grade_id", "") for cell in nb.cells}


def show(nb: Any, course: Course, module: str, results: dict[str, ExerciseResult]) -> None:
    """Write score and feedback into the outputs of the graded cells."""
    graded = groups.of_module(course, module)
    earned = scores(graded.values(), results)
    told = sentences_of(course, module)
    for cell in nb.cells:
        one = graded.get(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
        if one is not None and cell.cell_type == "code":
            score = min(earned[one.grade_id], float(cell.metadata.nbgrader["points"]))
            cell.execution_count = None
            cell.outputs = outputs(course, one, results.get(one.exercise), score, told)


class RestoreMetadata(NbGraderPreprocessor):  # type: ignore[misc]
    """What nbgrader keeps in a cell is set to what it was when the notebook was handed out.

    The notebook is read anew, because nbgrader has opened whatever a link leads to; what it has copied that way goes.

    A cell that was pasted from elsewhere, and every copy of a cell but the last, loses it: nbgrader's own
    `DeduplicateIds` leaves an empty entry behind, over which `CheckCellMetadata` ends the run for the whole class.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """See `restore`. Raises UnreadableError where what was handed in is a link, or lies behind one."""
        about = resources["nbgrader"]
        coursedir = self.parent.parent.coursedir
        name = f"{about['notebook']}.ipynb"
        handed_in = Collected.of(coursedir, about["student"], about["assignment"])
        nb, _ = ClearOutput(parent=self).preprocess(as_notebook(handed_in.notebook(name), name), resources)
        _remove_copies(coursedir, handed_in, about)
        course = the_course(self.config.IsolatedGrade.get("course", ""))
        with Gradebook(about["db_url"]) as gradebook:
            released = gradebook.find_notebook(about["notebook"], about["assignment"])
            restore(nb, known_cells(released, course, about["notebook"]))
        return nb, resources


def _remove_copies(coursedir: Any, handed_in: Collected, about: dict[str, str]) -> None:
    """Remove what nbgrader has copied through links: it would give that back to learners with their feedback."""
    there = Path(coursedir.format_path(coursedir.autograded_directory, about["student"], about["assignment"]))
    given = Path(coursedir.format_path(coursedir.source_directory, ".", about["assignment"]))
    for path in there.rglob("*"):
        parts = path.relative_to(there).parts
        if path.is_file() and not given.joinpath(*parts).exists() and handed_in.is_behind_a_link(parts):
            path.unlink()


def known_cells(released: Any, course: Course, module: str) -> dict[str, dict[str, Any]]:
    """What nbgrader is to keep in each cell that was handed out: those of the course, and the instructor's own.

    Args:
        released: the notebook in nbgrader's gradebook.

    Raises:
        NbGraderException: the instructor's own cells have a test, which would be run by nobody: nbgrader gives full
            marks for a cell without any output.
    """
    known: dict[str, dict[str, Any]] = {}
    if groups.known(course, module):
        known |= {name: one.metadata() for name, one in groups.of_module(course, module).items()}
        known |= {one.id: groups.solution_metadata(one) for one in groups.exercises(course, module)}
    written = {cell.name for cell in released.solution_cells}
    worth = {cell.name: cell for cell in released.grade_cells}
    tasks = {cell.name: cell.max_score for cell in released.task_cells}
    for cell in released.source_cells:
        name, graded = cell.name, worth.get(cell.name)
        if name in known:
            continue
        if graded is not None and name not in written and graded.cell_type == "code":
            raise NbGraderException(
                f"the cell {name} of {module} is a test of its own, which isolated grading does not run: write it as a "
                "check below graders/, or have it marked by hand (a manually graded answer)"
            )
        points = graded.max_score if graded is not None else tasks.get(name)
        known[name] = {
            "schema_version": 3, "grade": graded is not None, "grade_id": name, "locked": cell.locked,
            "solution": name in written, "task": name in tasks, "cell_type": cell.cell_type,
        } | ({} if points is None else {"points": points})  # fmt: skip
    return known


def restore(nb: Any, known: dict[str, dict[str, Any]]) -> None:
    """Set the metadata of known cells, drop that of all others."""
    left = dict(known)
    for cell in reversed(nb.cells):
        about = cell.metadata.pop("nbgrader", None)
        name = about.get("grade_id") if isinstance(about, dict) else None
        if isinstance(name, str) and name in left:
            # The type of a learner's cell may have been changed; OverwriteCells changes it back.
            checksum = about.get("checksum") or ""
            kept = {"cell_type": "code"} | left.pop(name) | {"checksum": str(checksum)}
            cell.metadata["nbgrader"] = from_dict(kept)  # type: ignore[no-untyped-call]


def the_course(folder: str) -> Course:
    """The course of the configuration, read again whenever a file of it was changed: formgrader runs for weeks."""
    root = Path(folder).expanduser() if folder else find_root()
    if root not in _courses or _courses[root].stamp != stamp(root):
        course = load(root)
        if not course.has_graders:
            raise CourseError(f"{root} has no graders: IsolatedGrade.course must name the instructor's copy")
        _courses[root] = course
    return _courses[root]
