"""`winnow grade SUBMISSIONS --out DIR`: grade a class by hidden checks, each submission in its own confined process."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from winnow import feedback
from winnow.course import Course, find_root, load
from winnow.diagnosis.known import sentences
from winnow.errors import UsageError
from winnow.exports import export
from winnow.feedback.terminal import class_table
from winnow.grading.pool import Settings
from winnow.grading.run import grade_class, results, write_results
from winnow.record import SubmissionResult
from winnow.record import load as load_results
from winnow.sandbox import choose
from winnow.secret import DEMO, course_secret
from winnow.store import Store
from winnow.submission import SubmissionsError, find_submissions


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the arguments."""
    command = subparsers.add_parser("grade", help="grade a class by hidden checks", description=__doc__)
    command.add_argument(
        "submissions", type=Path, nargs="?", help="a folder with one entry per learner: a folder, .zip, .ipynb or .py"
    )
    command.add_argument("--out", type=Path, help="the folder for results.json, grades.csv and feedback")
    command.add_argument(
        "--nbgrader",
        type=Path,
        metavar="DIR",
        help="in place of SUBMISSIONS and --out: an nbgrader course folder whose submitted notebooks are graded, with "
        "the outcome that nbgrader autograde has",
    )
    command.add_argument("--assignment", metavar="NAME", help="with --nbgrader: only this assignment")
    command.add_argument(
        "--sandbox",
        choices=("auto", "strict", "off"),
        default="auto",
        help="strict refuses to grade when a layer is missing",
    )
    command.add_argument(
        "--jobs", type=int, default=os.cpu_count(), help="processes side by side (default: one per core)"
    )
    command.add_argument("--fresh", action="store_true", help="grade everything anew, whatever was graded before")
    command.add_argument("--json", action="store_true", help="one JSON line per learner on standard output, no table")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Grade. 0 when every submission was graded, whatever the scores; 1 when one could not be; 3 on a grader error."""
    course = load(find_root())
    if args.nbgrader is not None:
        return _nbgrader(args, course)
    if args.submissions is None or args.out is None or args.assignment is not None:
        raise UsageError("name a folder of submissions and --out DIR, or --nbgrader DIR with or without --assignment")
    try:
        entries = find_submissions(args.submissions)
    except SubmissionsError as error:
        raise UsageError(str(error)) from None
    if args.jobs < 1:
        raise UsageError(f"--jobs {args.jobs}: at least one process is needed")
    sandbox = choose(args.sandbox)
    secret = course_secret(course.root)
    remarks = list(sandbox.remarks)
    if secret == DEMO:
        remarks.append(
            "hidden inputs are those of the demo: set WINNOW_SECRET or write graders/secret.txt to draw your own"
        )
    try:
        args.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{args.out} cannot be used as the results folder: {error.strerror}") from None
    console = Console(stderr=True)
    store = Store(args.out / "winnow.sqlite")
    try:
        columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(
            *columns, console=console, transient=True, disable=args.json or not console.is_terminal
        ) as progress:
            task = progress.add_task("grading", total=len(entries))

            def done(result: SubmissionResult) -> None:
                progress.advance(task)
                if args.json:
                    print(_line(result), flush=True)

            settings = Settings(course.root, sandbox.layers, secret)
            tally = grade_class(course, entries, store, settings, args.jobs, args.fresh, done)
        write_results(args.out / "results.json", sandbox.layers, results(course, entries, store), remarks)
    finally:
        store.close()
    outcome = load_results(args.out / "results.json")
    export(outcome, course, "csv", args.out / "grades.csv")
    feedback.write_all(outcome, course, args.out, sentences(course))
    if not args.json:
        Console().print(class_table(outcome, course))
        for remark in remarks:
            console.print(f"note: {remark}", style="dim", highlight=False)
        console.print(f"results in {args.out}", style="dim", highlight=False)
    for fault in tally.faults:
        print(f"winnow: grader error: {fault}", file=sys.stderr)
    return 3 if tally.faults else 0


def _nbgrader(args: argparse.Namespace, course: Course) -> int:
    """Grade into nbgrader's gradebook, and say how it went."""
    if args.submissions is not None or args.out is not None:
        raise UsageError("--nbgrader DIR takes the place of SUBMISSIONS and --out: give one of both")
    if args.jobs < 1:
        raise UsageError(f"--jobs {args.jobs}: at least one process is needed")
    try:
        from winnow.notebooks.gradebook import grade_submitted
    except ImportError as error:
        raise UsageError(f"nbgrader is not installed ({error.name}): pip install 'winnow[nbgrader]'") from None
    sandbox = choose(args.sandbox)
    settings = Settings(course.root, sandbox.layers, course_secret(course.root))
    outcome = grade_submitted(course, settings, args.nbgrader, args.assignment, args.jobs, args.fresh)
    for remark in sandbox.remarks:
        print(f"note: {remark}", file=sys.stderr)
    print(f"{outcome.graded} submissions graded into {args.nbgrader}/gradebook.db and {args.nbgrader}/autograded")
    for refused in outcome.refused:
        print(f"winnow: {refused}", file=sys.stderr)
    for fault in outcome.faults:
        print(f"winnow: grader error: {fault}", file=sys.stderr)
    return 3 if outcome.faults else 1 if outcome.refused else 0


def _line(result: SubmissionResult) -> str:
    import json

    exercises = {one.exercise: {"status": one.status, "score": one.score} for one in result.exercises}
    return json.dumps(
        {"student": result.student, "score": result.score, "points": result.points, "exercises": exercises}
    )
