"""`winnow grade SUBMISSIONS --out DIR`: grade a class by hidden checks, each submission in its own confined process."""

from __future__ import annotations

import argparse
import importlib
import os
from pathlib import Path

from winnow.commands.handed_over import add_handed_over, refuse_course_of_learner
from winnow.commands.scope import add_scope, scoped
from winnow.course import Course, Exercise, find_root, load
from winnow.errors import UsageError
from winnow.grading import process_tree

# Here is only what is needed to know what will be graded: libraries are then imported side by side with all the rest.

STORE = "winnow.sqlite"


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the arguments."""
    command = subparsers.add_parser("grade", help="grade a class by hidden checks", description=__doc__)
    add_run_arguments(command, needed=False)
    command.add_argument(
        "--nbgrader",
        type=Path,
        metavar="DIR",
        help="in place of SUBMISSIONS and --out: an nbgrader course folder whose submitted notebooks are graded, with "
        "the outcome that nbgrader autograde has",
    )
    command.add_argument("--assignment", metavar="NAME", help="with --nbgrader: only this assignment")
    command.add_argument("--fresh", action="store_true", help="grade everything anew, whatever was graded before")
    command.add_argument("--json", action="store_true", help="one JSON line per learner on standard output, no table")
    command.set_defaults(run=run)


def add_run_arguments(command: argparse.ArgumentParser, needed: bool = True) -> None:
    """What every command that grades is told. Not `needed`: the command asks for --out itself, as all of them do for
    SUBMISSIONS, which a list of modules before it may have taken."""
    command.add_argument(
        "submissions",
        type=Path,
        nargs="?",
        help="a folder with one entry per learner (a folder, .zip, .ipynb or .py), or what Canvas, Moodle, Blackboard, "
        "Brightspace, Teams, Gradescope, GitHub Classroom or nbgrader hand over, as a folder or .zip",
    )
    command.add_argument(
        "--out", type=Path, required=needed, help="the folder for results.json, grades.csv and feedback"
    )
    add_handed_over(command)
    add_scope(command)
    command.add_argument(
        "--sandbox",
        choices=("auto", "strict", "off"),
        default="auto",
        help="strict refuses to grade when a layer is missing",
    )
    command.add_argument(
        "--jobs", type=int, default=os.cpu_count(), help="processes side by side (default: one per core)"
    )
    command.add_argument("--module", metavar="MODULE", help="show the table of this module, with all its exercises")
    command.add_argument("--scheduler", metavar="ADDRESS", help="grade on the Dask cluster with this scheduler")


def run(args: argparse.Namespace) -> int:
    """Grade. 0 when every submission was graded, whatever the scores; 1 when one was unreadable; 3 on grader errors."""
    course = scoped(load(find_root()), args, "submissions")
    if args.nbgrader is None and (args.submissions is None or args.out is None or args.assignment is not None):
        raise UsageError("name a folder of submissions and --out DIR, or --nbgrader DIR with or without --assignment")
    refuse_course_of_learner(course, args)
    given = to_grade(course, args) if args.jobs > 0 and not args.scheduler else []
    if given:
        process_tree.prewarm([exercise.needs for exercise in given])
    name = "grade_class" if args.nbgrader is None else "grade_notebooks"
    try:
        command = importlib.import_module(f"winnow.commands.{name}")
    except ImportError as error:
        raise UsageError(f"winnow grade cannot run here: {error}") from None
    status: int = command.run(course, args)
    return status


def to_grade(course: Course, args: argparse.Namespace) -> list[Exercise]:
    """What will surely be graded; nothing if all may have been graded before."""
    if ((args.nbgrader or args.out) / STORE).exists() and not args.fresh:
        return []
    if args.nbgrader is None:
        return list(course.exercises)
    modules = [args.assignment] if args.assignment else [module.id for module in course.modules]
    return [
        one for one in course.exercises if one.module in modules and (args.nbgrader / "source" / one.module).is_dir()
    ]
