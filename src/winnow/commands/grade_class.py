"""How `winnow grade` and `winnow regrade` grade a folder of submissions, and what they leave and say."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from winnow.commands.grade import STORE
from winnow.commands.handed_over import handed_over
from winnow.console import plain_console
from winnow.course import Course
from winnow.equipment import lacking, versions, without_room
from winnow.errors import UsageError
from winnow.grading.claim import claimed
from winnow.grading.job import Settings
from winnow.grading.pool import grade
from winnow.grading.progress_bar import ProgressBar
from winnow.grading.run import Entries, Graded, Graders, Tally, grade_class
from winnow.nurse.sandbox import Sandbox, choose
from winnow.record import Person, RunResult, SubmissionResult
from winnow.secret import course_secret, doubt
from winnow.store import Store
from winnow.submission import Gathered
from winnow.submission.layouts import FOLDERS, Layout

TABLE = 100
"""A longer table of learners is for the report, not for a terminal."""


@dataclass(frozen=True)
class Run:
    """What is graded and how, who the learners are, and the remarks for the record."""

    entries: Entries
    people: Mapping[str, Person]
    layout: Layout
    sandbox: Sandbox
    settings: Settings
    remarks: tuple[str, ...]


def read_run(course: Course, args: argparse.Namespace) -> Run:
    """What the arguments ask for. Raises UsageError."""
    if args.submissions.is_dir() and args.out.resolve().is_relative_to(args.submissions.resolve()):
        raise UsageError(
            f"--out {args.out} lies in {args.submissions}, where the next run would take it for a learner's: give a "
            "folder outside"
        )
    found = handed_over(course, args)
    if args.jobs < 1:
        raise UsageError(f"--jobs {args.jobs}: at least one process is needed")
    if args.module is not None and args.module not in (modules := [module.id for module in course.modules]):
        raise UsageError(f"--module {args.module}: there is no such module; there are {', '.join(modules)}")
    if not args.scheduler and (said := lacking(course.exercises) or without_room()):
        raise UsageError(said)
    sandbox = choose(args.sandbox)
    secret = course_secret(course.root)
    remarks = [*found.remarks, *sandbox.remarks]
    remarks += filter(None, [doubt(course.root)])
    entries = [(one.student, one.handed_in) for one in found.hand_ins]
    people = {one.student: one.person for one in found.hand_ins}
    settings = Settings.of(course, sandbox.layers, secret)
    return Run(entries, people, found.layout, sandbox, settings, tuple(remarks))


def graders(args: argparse.Namespace) -> Graders:
    """Processes on this machine, or the cluster that was named."""
    if not args.scheduler:
        return grade
    try:
        from winnow.grading.cluster import on_cluster
    except ImportError as error:
        raise UsageError(f"--scheduler needs dask.distributed ({error}): pip install distributed") from None
    return on_cluster(args.scheduler)


def run(course: Course, args: argparse.Namespace) -> int:
    """Grade; the exit status."""
    asked = read_run(course, args)
    entries = asked.entries
    grading = graders(args)
    console = plain_console(stderr=True)
    if asked.layout is not FOLDERS:
        handed_in = sum(place != Gathered() for _, place in entries)
        said = f"note: {args.submissions} is read as {asked.layout.title} hands a class over: {handed_in} hand-ins"
        console.print(said, style="dim", highlight=False, soft_wrap=True)
    with claimed(args.out):
        store = Store(args.out / STORE)
        try:
            with ProgressBar(console, len(entries), quiet=args.json) as progress:

                def done(result: SubmissionResult) -> None:
                    progress.advance()
                    if args.json:
                        print(line(result), flush=True)

                try:
                    tally = grade_class(
                        course, entries, store, asked.settings, args.jobs, args.fresh, done, graders=grading
                    )
                except KeyboardInterrupt:
                    progress.interrupted()
                    raise
            finish(asked, course, store, args.out, tally, console, args.module, quiet=args.json)
        finally:
            store.close()
    return tally.status


def finish(
    run: Run, course: Course, store: Store, out: Path, tally: Tally, console: Console, module: str | None, quiet: bool
) -> None:
    """Write what a run leaves, and say so."""
    from winnow.commands.publish import publish
    from winnow.feedback.class_table import class_table

    graded = Graded(course, run.entries, store, run.people)
    result = RunResult(run.sandbox.layers, graded, remarks=run.remarks, versions=versions())
    recorded = publish(result, course, run.entries, out)
    if quiet:
        told = {"learners": tally.submissions, "taken_over": tally.taken_over, "unread": tally.unread}
        print(json.dumps(told | {"faults": tally.faults}))
    else:
        if len(run.entries) <= TABLE:
            shown = plain_console()
            shown.print(class_table(recorded, course, shown.width, module))
        for remark in run.remarks:
            console.print(f"note: {remark}", style="dim")
        before = f", {tally.taken_over} of them unchanged since they were graded" if tally.taken_over else ""
        each = ", one folder or file each" if run.layout is FOLDERS else f", from {run.layout.title}"
        learners = "1 learner" if tally.submissions == 1 else f"{tally.submissions} learners"
        said = f"{learners}{each}{before}; results in {out}"
        console.print(said, style="dim", highlight=False, soft_wrap=True)
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
