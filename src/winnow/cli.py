"""The command `winnow`: finds the subcommand and turns errors into one sentence and an exit status.

0: done. 1: done, but something that was asked for does not hold. 2: wrong usage, or the course is at fault.
3: the grader is at fault.
"""

from __future__ import annotations

import argparse
import errno
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from winnow import __version__
from winnow.commands import COMMANDS, LEARNERS
from winnow.course import CourseError
from winnow.errors import GraderError, UsageError


def parser(asked: str | None = None) -> argparse.ArgumentParser:
    """The command line of the subcommand `asked`, or of all of them.

    Only what is asked for is imported: a learner's command starts at once, and needs nothing that grading needs.
    """
    top = argparse.ArgumentParser(
        prog="winnow",
        usage="winnow [COMMAND] [...]",
        description="Exercises that grade themselves.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"winnow {__version__}")
    subparsers = top.add_subparsers(prog="winnow", dest="command", metavar="COMMAND", help=argparse.SUPPRESS)
    for name in (asked,) if asked in COMMANDS else COMMANDS:
        try:
            command = importlib.import_module(f"winnow.commands.{name}")
        except ImportError as error:
            # Some commands need what only Linux has, or what a learner has no use for; the others work without.
            if asked in COMMANDS:
                raise UsageError(f"winnow {asked} cannot run here: {error}") from None
            continue
        command.add(subparsers)
    about = {action.dest: action.help or "" for action in subparsers._choices_actions}
    top.epilog = "\n\n".join(
        "\n".join([title, *(f"  {name:<11} {about[name]}" for name in names if name in about)])
        for title, names in (
            ("for learners (`winnow` alone says where you are; `winnow COMMAND --help` says more):", LEARNERS),
            ("for instructors:", [name for name in COMMANDS if name not in LEARNERS]),
        )
    )
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line; its exit status."""
    words = list(sys.argv[1:] if argv is None else argv) or ["status"]
    try:
        if "WINNOW_LOG" in os.environ:
            from winnow import log

            log.begin("winnow")
        if words[0] not in COMMANDS and not words[0].startswith("-"):
            raise UsageError(_no_command(words[0]))
        args = parser(words[0]).parse_args(words)
        status: int = args.run(args)
        return status
    except CourseError as error:
        from winnow.learner.state import told

        print(f"winnow: {told(error, Path.cwd())}", file=sys.stderr)
        return 2
    except UsageError as error:
        print(f"winnow: {error}", file=sys.stderr)
        return 2
    except GraderError as error:
        print(f"winnow: {error}", file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        print("winnow: stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output has gone (`winnow ... | head`): not an error of ours.
        _let_go_of_output()
        return 0
    except PermissionError as error:
        if not error.filename:
            raise
        print(f"winnow: {error.filename} cannot be used: {error.strerror}", file=sys.stderr)
        return 2
    except OSError as error:
        # Files have their own sentences where they are written; what is left is what commands print.
        if error.errno not in (errno.ENOSPC, errno.EDQUOT) or error.filename:
            raise
        _let_go_of_output()
        said = f"standard output cannot be written ({error.strerror}); make room, and run again"
        print(f"winnow: {said}", file=sys.stderr)
        return 3


def _no_command(word: str) -> str:
    import difflib

    near = difflib.get_close_matches(word, LEARNERS, n=2) or difflib.get_close_matches(word, COMMANDS, n=2)
    said = f"did you mean {' or '.join(f'winnow {name}' for name in near)}?" if near else "`winnow --help` lists them"
    return f"there is no command {word}; {said}"


def _let_go_of_output() -> None:
    """What is still to be written goes nowhere: Python would try again, and fail again, when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
