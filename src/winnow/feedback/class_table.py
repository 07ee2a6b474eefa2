"""A class in a terminal: a row per learner, a column per module and the total; of one module, one per exercise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from winnow.course import Course
from winnow.feedback.visible import one_line
from winnow.feedback.words import STATUSES, number
from winnow.record import ExerciseResult, RunResult

SIGNS = {"not_started": "·", "missing": "-", "unreadable": "?", "grader_error": "!"}
"""What stands for a result without a score."""
SERIOUS = ("grader_error", "unreadable")
"""What is shown beside a score, too."""
GAP = 2


@dataclass
class SummaryColumn:
    """One column: its heading, which results it sums up, and a cell for each learner."""

    heading: str
    names: tuple[str, ...]
    cells: list[Text] = field(default_factory=list)

    @property
    def width(self) -> int:
        return max(cell_len(one) for one in (self.heading, *(cell.plain for cell in self.cells)))


def class_table(run: RunResult, course: Course, width: int, module: str | None = None) -> RenderableType:
    """The table, in as many blocks one below another as a terminal of this width needs for whole names.

    Args:
        module: show the exercises and the quiz of this module in place of all modules.
    """
    learners, totals, columns = SummaryColumn("learner", ()), SummaryColumn("total", ()), _columns(course, module)
    points: dict[str, float] = {}
    signs: set[str] = set()
    for submission in run.submissions:
        found = {one.exercise: one for one in submission.exercises}
        points |= {name: one.points for name, one in found.items()}
        asked = set(found) if module is None else {name for column in columns for name in column.names}
        columns += [
            SummaryColumn(name, (name,)) for name in sorted(asked - {one for each in columns for one in each.names})
        ]
        learners.cells.append(Text(one_line(submission.student)))
        score = sum(one.score for name, one in found.items() if name in asked)
        of = sum(one.points for name, one in found.items() if name in asked)
        totals.cells.append(Text(f"{number(score)} of {number(of)}", style="bold"))
        for column in columns:
            results = [found[name] for name in column.names if name in found]
            column.cells += [Text("")] * (len(learners.cells) - 1 - len(column.cells))
            column.cells.append(_cell(results))
            signs |= {one.status for one in results if one.status in SIGNS}
    shown = [one for one in columns if module is not None or any(cell.plain not in ("", "-") for cell in one.cells)]
    # A name that is longer than others are is folded: it is not to take the room of the scores.
    names = min(learners.width, max(width // 3, 12))
    room = width - names - GAP
    if module is None and sum(one.width + GAP for one in (*shown, totals)) - GAP > room:
        for column in shown:
            column.heading = column.heading.partition("_")[0]
    blocks = [_block(learners, names, part) for part in _parts(shown, totals, room)]
    left_out = [one.heading for one in columns if one not in shown and any(cell.plain for cell in one.cells)]
    return Group(*blocks, *_legend(left_out, signs))


def _columns(course: Course, module: str | None) -> list[SummaryColumn]:
    quizzes = {one.id: name for name, one in course.quizzes.items()}
    if module is None:
        return [
            SummaryColumn(one.id, (*(each.id for each in one.exercises), quizzes[one.id])) for one in course.modules
        ]
    exercises = [one.id for one in course.exercises if one.module == module]
    return [*(SummaryColumn(name, (name,)) for name in exercises), SummaryColumn("quiz", (quizzes[module],))]


def _cell(results: Sequence[ExerciseResult]) -> Text:
    statuses = {one.status for one in results}
    marks = "".join(SIGNS[status] for status in SERIOUS if status in statuses)
    if "graded" in statuses:
        score, of = sum(one.score for one in results), sum(one.points for one in results)
        return Text.assemble((number(score), "green" if of > 0 and score >= of else ""), (marks, "yellow"))
    if marks:
        return Text(marks, style="yellow")
    quiet = next((status for status in ("not_started", "missing") if status in statuses), None)
    return Text(SIGNS[quiet] if quiet else "", style="dim")


def _parts(columns: Sequence[SummaryColumn], last: SummaryColumn, room: int) -> Iterator[list[SummaryColumn]]:
    """The columns that stand side by side, the total at the end of the last part."""
    part: list[SummaryColumn] = []
    for column in (*columns, last):
        if part and sum(one.width + GAP for one in (*part, column)) - GAP > room:
            yield part
            part = []
        part.append(column)
    yield part


def _block(learners: SummaryColumn, names: int, columns: Sequence[SummaryColumn]) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, GAP, 0, 0))
    table.add_column(learners.heading, max_width=names, overflow="fold")
    for column in columns:
        table.add_column(Text(one_line(column.heading)), justify="right", no_wrap=True)
    for cells in zip(learners.cells, *(column.cells for column in columns), strict=True):
        table.add_row(*cells)
    return table


def _legend(left_out: Sequence[str], signs: set[str]) -> Iterator[Text]:
    if left_out:
        yield Text(f"nothing handed in: {', '.join(left_out)}", style="italic")
    if signs:
        yield Text(", ".join(f"{SIGNS[sign]} {STATUSES[sign]}" for sign in SIGNS if sign in signs), style="italic")
