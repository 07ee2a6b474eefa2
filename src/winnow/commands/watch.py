"""`winnow watch [EXERCISE ...]`: save a file, see the verdict. Ctrl-C ends it."""

from __future__ import annotations

import argparse
import sys

from winnow.console import plain_console
from winnow.course import find_root, load
from winnow.feedback.terminal import print_exercise
from winnow.learner import asked
from winnow.learner.checking import UNCONFINED, nurseries, passes
from winnow.learner.progress import Progress
from winnow.learner.tutor import ALL_DONE
from winnow.learner.upcoming import following, next_step
from winnow.learner.watching import Watch
from winnow.record import ExerciseResult


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the arguments."""
    command = subparsers.add_parser("watch", help="save a file, see the verdict", description=__doc__)
    command.add_argument("exercises", nargs="*", metavar="EXERCISE", help="which exercises (default: all)")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Watch until Ctrl-C."""
    course = load(find_root())
    chosen = asked.exercises(course, args.exercises)
    progress = Progress.load(course.root)
    upcoming = following(course.exercises, progress.standing)
    # Checks write to a stream of their own while they run.
    console = plain_console(sys.stdout)
    told = False

    def tell(result: ExerciseResult) -> None:
        console.print()
        print_exercise(result, course, console=console)
        if passes(result):
            progress.record(course.exercise(result.exercise), {one.name: one.outcome for one in result.checks})
            step = next_step(course, progress.brief, chosen)
            console.print(step.text if step else ALL_DONE)

    def ready() -> None:
        nonlocal told
        if not told:
            names = ", ".join(exercise.id for exercise in chosen) if chosen else "all exercises"
            console.print(f"\nWatching {names}. Save a file to see the verdict; Ctrl-C ends.")
            told = True

    try:
        with nurseries() as warm:
            if warm is None:
                print(f"note: {UNCONFINED}", file=sys.stderr)
            exercises = tuple(chosen) or course.exercises
            Watch(course, exercises, warm, tell, ready).run(chosen or ([upcoming] if upcoming else []))
    except KeyboardInterrupt:
        console.print()
    return 0
