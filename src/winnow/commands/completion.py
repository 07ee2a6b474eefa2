"""`winnow completion SHELL`: lets the Tab key of bash, zsh or fish complete commands and names of exercises."""

from __future__ import annotations

import argparse
from contextlib import suppress

from winnow.commands import COMMANDS, LEARNERS
from winnow.course import CourseError, find_root, load

SCRIPTS = {
    "bash": """\
_winnow() {
    local word="${COMP_WORDS[COMP_CWORD]}"
    if [ "$COMP_CWORD" = 1 ]; then
        COMPREPLY=($(compgen -W "$(winnow completion commands)" -- "$word"))
    else
        COMPREPLY=($(compgen -W "$(winnow completion names)" -- "$word"))
    fi
}
complete -o default -F _winnow winnow
""",
    "fish": """\
complete -c winnow -n __fish_use_subcommand -f -a "(winnow completion commands)"
complete -c winnow -n "not __fish_use_subcommand" -a "(winnow completion names)"
""",
}
SCRIPTS["zsh"] = "autoload -U +X bashcompinit && bashcompinit\n" + SCRIPTS["bash"]
USE = {
    "bash": "# Add to ~/.bashrc:  source <(winnow completion bash)",
    "zsh": "# Add to ~/.zshrc:  source <(winnow completion zsh)",
    "fish": "# Write to ~/.config/fish/completions/winnow.fish",
}


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the arguments."""
    command = subparsers.add_parser("completion", help="let the Tab key complete names", description=__doc__)
    command.add_argument("shell", choices=("bash", "zsh", "fish", "commands", "names"), metavar="SHELL")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the script, or the words that it asks for."""
    if args.shell in SCRIPTS:
        print(f"{USE[args.shell]}\n{SCRIPTS[args.shell]}", end="")
    elif args.shell == "names":
        # A shell that asks for words outside of a course is to get none, and no message.
        with suppress(CourseError):
            course = load(find_root())
            print("\n".join([*(one.id for one in course.exercises), *(module.id for module in course.modules)]))
    else:
        graders = False
        with suppress(CourseError):
            graders = load(find_root()).has_graders
        print("\n".join(COMMANDS if graders else LEARNERS))
    return 0
