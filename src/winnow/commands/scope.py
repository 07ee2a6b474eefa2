"""`--modules` and `--exercises`: what was set, of all that the course has."""

from __future__ import annotations

import argparse
from pathlib import Path

from winnow.course import Course
from winnow.errors import UsageError


def add_scope(command: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    command.add_argument(
        "--modules", nargs="+", metavar="MODULE", help="only these modules, each with its exercises and its quiz"
    )
    command.add_argument(
        "--exercises", nargs="+", metavar="NAME", help="only these exercises, or quizzes (m05_losses_quiz)"
    )


def scoped(course: Course, args: argparse.Namespace, positional: str) -> Course:
    """The part of the course that was set; all of it where nothing is said.

    A list of names takes whatever follows it: what is the argument `positional` is given back to it.

    Raises:
        UsageError: the course has no such module or exercise.
    """
    modules = {module.id: module for module in course.modules}
    for given in (args.modules, args.exercises):
        if given and len(given) > 1 and getattr(args, positional) is None:
            *others, last = given
            if not _matching(last, [*modules, *course.titles]):
                setattr(args, positional, Path(last))
                given[:] = others
    if args.modules is None and args.exercises is None:
        return course
    names: set[str] = set()
    for given in _separate(args.modules):
        module = modules[_one(given, "module", list(modules))]
        names |= {exercise.id for exercise in module.exercises}
        names |= {quiz for quiz, of in course.quizzes.items() if of.id == module.id}
    names |= {_one(given, "exercise", list(course.titles)) for given in _separate(args.exercises)}
    part = course.part(names)
    if not part.exercises and not _has_quiz(part):
        raise UsageError(f"there is nothing to do in {', '.join(sorted(names))}: no exercise, and no quiz")
    return part


def _has_quiz(course: Course) -> bool:
    # Whoever is asked for a whole course has no need of the questions yet.
    from winnow.quiz import bank

    return bool(bank.modules(course))


def _separate(given: list[str] | None) -> list[str]:
    return [name for text in given or () for name in text.split(",") if name]


def _matching(given: str, known: list[str]) -> list[str]:
    """The name itself, or those that begin with it up to a line: `m05` for `m05_losses`."""
    return [given] if given in known else [name for name in known if name.startswith(f"{given}_")]


def _one(given: str, what: str, known: list[str]) -> str:
    found = _matching(given, known)
    if len(found) == 1:
        return found[0]
    raise UsageError(f"there is no {what} {given}; there are {', '.join(found or known)}")
