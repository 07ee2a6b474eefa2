"""Feedback in a terminal. Rich leaves out colours where the output is a pipe or NO_COLOR is set."""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from winnow.console import plain_console
from winnow.course import Course
from winnow.feedback.words import (
    CheckWords,
    ExerciseWords,
    Sentences,
    exercise_words,
    learner_words,
    spans,
)
from winnow.record import EXPLAINED, ExerciseResult, SubmissionResult

WIDTH = 100
_STYLES = {
    "passed": "green",
    "failed": "red",
    "not_run": "dim",
    "not_started": "dim",
    "grader_error": "yellow",
}
_ASCII = str.maketrans({"✓": "+", "✗": "x", "·": "."})


def print_learner(
    submission: SubmissionResult,
    course: Course,
    sentences: Sentences | None = None,
    console: Console | None = None,
    explained: int = EXPLAINED,
) -> None:
    """Print the feedback of one learner: exercise by exercise, then the total if there are several. Of each exercise
    `explained` failed checks are told in full."""
    console = console or plain_console()
    words = learner_words(submission, course, sentences or {}, explained=explained)
    for exercise in words.exercises:
        _print(console, _exercise(exercise, console))
        console.print()
    for note in words.notes:
        _print(console, Text(note, style="dim"))
    if len(words.exercises) > 1:
        _print(console, _line(Text("all exercises", style="bold"), Text(words.headline, style="bold")))


def print_exercise(
    result: ExerciseResult, course: Course, sentences: Sentences | None = None, console: Console | None = None
) -> None:
    """Print the feedback on one exercise."""
    console = console or plain_console()
    _print(console, _exercise(exercise_words(result, course, sentences or {}), console))


def _print(console: Console, renderable: RenderableType) -> None:
    console.print(renderable, width=min(console.width, WIDTH))


def _line(left: Text, right: Text, indent: int = 0) -> RenderableType:
    """One line with `right` at the right margin, as in a table of contents."""
    grid = Table.grid(expand=True, padding=(0, 2, 0, 0))
    grid.add_column(ratio=1, overflow="fold")
    grid.add_column(justify="right", no_wrap=True)
    grid.add_row(left, right)
    return Padding(grid, (0, 0, 0, indent))


def _exercise(exercise: ExerciseWords, console: Console) -> Group:
    lines: list[RenderableType] = [_line(Text(exercise.id, style="bold"), Text(exercise.headline, style="bold"))]
    if exercise.message:
        lines.append(Padding(Text(exercise.message), (0, 0, 0, 2), expand=False))
    for check in exercise.checks:
        mark = check.mark if not console.options.ascii_only else check.mark.translate(_ASCII)
        style = _STYLES[check.outcome]
        lines.append(_line(Text.assemble((f"{mark} ", style), check.title), Text(check.points), indent=2))
        if check.facts or check.why or check.hint:
            lines.append(Padding(_explanation(check), (0, 0, 0, 6), expand=False))
    lines += [Padding(Text(f"Note: {note}", style="dim"), (0, 0, 0, 2), expand=False) for note in exercise.notes]
    if exercise.output:
        lines.append(Padding(Text("Your code printed:", style="dim"), (0, 0, 0, 2), expand=False))
        lines.append(Padding(Text(exercise.output, style="dim"), (0, 0, 0, 6), expand=False))
    return Group(*lines)


def _explanation(check: CheckWords) -> Table:
    grid = Table.grid(padding=(0, 3, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for label, value in check.facts:
        grid.add_row(label, Text(value))
    if check.why:
        grid.add_row("Why", Text.assemble(*((text, "bold" if code else "") for text, code in spans(check.why))))
    if check.hint:
        grid.add_row("Hint", Text(check.hint, style="cyan"))
    return grid
