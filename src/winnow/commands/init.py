"""`winnow init DIR`: a course of your own, with one exercise and one question that work at once."""

from __future__ import annotations

import argparse
from pathlib import Path

from winnow.scaffold.own import start


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the arguments."""
    command = subparsers.add_parser("init", help="a course of your own in an empty folder", description=__doc__)
    command.add_argument("folder", type=Path, metavar="DIR", help="a folder that is new or empty")
    command.add_argument("--title", default="A course of my own", help="what the course is called")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write it, and say what can be done with it."""
    for path in start(args.folder, args.title):
        print(path.relative_to(args.folder).as_posix())
    print(
        f"\nIn {args.folder}:\n"
        "  winnow                                    where a learner stands\n"
        "  pytest                                    a learner's own checks\n"
        "  winnow grade submissions --out results    grade a class\n"
        "  winnow doctor                             examine the course itself\n"
        "  winnow new m01_first_steps/NAME           another exercise"
    )
    return 0
