"""`winnow compare EXERCISE`: other ways to write it, once all its public checks pass, where the course shows them."""

from __future__ import annotations

import argparse
import json
import sys
from textwrap import indent

from winnow.course import Course, Exercise, find_root, load
from winnow.errors import UsageError
from winnow.learner import asked, state

MARGIN = "    "


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the arguments."""
    command = subparsers.add_parser("compare", help="other ways to write what you have passed", description=__doc__)
    command.add_argument("exercise", metavar="EXERCISE", help="which exercise")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Show them. 1 when the course does not, or when not all public checks pass."""
    course = load(find_root())
    exercise = asked.exercise(course, args.exercise)
    if not _shown(course, exercise):
        print(f"This course shows no other ways to write {exercise.id} before it is graded.", file=sys.stderr)
        return 1
    found = _ways(course, exercise)
    if not _passes(course, exercise):
        said = f"Other ways to write {exercise.id} are shown once all its public checks pass"
        print(f"{said}: winnow check {exercise.id} says what is still to do.", file=sys.stderr)
        return 1
    _print(exercise, found)
    return 0


def _shown(course: Course, exercise: Exercise) -> bool:
    return any(module.compare for module in course.modules if module.id == exercise.module)


def _ways(course: Course, exercise: Exercise) -> state.Ways:
    """What was handed out; in the course itself, what would be."""
    if course.has_graders:
        from winnow.release.ways import ways

        if made := ways(exercise):
            return made
        raise UsageError(f"the course has no other ways to write {exercise.id}: {exercise.right_answers} has none")
    try:
        found = json.loads(state.ways(exercise).read_text(encoding="utf-8"))
        every: list[state.Way] = [{"says": one["says"], "code": one["code"]} for one in found["ways"]]
        return {"shared": found["shared"], "ways": every}
    except (OSError, ValueError, KeyError, TypeError):
        raise UsageError(f"this copy of the course has no other ways to write {exercise.id}") from None


def _passes(course: Course, exercise: Exercise) -> bool:
    from winnow.learner.checking import check, nurseries, passes

    with nurseries() as warm:
        return all(map(passes, check(course, [exercise], warm)))


def _print(exercise: Exercise, found: state.Ways) -> None:
    from winnow.console import plain_console

    console = plain_console()

    def tell(text: str) -> None:
        console.print(text, soft_wrap=True)

    tell(f"Other ways to write {exercise.id}, each of which passes all checks as yours passes the public ones.")
    if found["shared"]:
        tell(f"\nWhat they share:\n\n{indent(found['shared'], MARGIN)}")
    for number, way in enumerate(found["ways"], 1):
        tell(f"\n{number} of {len(found['ways'])}: {way['says']}\n\n{indent(way['code'], MARGIN)}")
