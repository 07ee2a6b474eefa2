"""`winnow nbgrader DIR`: write a course folder for nbgrader, with isolated grading configured."""

from __future__ import annotations

import argparse
from pathlib import Path

from winnow.course import find_root, load
from winnow.errors import UsageError
from winnow.secret import course_secret, doubt


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the arguments."""
    command = subparsers.add_parser("nbgrader", help="write a course folder for nbgrader", description=__doc__)
    command.add_argument("folder", type=Path, metavar="DIR", help="the course folder to write or to bring up to date")
    command.add_argument("--modules", nargs="+", metavar="MODULE", help="only these modules (default: all)")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the folder, and say what to do next."""
    try:
        from winnow.notebooks.builder import build
    except ImportError as error:
        raise UsageError(f"nbgrader is not installed ({error.name}): pip install nbgrader nh3") from None
    course = load(find_root())
    if not course.has_graders:
        raise UsageError(f"{course.root} is a learner's copy, without answers and checks: use the instructor's")
    modules = args.modules or [module.id for module in course.modules if module.exercises]
    try:
        remarks = build(course, args.folder, modules, course_secret(course.root))
    except OSError as error:
        raise UsageError(f"{args.folder} cannot be written: {error.strerror}") from None
    for remark in filter(None, [*remarks, doubt(course.root)]):
        print(f"note: {remark}")
    assignments = "1 assignment" if len(modules) == 1 else f"{len(modules)} assignments"
    print(f"{assignments} in {args.folder}/source. Next, in {args.folder}:")
    for module in modules:
        print(f"  nbgrader generate_assignment {module}")
    return 0
