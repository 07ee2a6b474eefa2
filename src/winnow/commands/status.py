"""`winnow`: where you are in the course, and what is next."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from winnow.course import Course, Module, find_root, load
from winnow.learner.own_code import broken, lacking
from winnow.learner.progress import Progress, Standing
from winnow.learner.upcoming import answered, next_step
from winnow.record import public_points

TITLE = 16
"""Columns from which on the titles of exercises are worth their place."""


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the arguments."""
    command = subparsers.add_parser("status", help="where you are, and what is next", description=__doc__)
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Show the map. Exercises that changed since their last check are checked first."""
    course = load(find_root())
    progress = Progress.load(course.root)
    unknown = [exercise for exercise in course.exercises if not progress.known(exercise) and not lacking(exercise)]
    faults: dict[str, str] = {}
    if unknown:
        from winnow.learner.checking import check, nurseries

        with nurseries() as warm:
            results = check(course, unknown, warm)
        # What is wrong with the learner's own text is told by its checks.
        places = {exercise.id: exercise.public_checks.relative_to(course.root).as_posix() for exercise in unknown}
        faults = {one.exercise: one.message for one in results if one.message.startswith(places[one.exercise])}
        progress = Progress.load(course.root)
    _print(course, {exercise.id: progress.standing(exercise) for exercise in course.exercises}, faults)
    return 0


def _print(course: Course, standings: dict[str, Standing], faults: Mapping[str, str]) -> None:
    from rich.text import Text

    from winnow.console import plain_console
    from winnow.learner.tutor import ALL_DONE

    console = plain_console()

    def line(*parts: str | tuple[str, str]) -> None:
        text = Text.assemble(*parts)
        text.rstrip()
        console.print(text)

    known = standings.values()
    done = sum(standing.state == "done" for standing in known)
    line((course.title, "bold"))
    line(f"{done} of {len(known)} exercises pass their public checks.")
    line(f"{_total(standings)}.")
    for module in course.modules:
        console.print()
        _module(course, module, standings, faults, console)
    console.print()
    step = next_step(course, lambda one: standings[one.id], faults=faults)
    if step is None or step.exercise is None:
        line((step.text if step else ALL_DONE, "bold"))
    else:
        name, readme = step.exercise.id, _readme(course, step.exercise.module)
        if standings[name].state == "not started" and readme:
            line(f"What {step.exercise.module} is about: {readme}.")
        line((step.text, "bold"))
        line(f"Then: winnow check {name}, or winnow watch, or pytest. Stuck? winnow hint {name}.")


def _total(standings: dict[str, Standing]) -> str:
    """The points of all exercises, in the words of one."""
    known = standings.values()
    said = public_points(
        sum(one.earned for one in known), sum(one.public for one in known), sum(one.hidden for one in known)
    )
    return said[:1].upper() + said[1:]


def _readme(course: Course, module: str) -> str:
    """Where a module says what it teaches, if it does."""
    path = course.root / "exercises" / module / "README.md"
    return path.relative_to(course.root).as_posix() if path.is_file() else ""


def _module(
    course: Course, module: Module, standings: dict[str, Standing], faults: Mapping[str, str], console: object
) -> None:
    """A module: its name, then a line for each exercise and for its quiz, no wider than the terminal."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from winnow.learner.tutor import ASCII, COLOURS, MARKS

    assert isinstance(console, Console)
    console.print(Text.assemble((module.id, "bold"), f"   {module.title}"))
    width = max(len(exercise.id) for exercise in course.exercises)
    states = {one.id: _state(standings[one.id]) for one in course.exercises}
    rest = width + 4 + sum(3 + size for size in (6, 7, max(map(len, states.values()))))
    titled = console.width - rest - 3 >= TITLE
    grid = Table.grid(padding=(0, 3, 0, 0))
    grid.add_column(no_wrap=True, min_width=width + 4)
    if titled:
        longest = max(len(exercise.title) for exercise in course.exercises)
        grid.add_column(no_wrap=True, overflow="ellipsis", min_width=min(TITLE, longest), max_width=longest)
    grid.add_column(no_wrap=True, justify="right", min_width=6)
    grid.add_column(no_wrap=True, min_width=7)
    grid.add_column()
    for exercise in module.exercises:
        standing = standings[exercise.id]
        mark = MARKS[standing.looks]
        shown = ASCII[mark] if console.options.ascii_only else mark
        colour = COLOURS[standing.looks].replace("light", "dim")
        grid.add_row(
            Text(f"  {shown} {exercise.id}", style=colour),
            *([exercise.title] if titled else []),
            f"{exercise.minutes} min",
            f"level {exercise.level}",
            Text(broken(exercise) or faults.get(exercise.id) or states[exercise.id], style=colour),
        )
    if module.exercises:
        console.print(grid)
    quiz = answered(course, module)
    if quiz is not None:
        practice = ", for practice" if module.practice else ""
        said = quiz.fault or f"{quiz.given} of {quiz.questions} questions answered{practice}"
        row = Table.grid(padding=(0, 3, 0, 0))
        row.add_column(no_wrap=True, min_width=width + 4)
        row.add_row("    quiz", Text(said))
        console.print(row)


def _state(standing: Standing) -> str:
    """Points of the public checks, and what the hidden ones add: short, for a column."""
    more = f" + {standing.hidden:g} hidden" if standing.hidden else ""
    if standing.state == "not started":
        return f"{standing.public:g}{more} points"
    return f"{standing.earned:g} of {standing.public:g}{more}"
