"""`winnow grade --nbgrader DIR`: grade what nbgrader has collected, into its grade book."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from winnow.commands.grade import to_grade
from winnow.course import Course
from winnow.equipment import lacking, without_room
from winnow.errors import UsageError
from winnow.grading.job import Settings
from winnow.grading.pool import prewarm
from winnow.nurse.sandbox import choose
from winnow.secret import course_secret, doubt


def run(course: Course, args: argparse.Namespace) -> int:
    """Grade; the exit status: 1 when nbgrader could not read a notebook, 3 on a grader error."""
    if args.submissions is not None or args.out is not None:
        raise UsageError("--nbgrader DIR takes the place of SUBMISSIONS and --out: give one of both")
    for option in ("layout", "roster", "modules", "exercises"):
        if getattr(args, option) is not None:
            raise UsageError(
                f"--{option} does not go with --nbgrader: its course folder says who is who and what was set, and "
                "--assignment NAME names one"
            )
    if args.scheduler or args.json:
        option = "--scheduler" if args.scheduler else "--json"
        raise UsageError(f"{option} does not go with --nbgrader: notebooks are graded here, into nbgrader's grade book")
    if args.jobs < 1:
        raise UsageError(f"--jobs {args.jobs}: at least one process is needed")
    with ThreadPoolExecutor(1) as beside, contextlib.ExitStack() as stack:
        choosing = beside.submit(choose, args.sandbox)
        try:
            with _without_iri_grammars():
                from winnow.notebooks.gradebook import grade_submitted
        except ImportError as error:
            raise UsageError(f"nbgrader is not installed ({error.name}): pip install nbgrader nh3") from None
        sandbox = choosing.result()
        given = to_grade(course, args)
        if given and (said := lacking(given) or without_room()):
            raise UsageError(said)
        prewarmed = stack.enter_context(contextlib.closing(prewarm(given, sandbox.layers))) if given else None
        settings = Settings.of(course, sandbox.layers, course_secret(course.root))
        outcome = grade_submitted(
            course, settings, args.nbgrader, args.assignment, args.jobs, args.fresh, args.sandbox, prewarmed
        )
    for remark in filter(None, (*sandbox.remarks, *outcome.remarks, doubt(course.root))):
        print(f"note: {remark}", file=sys.stderr)
    print(f"{outcome.graded} submissions graded into {args.nbgrader}/gradebook.db and {args.nbgrader}/autograded")
    for refused in outcome.refused:
        print(f"winnow: {refused}", file=sys.stderr)
    for fault in outcome.faults:
        print(f"winnow: grader error: {fault}", file=sys.stderr)
    return 3 if outcome.faults else 1 if outcome.refused else 0


@contextlib.contextmanager
def _without_iri_grammars() -> Iterator[None]:
    """jsonschema, which nbgrader needs, compiles 38 grammars of addresses when it is imported, if it finds them.

    That takes longer than grading a notebook ten times, and no schema of a notebook names an address.
    """
    missing = "rfc3987_syntax" not in sys.modules
    if missing:
        sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if missing:
            del sys.modules["rfc3987_syntax"]
