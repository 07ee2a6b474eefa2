"""`winnow quiz [MODULE]`: the questions of a module, one at a time; `--export` writes them for Canvas or Moodle."""

from __future__ import annotations

import argparse
import contextlib
import getpass
import sys
from pathlib import Path

from winnow.course import Course, CourseError, find_root, load
from winnow.errors import UsageError
from winnow.learner import own_quiz
from winnow.quiz import bank, variants
from winnow.quiz.answers import AnswersError

FORMATS = ("qti", "gift", "moodle-xml")
SHARED = frozenset({"admin", "codespace", "jovyan", "learner", "root", "runner", "student", "ubuntu", "user", "vscode"})
"""Names that containers and laboratories give to everybody."""


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the arguments."""
    command = subparsers.add_parser("quiz", help="the questions of a module", description=__doc__)
    command.add_argument(
        "module", nargs="?", metavar="MODULE", help="which module (default: the first with open questions)"
    )
    command.add_argument(
        "--as", dest="learner", metavar="NAME", help="who answers (default: whoever did before, or your name here)"
    )
    command.add_argument("--again", action="store_true", help="ask the questions that are answered, too")
    command.add_argument("--export", choices=FORMATS, help="write the quiz, with its key, for a learning platform")
    command.add_argument("--out", type=Path, metavar="DIR", help="with --export: the folder to write to")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Ask, or export. 1 when questions are left open."""
    course = load(find_root())
    salt = variants.salt_of(course)
    if args.export:
        return _export(course, args, salt)
    if args.out:
        raise UsageError("--out goes with --export")
    from rich.console import Console

    from winnow.quiz import ask

    module = own_quiz.asked_for(course, args.module) if args.module else _open(course)
    if module is None:
        print("All questions of all modules are answered. To see one again: winnow quiz MODULE --again")
        return 0
    questions = own_quiz.read(course, module).questions
    try:
        given = ask.run(
            course,
            module,
            args.learner or _learner(course),
            Console(highlight=False, emoji=False),
            input,
            salt=salt,
            again=args.again,
        )
    except AnswersError as error:
        raise UsageError(str(error)) from None
    return 0 if given == len(questions) else 1


def _export(course: Course, args: argparse.Namespace, salt: str) -> int:
    from winnow.quiz.export import export

    if args.out is None:
        raise UsageError("--export needs --out DIR: where to write")
    for module in [own_quiz.asked_for(course, args.module)] if args.module else bank.modules(course):
        try:
            print(export(course, module, args.export, args.out, salt=salt))
        except OSError as error:
            raise UsageError(f"{args.out} cannot be written: {error}") from None
    return 0


def _open(course: Course) -> str | None:
    """The first module with a question that is not answered; what cannot be read is named, and passed over.

    Raises:
        UsageError: all that could be read is answered, and something could not be.
    """
    faults: list[str] = []
    for module in own_quiz.modules(course):
        try:
            if len(own_quiz.given(course, module).values) < len(own_quiz.read(course, module).questions):
                for fault in faults:
                    print(f"note: {fault}", file=sys.stderr)
                return module
        except (AnswersError, CourseError) as error:
            faults.append(str(error))
    if faults:
        raise UsageError("; ".join(faults))
    return None


def _learner(course: Course) -> str:
    """Who answers: whoever has answered before, else the user of this machine, who is asked where all have one name."""
    for module in own_quiz.modules(course):
        with contextlib.suppress(AnswersError, CourseError):
            named = own_quiz.given(course, module).learner
            if named:
                return named
    name = _user()
    if name in SHARED and sys.stdin.isatty():
        with contextlib.suppress(EOFError):
            name = input("Your name, so that the numbers are yours alone: ").strip() or name
    return name


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "learner"
