"""`nbgrader export --exporter=winnow.notebooks.WinnowExporter`: one row per submission, one column per check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import ExportPlugin

from winnow.course import quiz_name
from winnow.errors import UsageError
from winnow.exports.table import cell, grade, write_rows
from winnow.notebooks.grading import STORE
from winnow.notebooks.preprocessor import the_course
from winnow.record import ExerciseResult
from winnow.store import Store

HEAD = ("assignment", "student", "first_name", "last_name", "score", "max_score", "status")


class WinnowExporter(ExportPlugin):  # type: ignore[misc]
    """nbgrader's scores, which include what a grader changed by hand, and winnow's outcome of every check."""

    def export(self, gradebook: Gradebook) -> None:
        """Write a CSV file to `--to` (default: checks.csv)."""
        course = the_course(self.config.IsolatedGrade.get("course", ""))
        folder = Path(self.parent.coursedir.root)
        if not (folder / STORE).is_file():
            raise UsageError(f"{folder / STORE} is missing: run nbgrader autograde or winnow grade --nbgrader first")
        store = Store(folder / STORE)
        try:
            rows = [self._row(gradebook, store, course, assignment, student)
                    for assignment in gradebook.assignments if self._wanted(assignment.name, self.assignment)
                    for student in gradebook.students if self._wanted(student.id, self.student)]  # fmt: skip
        finally:
            store.close()
        order = {name: at for at, name in enumerate(course.titles)}
        named = dict.fromkeys(name for row in rows if row for name in row[1])
        # Those of one exercise stand together, whoever of the class has them.
        checks = sorted(named, key=lambda name: order[name.partition(": ")[0]])
        table = [[*HEAD, *checks, "misconceptions"]]
        for head, judged, misconceptions in filter(None, rows):
            table.append([*head, *(judged.get(name, "") for name in checks), misconceptions])
        write_rows(Path(self.to or "checks.csv"), table)

    @staticmethod
    def _wanted(name: str, chosen: list[Any]) -> bool:
        return not chosen or name in map(str, chosen)

    @staticmethod
    def _row(
        gradebook: Gradebook, store: Store, course: Any, assignment: Any, student: Any
    ) -> tuple[list[str], dict[str, str], str] | None:
        try:
            submission = gradebook.find_submission(assignment.name, student.id)
        except MissingEntry:
            return None
        modules = {notebook.name for notebook in assignment.notebooks}
        latest = store.latest(student.id)
        names = [one.id for one in course.exercises if one.module in modules] + [quiz_name(name) for name in modules]
        results: list[ExerciseResult] = [latest[name] for name in names if name in latest]
        judged = {
            f"{result.exercise}: {check.name}": grade(check.score) for result in results for check in result.checks
        }
        named = dict.fromkeys(name for result in results for name in result.misconceptions)
        # As nbgrader's own export: what came late is worth less, never less than nothing.
        score = max(0.0, submission.score - submission.late_submission_penalty)
        # Also what was handed in anew and could not be read: its earlier score counts no more.
        status = "to be marked by hand" if submission.needs_manual_grade else "graded"
        head = [assignment.name, student.id, student.first_name or "", student.last_name or ""]
        return (
            [*map(cell, head), grade(score), grade(submission.max_score), status],
            judged,
            " ".join(named),
        )
