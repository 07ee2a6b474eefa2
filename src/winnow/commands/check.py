"""`winnow check [EXERCISE ...]`: put the public checks to your files. Exit status 0 only when all of them pass."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from winnow.course import Course, find_root, load
from winnow.learner import asked, state
from winnow.learner.checking import UNCONFINED, check, nurseries, passes
from winnow.record import EXPLAINED, RunResult, SubmissionResult, total


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the arguments."""
    command = subparsers.add_parser("check", help="put the public checks to your files", description=__doc__)
    command.add_argument("exercises", nargs="*", metavar="EXERCISE", help="which exercises (default: all)")
    command.add_argument("--all", action="store_true", help="explain every failed check, and not the first two only")
    command.add_argument("--summary", type=Path, metavar="FILE", help="also add the result to FILE, as Markdown")
    command.add_argument(
        "--classroom", type=Path, metavar="FILE", help="also write the result to FILE, as GitHub Classroom reads it"
    )
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check. 0 when all that was asked for passes, else 1."""
    from winnow.feedback.terminal import print_learner

    course = load(find_root())
    exercises = asked.exercises(course, args.exercises) or list(course.exercises)
    with nurseries() as warm:
        results = check(course, exercises, warm)
        confined = warm is not None
    told = SubmissionResult("you", *total(results), tuple(results))
    print_learner(told, course, explained=sys.maxsize if args.all else EXPLAINED)
    longer = [one.exercise for one in results if sum(check.outcome == "failed" for check in one.checks) > EXPLAINED]
    if longer and not args.all:
        print(f"More about the checks that failed: winnow check {' '.join(longer)} --all")
    if len(exercises) == 1 and passes(results[0]) and state.ways(exercises[0]).is_file():
        print(f"Other ways to write it: winnow compare {exercises[0].id}")
    if not confined:
        print(f"note: {UNCONFINED}", file=sys.stderr)
    if args.summary:
        _summary(told, course, args.summary)
    if args.classroom:
        _classroom(told, course, args.classroom)
    return 0 if all(map(passes, results)) else 1


def _summary(told: SubmissionResult, course: Course, path: Path) -> None:
    from winnow.feedback.markdown import learner_markdown
    from winnow.feedback.words import learner_words

    with path.open("a", encoding="utf-8") as file:
        file.write(learner_markdown(learner_words(told, course, {}), course.title))


def _classroom(told: SubmissionResult, course: Course, path: Path) -> None:
    import tempfile

    from winnow.exports import export

    with tempfile.TemporaryDirectory(prefix="winnow-") as folder:
        written = export(RunResult((), (told,)), course, "classroom", Path(folder) / "classroom")
        (file,) = written.glob("*.json") if written.is_dir() else [written]
        path.write_bytes(file.read_bytes())
