"""`winnow report RESULTS`: the class report, one page that works without a network."""

from __future__ import annotations

import argparse
from pathlib import Path

from winnow.commands.export import read_results
from winnow.commands.handed_over import add_handed_over, handed_over
from winnow.course import find_root, load
from winnow.errors import UsageError


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the arguments."""
    command = subparsers.add_parser("report", help="write the class report", description=__doc__)
    command.add_argument("results", type=Path, help="the folder that winnow grade wrote, or its results.json")
    command.add_argument(
        "--submissions", type=Path, metavar="DIR", help="what was handed in, to look for answers that are alike"
    )
    add_handed_over(command)
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write `report.html` beside the results. 0 when it is written."""
    from winnow import report
    from winnow.commands.publish import likeness
    from winnow.feedback.sentences import sentences

    course = load(find_root())
    path, run = read_results(args.results)
    found = None
    if args.submissions:
        graded = {submission.student for submission in run.submissions}
        hand_ins = [one for one in handed_over(course, args).hand_ins if one.student in graded]
        found = likeness(course, [(one.student, one.handed_in) for one in hand_ins])
    try:
        print(report.write(run, course, path.parent, sentences(course), found))
    except OSError as error:
        raise UsageError(f"{error.filename or path.parent} cannot be written: {error.strerror}") from None
    return 0
