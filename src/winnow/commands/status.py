"""`winnow`: where you are in the course, and what is next."""

from __future__ import annotations

import argparse
import sys

from winnow.course import Course, find_root, load
from winnow.learner.progress import Progress, Standing, following


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the arguments."""
    command = subparsers.add_parser("status", help="where you are, and what is next", description=__doc__)
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Show the map. Exercises that changed since their last check are checked first."""
    course = load(find_root())
    progress = Progress.load(course.root)
    unknown = [exercise for exercise in course.exercises if not progress.known(exercise)]
    if unknown:
        from winnow.learner.checking import check, nurseries

        if sys.stderr.isatty():
            print("checking " + ", ".join(exercise.id for exercise in unknown) + " ...", file=sys.stderr)
        with nurseries() as warm:
            check(course, unknown, warm)
        progress = Progress.load(course.root)
    _print(course, {exercise.id: progress.standing(exercise) for exercise in course.exercises})
    return 0


def _print(course: Course, standings: dict[str, Standing]) -> None:
    from rich.text import Text

    from winnow.console import plain_console
    from winnow.learner.tutor import ASCII, COLOURS, MARKS, what_next

    console = plain_console()
    width = max(len(exercise.id) for exercise in course.exercises)

    def line(*parts: str | tuple[str, str]) -> None:
        text = Text.assemble(*parts)
        text.rstrip()
        console.print(text, soft_wrap=True)

    done = sum(standing.state == "done" for standing in standings.values())
    line((course.title, "bold"), f"   {done} of {len(course.exercises)} exercises done")
    for module in course.modules:
        console.print()
        line((module.id, "bold"), f"   {module.title}")
        for exercise in module.exercises:
            standing = standings[exercise.id]
            mark = MARKS[standing.state]
            shown = ASCII[mark] if console.options.ascii_only else mark
            colour = COLOURS[standing.state].replace("light", "dim")
            state: str = standing.state
            if state == "in progress":
                state += f", {standing.passed} of {standing.total} checks"
            line("  ", (f"{shown} {exercise.id:<{width}}", colour), f"   {exercise.title}", (f"   {state}", colour))
        asked = _quiz(course, module.id)
        if asked:
            line("    ", f"{'quiz':<{width}}", f"   {asked}")
    console.print()
    upcoming = following(course.exercises, lambda one: standings[one.id])
    if upcoming is None:
        line(("Every exercise is done.", "bold"))
        return
    name = upcoming.id
    line((what_next(upcoming, standings[name]), "bold"))
    line(f"Then: winnow check {name}, or winnow watch, or pytest. Stuck? winnow hint {name}.")


def _quiz(course: Course, module: str) -> str:
    """How many questions of the module's quiz are answered."""
    from winnow.quiz import bank
    from winnow.quiz.answers import AnswersError, file, load

    if not bank.has_quiz(course, module):
        return ""
    quiz = bank.quiz(course, module)
    try:
        given = load(file(course, module), quiz)
    except AnswersError as error:
        return str(error)
    practice = ", for practice" if bank.for_practice(course, module) else ""
    return f"{len(given.values)} of {len(quiz.questions)} questions answered{practice}"
