"""How `winnow grade` and `winnow regrade` grade a folder of submissions, and what they leave and say."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from rich.console import Console

from winnow.commands.grade import STORE
from winnow.course import Course
from winnow.errors import UsageError
from winnow.grading.claim import claimed
from winnow.grading.pool import Settings, grade
from winnow.grading.progress import Progress
from winnow.grading.run import Entries, Graded, Graders, Tally, grade_class
from winnow.record import RunResult, SubmissionResult
from winnow.sandbox import Sandbox, choose
from winnow.secret import DEMO, course_secret
from winnow.store import Store
from winnow.submission import SubmissionsError, find_submissions

TABLE = 100
"""A longer table of learners is for the report, not for a terminal."""


def read_run(course: Course, args: argparse.Namespace) -> tuple[Entries, Sandbox, Settings, list[str]]:
    """What is graded and how, and the remarks for the record. Raises UsageError."""
    try:
        entries = find_submissions(args.submissions)
    except SubmissionsError as error:
        raise UsageError(str(error)) from None
    if args.jobs < 1:
        raise UsageError(f"--jobs {args.jobs}: at least one process is needed")
    if args.module is not None and args.module not in (modules := [module.id for module in course.modules]):
        raise UsageError(f"--module {args.module}: there is no such module; there are {', '.join(modules)}")
    sandbox = choose(args.sandbox)
    secret = course_secret(course.root)
    remarks = list(sandbox.remarks)
    if secret == DEMO:
        remarks.append(
            "hidden inputs are those of the demo: set WINNOW_SECRET or write graders/secret.txt to draw your own"
        )
    return entries, sandbox, Settings.of(course, sandbox.layers, secret), remarks


def graders(args: argparse.Namespace) -> Graders:
    """Processes on this machine, or the cluster that was named."""
    if not args.scheduler:
        return grade
    try:
        from winnow.grading.cluster import on_cluster
    except ImportError as error:
        raise UsageError(f"--scheduler needs dask.distributed ({error}): pip install 'winnow[cluster]'") from None
    return on_cluster(args.scheduler)


def run(course: Course, args: argparse.Namespace) -> int:
    """Grade; the exit status."""
    entries, sandbox, settings, remarks = read_run(course, args)
    grading = graders(args)
    console = Console(stderr=True)
    with claimed(args.out):
        store = Store(args.out / STORE)
        try:
            with Progress(console, len(entries), quiet=args.json) as progress:

                def done(result: SubmissionResult) -> None:
                    progress.advance()
                    if args.json:
                        print(line(result), flush=True)

                try:
                    tally = grade_class(course, entries, store, settings, args.jobs, args.fresh, done, graders=grading)
                except KeyboardInterrupt:
                    progress.interrupted()
                    raise
            outcome = RunResult(sandbox.layers, Graded(course, entries, store), remarks=tuple(remarks))
            finish(outcome, course, entries, args.out, tally, remarks, console, args.module, quiet=args.json)
        finally:
            store.close()
    return tally.status


def finish(
    outcome: RunResult,
    course: Course,
    entries: Entries,
    out: Path,
    tally: Tally,
    remarks: list[str],
    console: Console,
    module: str | None,
    quiet: bool,
) -> None:
    """Write what a run leaves, and say so."""
    from winnow.feedback.class_table import class_table
    from winnow.grading.publish import publish

    recorded = publish(outcome, course, entries, out)
    if quiet:
        told = {"learners": tally.submissions, "taken_over": tally.taken_over, "unread": tally.unread}
        print(json.dumps(told | {"faults": tally.faults}))
    else:
        if len(entries) <= TABLE:
            shown = Console()
            shown.print(class_table(recorded, course, shown.width, module))
        for remark in remarks:
            console.print(f"note: {remark}", style="dim", highlight=False)
        before = f", {tally.taken_over} of them unchanged since they were graded" if tally.taken_over else ""
        console.print(f"{tally.submissions} learners{before}; results in {out}", style="dim", highlight=False)
    for unread in tally.unread:
        print(f"winnow: not graded: {unread}", file=sys.stderr)
    for fault in tally.faults:
        print(f"winnow: grader error: {fault}", file=sys.stderr)


def line(result: SubmissionResult) -> str:
    """One learner as one line of JSON."""
    exercises = {one.exercise: {"status": one.status, "score": one.score} for one in result.exercises}
    return json.dumps(
        {"student": result.student, "score": result.score, "points": result.points, "exercises": exercises}
    )
