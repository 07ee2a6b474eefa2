"""`winnow slips EXERCISE [NAME ...]`: the misconceptions that learners' own checks may name. Without names, it lists
those that the public examples tell apart."""

from __future__ import annotations

import argparse

from winnow.course import find_root, load
from winnow.diagnosis import public_slips
from winnow.doctor.may_be_public import candidates
from winnow.errors import UsageError


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the arguments."""
    command = subparsers.add_parser("slips", help="misconceptions that learners may read of", description=__doc__)
    command.add_argument("exercise", metavar="EXERCISE", help="of which exercise")
    command.add_argument("names", nargs="*", metavar="NAME", help="those that become public, commonest first")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """List, or write the file that is handed out."""
    course = load(find_root())
    if not course.has_graders:
        raise UsageError("this is a learner's copy of the course; its misconceptions are in the course itself")
    exercise = course.exercise(args.exercise)
    found = {slip.name: slip for slip in candidates(exercise)}
    if not args.names:
        print(public_slips.text(list(found.values())), end="")
        return 0
    unknown = [name for name in args.names if name not in found]
    if unknown:
        raise UsageError(
            f"{', '.join(unknown)}: not told apart by the public examples; begin a public check with a call on which "
            f"the answer is no other misconception's. There are {', '.join(found)}"
        )
    file = public_slips.path(exercise.public_checks)
    file.write_text(public_slips.text([found[name] for name in args.names]), encoding="utf-8")
    print(file.relative_to(course.root).as_posix())
    return 0
