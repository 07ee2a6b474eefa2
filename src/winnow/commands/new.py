"""`winnow new MODULE/NAME`: the files of a new exercise in all three trees, and its entry in course.toml."""

from __future__ import annotations

import argparse

from winnow.course import find_root, load
from winnow.errors import UsageError
from winnow.scaffold import scaffold


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the arguments."""
    command = subparsers.add_parser("new", help="the files of a new exercise", description=__doc__)
    command.add_argument("exercise", metavar="MODULE/NAME", help="such as m05_losses/hinge")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write them."""
    course = load(find_root(), draft=True)
    if not course.has_graders:
        raise UsageError("this is a learner's copy of the course; a new exercise belongs in the course itself")
    module, slash, name = args.exercise.partition("/")
    if not slash:
        known = ", ".join(module.id for module in course.modules)
        raise UsageError(f"{args.exercise}: say in which module, as MODULE/NAME; there are {known}")
    for path in scaffold(course, module, name):
        print(path.relative_to(course.root).as_posix())
    print(f"They hold an example, a sum. Replace it file by file; winnow doctor --draft {name} says what is left")
    return 0
