"""`winnow nbgrader DIR`: write a course folder for nbgrader, with isolated grading configured."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

from winnow.commands.grade import STORE
from winnow.course import Course, Exercise, find_root, load
from winnow.errors import UsageError
from winnow.grading.pool import Settings, kindle, light
from winnow.sandbox import choose
from winnow.secret import course_secret


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
        raise UsageError(f"nbgrader is not installed ({error.name}): pip install 'winnow[nbgrader]'") from None
    course = load(find_root())
    if not course.has_graders:
        raise UsageError(f"{course.root} is a learner's copy, without answers and checks: use the instructor's")
    modules = args.modules or [module.id for module in course.modules if module.exercises]
    try:
        remarks = build(course, args.folder, modules, course_secret(course.root))
    except OSError as error:
        raise UsageError(f"{args.folder} cannot be written: {error.strerror}") from None
    for remark in remarks:
        print(f"note: {remark}")
    print(f"{len(modules)} assignments in {args.folder}/source. Next, in {args.folder}:")
    for module in modules:
        print(f"  nbgrader generate_assignment {module}")
    return 0


def grade_folder(args: argparse.Namespace) -> int:
    """`winnow grade --nbgrader DIR`: 1 when nbgrader could not read a notebook, 3 on a grader error."""
    if args.submissions is not None or args.out is not None:
        raise UsageError("--nbgrader DIR takes the place of SUBMISSIONS and --out: give one of both")
    if args.scheduler or args.json:
        option = "--scheduler" if args.scheduler else "--json"
        raise UsageError(f"{option} does not go with --nbgrader: notebooks are graded here, into nbgrader's grade book")
    if args.jobs < 1:
        raise UsageError(f"--jobs {args.jobs}: at least one process is needed")
    course = load(find_root())
    given = _to_grade(course, args)
    if given:
        kindle(given)
    sandbox = choose(args.sandbox)
    with contextlib.ExitStack() as stack:
        hearth = stack.enter_context(contextlib.closing(light(given, sandbox.layers))) if given else None
        try:
            with _without_iri_grammars():
                from winnow.notebooks.gradebook import grade_submitted
        except ImportError as error:
            raise UsageError(f"nbgrader is not installed ({error.name}): pip install 'winnow[nbgrader]'") from None
        settings = Settings.of(course, sandbox.layers, course_secret(course.root))
        outcome = grade_submitted(
            course, settings, args.nbgrader, args.assignment, args.jobs, args.fresh, args.sandbox, hearth
        )
    for remark in (*sandbox.remarks, *outcome.remarks):
        print(f"note: {remark}", file=sys.stderr)
    print(f"{outcome.graded} submissions graded into {args.nbgrader}/gradebook.db and {args.nbgrader}/autograded")
    for refused in outcome.refused:
        print(f"winnow: {refused}", file=sys.stderr)
    for fault in outcome.faults:
        print(f"winnow: grader error: {fault}", file=sys.stderr)
    return 3 if outcome.faults else 1 if outcome.refused else 0


def _to_grade(course: Course, args: argparse.Namespace) -> list[Exercise]:
    """What grading surely needs, to warm up while nbgrader is imported; nothing if all may have been graded before."""
    if (args.nbgrader / STORE).exists() and not args.fresh:
        return []
    modules = [args.assignment] if args.assignment else [module.id for module in course.modules]
    return [
        one for one in course.exercises if one.module in modules and (args.nbgrader / "source" / one.module).is_dir()
    ]


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
