"""Writes a course folder for nbgrader: its configuration and one notebook per module."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from winnow.course import Course, CourseError, Exercise, Module
from winnow.notebooks import groups, handed_out, sources
from winnow.notebooks.handed_out import drawn_with, with_own_cells
from winnow.notebooks.statement import statement
from winnow.quiz import bank
from winnow.quiz import notebook as quiz_notebook
from winnow.quiz.variants import course_salt

CONFIG = "nbgrader_config.py"
SANITIZE = (
    "nbgrader.preprocessors.ClearOutput",
    "winnow.notebooks.RestoreMetadata",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
)
AUTOGRADE = (
    "winnow.notebooks.IsolatedGrade",
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
)
HARMLESS = "winnow.notebooks.Harmless"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}

# The test of the environment is for stock autograde: with IsolatedGrade this cell is not run at all.
UNGRADED = """\
# {what}: {points}.
# {how} elsewhere, when your work is graded; there is nothing to write here.
import os

if os.environ.get("NBGRADER_EXECUTION") == "autograde":
    raise RuntimeError(
        "Not graded, so no points: this ran in the learner's own kernel, without isolation and without the hidden "
        "checks. Put winnow.notebooks.IsolatedGrade in place of Execute in Autograde.autograde_preprocessors."
    )"""
WHAT = {"hidden": "Hidden checks of {exercise}", "edge": "Hidden checks of {exercise} in edge cases"}


def build(course: Course, folder: Path, modules: Collection[str], secret: bytes) -> list[str]:
    """Write the course folder; one remark for each thing the instructor should know.

    What is there already is overwritten only where winnow wrote it: a configuration that was changed is kept, and so
    are the cells that were added to a notebook.

    Raises:
        CourseError: a module is unknown or without exercises, or its files do not fit together.
    """
    chosen = [module for module in course.modules if module.id in modules]
    for name in modules:
        if not groups.exercises(course, name):
            raise CourseError(f"the module {name} has no exercises, so no notebook can be made of it")
    remarks = []
    folder.mkdir(parents=True, exist_ok=True)
    for module in chosen:
        path = folder / "source" / module.id / f"{module.id}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        salt = course_salt(course.root, secret)
        drawn = drawn_with(path) or salt
        if drawn != salt:
            remarks.append(
                f"the quiz in {path} keeps its numbers, which were drawn with another secret: learners may have them; "
                "delete it and run this again to draw anew"
            )
        made = notebook(course, module, drawn)
        own = with_own_cells(made, path)
        if own:
            remarks.append(f"{path} keeps {own} cell{'s' if own > 1 else ''} of your own")
        path.write_text(nbformat.writes(nbformat.from_dict(made)) + "\n", encoding="utf-8")  # type: ignore[no-untyped-call]
    wanted = config(course, folder)
    path = folder / CONFIG
    if not path.exists():
        path.write_text(wanted, encoding="utf-8")
    elif path.read_text(encoding="utf-8") != wanted:
        remarks.append(f"{path} was kept as it is; delete it and run this again for a new one")
    return remarks


def notebook(course: Course, module: Module, salt: str) -> Any:
    """The source notebook of a module, with the reference's answers in nbgrader's solution marks.

    Args:
        salt: draws the numbers of the quiz.
    """
    cells = list(_cells(course, module, salt))
    drawn = salt if bank.counts(course, module.id) else ""
    remembered = handed_out.about(drawn, [cell.id for cell in cells])
    metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}, handed_out.KEY: remembered}
    made = new_notebook(cells=cells, metadata=metadata)  # type: ignore[no-untyped-call]
    nbformat.validate(made)
    return made


def _cells(course: Course, module: Module, salt: str) -> Iterator[Any]:
    yield _introduction(course, module)
    for exercise in module.exercises:
        yield from _exercise(exercise)
    if bank.counts(course, module.id):
        for cell in quiz_notebook.cells(course, module.id, salt=salt, panel=False):
            question = cell.metadata.get("winnow", {}).get("grade")
            if question:
                points = groups.of_module(course, module.id)[f"quiz_{module.id}_{question}"].points
                cell.source = UNGRADED.format(
                    what=f"Quiz: the answer to {question}", points=_points(points), how="It is marked"
                )
                cell.metadata["winnow"]["given"] = digest(cell.source)
                _folded(cell)
            yield cell


def _introduction(course: Course, module: Module) -> Any:
    """What the module teaches, with its pictures inside: the notebook is handed out alone."""
    folder = course.root / "exercises" / module.id
    readme = folder / "README.md"
    text = readme.read_text(encoding="utf-8").strip() if readme.is_file() else f"# {module.title}"
    # Files of exercises are for those who work with files: here everything is a cell.
    text = re.sub(r"`(" + "|".join(one.id for one in module.exercises) + r")\.py`", r"`\1`", text)
    text += "\n\nEverything is written in this notebook: run a cell with Shift+Enter."
    pictures = {name: folder / name for name in re.findall(r"\]\(([\w.-]+\.png)\)", text)}
    for name in pictures:
        text = text.replace(f"]({name})", f"](attachment:{name})")
    cell = _markdown(f"{module.id}-introduction", text)
    if pictures:
        cell.attachments = {
            name: {"image/png": base64.b64encode(path.read_bytes()).decode("ascii")} for name, path in pictures.items()
        }
    return cell


def _exercise(exercise: Exercise) -> Iterator[Any]:
    yield _markdown(f"{exercise.id}-statement", statement(exercise))
    answer = new_code_cell(sources.solution(exercise), id=_id(f"{exercise.id}-solution"))  # type: ignore[no-untyped-call]
    answer.metadata["nbgrader"] = groups.solution_metadata(exercise)
    yield answer
    drawing = sources.picture(exercise)
    for graded in groups.of_exercise(exercise):
        cell = _given(f"{exercise.id}-{graded.group}", _graded_source(exercise, graded), graded.metadata())
        yield cell if graded.group == "public" else _folded(cell)
        if graded.group == "public" and drawing:
            said = f"**See it:** a picture that your own `{exercise.functions[0]}` draws."
            yield _markdown(f"{exercise.id}-picture-title", said)
            yield _folded(_given(f"{exercise.id}-picture", drawing))


def _graded_source(exercise: Exercise, graded: groups.GradedCell) -> str:
    if graded.group == "public":
        head = f"# Public checks of {exercise.id}: {_points(graded.points)}. Run this cell to see whether they pass."
        return f"{head}\n{sources.public_checks(exercise)}"
    what = WHAT[graded.group].format(exercise=exercise.id)
    return UNGRADED.format(what=what, points=_points(graded.points), how="They run")


def _folded(cell: Any) -> Any:
    """The cell with its code, which is not for learners, out of sight; a click shows it. JupyterLab and Notebook read
    the first entry, Colab the second."""
    cell.metadata["jupyter"] = {"source_hidden": True}
    cell.metadata["cellView"] = "form"
    return cell


def _points(points: float) -> str:
    return f"{points:g} point{'' if points == 1 else 's'}"


def _markdown(name: str, text: str) -> Any:
    return new_markdown_cell(text, id=_id(name))  # type: ignore[no-untyped-call]


def _given(name: str, source: str, nbgrader: dict[str, Any] | None = None) -> Any:
    """A code cell that is not the learner's: as long as it stays as it is, grading passes over it."""
    metadata: dict[str, Any] = {"winnow": {"given": digest(source)}}
    if nbgrader:
        metadata["nbgrader"] = nbgrader
    return new_code_cell(source, id=_id(name), metadata=nbformat.from_dict(metadata))  # type: ignore[no-untyped-call]


def digest(source: str) -> str:
    """What a cell that is given is known by: `winnow.submission` compares it with the cell's text."""
    return hashlib.sha256(source.encode()).hexdigest()


def _id(name: str) -> str:
    # Derived from names, so that a rebuilt notebook differs only where the course does.
    return name.replace("_", "-")[:64]


def config(course: Course, folder: Path) -> str:
    """The text of nbgrader_config.py."""

    def listed(names: Collection[str]) -> str:
        return "\n".join(f'        "{name}",' for name in names)

    about = {"course_id": folder.resolve().name, "root": str(course.root)}
    return CONFIG_TEXT.format(**about, sanitize=listed(SANITIZE), autograde=listed(AUTOGRADE), harmless=HARMLESS)


CONFIG_TEXT = '''\
"""nbgrader, with grading in isolated processes. `winnow nbgrader` wrote this file and will not overwrite changes."""

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = {course_id!r}

# Where the checks and the reference answers are. They stay there: nothing of them is in this folder.
c.IsolatedGrade.course = {root!r}

# What learners wrote is shown, in formgrader and in feedback, without its scripts, event handlers and styles.
c.HTMLExporter.preprocessors = [{harmless!r}]

# A link that a learner hands in may lead to what only you can read: it stays a link, and is not graded.
c.ExchangeFactory.collect = "winnow.notebooks.CollectNoLinks"

# False: nbgrader's own autograder, in the learners' kernels.
isolated = True

if isolated:
    c.Autograde.sanitize_preprocessors = [
{sanitize}
    ]
    c.Autograde.autograde_preprocessors = [
{autograde}
    ]
    c.GenerateFeedback.preprocessors = [
        "nbgrader.preprocessors.GetGrades",
        "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
        "winnow.notebooks.ReadableFeedback",
    ]
else:
    import sys

    print(
        "WARNING: isolation is off. Learners' code runs beside what grades it: it can read and change everything "
        "that you can, and only the public checks give points.",
        file=sys.stderr,
    )
'''
