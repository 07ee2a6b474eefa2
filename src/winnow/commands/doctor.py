"""`winnow doctor [EXERCISE ...]`: grade the grader: right answers accepted, wrong ones named, mutants killed."""

from __future__ import annotations

import argparse
import json
import os
import sys

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from winnow.console import plain_console
from winnow.course import find_root, load
from winnow.errors import UsageError
from winnow.nurse.sandbox import choose

SEEDS = 20


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the arguments."""
    command = subparsers.add_parser("doctor", help="grade the grader", description=__doc__)
    command.add_argument("exercises", nargs="*", metavar="EXERCISE", help="which exercises (default: all)")
    command.add_argument("--seeds", type=int, default=SEEDS, help=f"how many secrets must agree (default: {SEEDS})")
    command.add_argument("--json", action="store_true", help="the figures as JSON on standard output, no table")
    command.add_argument("--no-mutants", action="store_true", help="leave out mutants of the reference")
    command.add_argument(
        "--jobs", type=int, default=os.cpu_count(), help="processes side by side (default: one per core)"
    )
    command.add_argument("--draft", action="store_true", help="say what is not written yet, and examine the rest")
    command.add_argument("--fresh", action="store_true", help="examine again what is unchanged since")
    command.add_argument("--sandbox", choices=("auto", "strict", "off"), default="auto", help="as for winnow grade")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Examine. 0 when all is well, 1 when anything fails, 2 when what was asked for cannot be examined."""
    from winnow.doctor.examination import Thoroughness, examine
    from winnow.doctor.memory import FILE, Memory
    from winnow.doctor.mutants import have_operators
    from winnow.doctor.table import lines, table

    course = load(find_root(), args.draft)
    if not course.has_graders:
        raise UsageError("this is a learner's copy of the course, without graders/ and solutions/: nothing to examine")
    if args.seeds < 1 or args.jobs < 1:
        raise UsageError("--seeds and --jobs must be at least 1")
    if not args.no_mutants and not have_operators():
        raise UsageError("mutants need cosmic-ray: pip install cosmic-ray, or leave them out with --no-mutants")
    exercises = [course.exercise(name) for name in dict.fromkeys(args.exercises)] or list(course.exercises)
    sandbox = choose(args.sandbox)
    notes = plain_console(stderr=True)
    columns = (TextColumn("examining"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=notes, transient=True, disable=args.json or not notes.is_terminal) as progress:
        task = progress.add_task("examining", total=None)
        memory = Memory(course.root / FILE, args.fresh)
        report = examine(
            course,
            exercises,
            Thoroughness(args.seeds, not args.no_mutants, sandbox.layers),
            processes=args.jobs,
            memory=memory,
            advance=lambda done, of: progress.update(task, completed=done, total=of),
        )
        memory.close()
    if args.json:
        data = {
            "healthy": report.healthy,
            "sandbox": list(sandbox.layers),
            "exercises": [sheet.figures() | {"failures": report.faults(sheet)} for sheet in report.sheets],
            "quizzes": {module: list(said) for module, said in report.quizzes.items()},
        }
        print(json.dumps(data, indent=1, ensure_ascii=False))
    else:
        plain_console().print(table(report))
        for line in lines(report):
            print(line)
        for remark in (*sandbox.remarks, *([memory.remark] if memory.remark else [])):
            print(f"note: {remark}", file=sys.stderr)
        if report.remembered:
            told = "1 is" if report.remembered == 1 else f"{report.remembered} are"
            print(f"{told} unchanged since examined; --fresh examines again", file=sys.stderr)
    return 0 if report.healthy else 1
