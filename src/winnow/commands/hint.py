"""`winnow hint EXERCISE`: one hint more, each time you ask."""

from __future__ import annotations

import argparse
from contextlib import suppress

from winnow.course import find_root, load
from winnow.learner import asked, state

FILE = "hints.json"


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the arguments."""
    command = subparsers.add_parser("hint", help="one hint more, each time you ask", description=__doc__)
    command.add_argument("exercise", metavar="EXERCISE", help="for which exercise")
    command.add_argument("--again", action="store_true", help="only the hints that you have seen")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Show the hints so far, and the next one."""
    course = load(find_root())
    exercise = asked.exercise(course, args.exercise)
    seen = state.read(course.root, FILE)
    before = seen.get(exercise.id, 0)
    before = before if isinstance(before, int) else 0
    number = min(before + (not args.again), len(exercise.hints))
    if not exercise.hints:
        print(f"There are no hints for {exercise.id}: read its docstring, and the README of {exercise.module}.")
        return 0
    for at, hint in enumerate(exercise.hints[:number], 1):
        print(f"{at} of {len(exercise.hints)}: {hint}")
    if number < len(exercise.hints):
        print(f"More? winnow hint {exercise.id}" if number else "No hint was asked for yet.")
    elif before >= number:
        print("That was the last hint.")
    # A hint that could not be counted is shown again, which does no harm.
    with suppress(OSError):
        state.write(course.root, FILE, {**seen, exercise.id: number})
    return 0
