"""Do statement, signature, example, hints and points agree with the reference and with each other?"""

from __future__ import annotations

import ast
import doctest
import re
from collections.abc import Iterator, Sequence
from typing import Any

from winnow.course import Exercise
from winnow.doctor.missing import Missing
from winnow.doctor.rehearsal import Rehearsed
from winnow.doctor.roster import solution

SECTIONS = ("Args", "Returns", "Raises")
SHARES = (("public", 0.3), ("hidden", 0.5), ("edge", 0.2))
HINTS = 3
# Shorter than this, a line of code is no give-away: `return total`.
TELLING = 15


def faults(exercise: Exercise, namespace: dict[str, Any], checks: Sequence[Rehearsed]) -> Iterator[str]:
    """All that is wrong, one sentence each.

    Args:
        namespace: the reference's, in which the examples of the statement run.
        checks: those of the exercise, with their marks.
    """
    stub, reference = (ast.parse(text) for text in (exercise.stub.read_text(encoding="utf-8"), solution(exercise)))
    ours, theirs = _functions(stub), _functions(reference)
    for name in exercise.functions:
        if name not in ours or name not in theirs:
            tree = "exercises" if name not in ours else "solutions"
            yield Missing(f"{tree}/{exercise.module}/{exercise.id}.py defines no function {name}")
            continue
        yield from _signature(name, ours[name], theirs[name])
        yield from _statement(name, ours[name], theirs[name], ast.get_docstring(stub) or "")
    yield from _examples(exercise, namespace, [ast.get_docstring(stub), *map(ast.get_docstring, ours.values())])
    yield from _hints(exercise.hints, reference)
    yield from points(exercise, checks)


def _functions(tree: ast.Module) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def _signature(name: str, ours: ast.FunctionDef, theirs: ast.FunctionDef) -> Iterator[str]:
    told, written = (f"({ast.unparse(node.args)})" for node in (ours, theirs))
    if told != written:
        yield f"{name} takes {told} in the statement and {written} in the solution"
    told, written = (ast.unparse(node.returns) if node.returns else "nothing said" for node in (ours, theirs))
    if told != written:
        yield f"{name} returns {told} in the statement and {written} in the solution"


def _statement(name: str, ours: ast.FunctionDef, theirs: ast.FunctionDef, module: str) -> Iterator[str]:
    told = ast.get_docstring(ours) or ""
    if not told:
        yield Missing(f"{name} has no statement: its stub has no docstring")
        return
    parameters = [*ours.args.posonlyargs, *ours.args.args, *ours.args.kwonlyargs, ours.args.vararg, ours.args.kwarg]
    for parameter in parameters:
        if parameter is not None and not re.search(rf"\b{re.escape(parameter.arg)}\b", f"{told}\n{module}"):
            yield Missing(f"the statement of {name} says nothing of its argument {parameter.arg}")
    sections = _sections(told)
    for title, text in _sections(ast.get_docstring(theirs) or "").items():
        if text != sections.get(title):
            yield f"the docstring of {name} says something else under {title} in the solution than in the stub"


def _sections(docstring: str) -> dict[str, str]:
    """The text below each title, blanks aside."""
    parts = re.split(rf"^({'|'.join(SECTIONS)}):[ \t]*$", docstring, flags=re.MULTILINE)
    return {
        title: " ".join(text.partition(">>>")[0].split()) for title, text in zip(parts[1::2], parts[2::2], strict=True)
    }


def _examples(exercise: Exercise, namespace: dict[str, Any], docstrings: Sequence[str | None]) -> Iterator[str]:
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    parser, said = doctest.DocTestParser(), list[str]()
    seen = 0
    for docstring in docstrings:
        test = parser.get_doctest(docstring or "", dict(namespace), exercise.id, str(exercise.stub), 0)
        seen += len([one for one in test.examples if one.want])
        runner.run(test, out=said.append)
    if not seen:
        yield Missing("the statement has no example (>>> with its result)")
    for text in said:
        got = " ".join(text.partition("Got:")[2].split()) or " ".join(text.split()[-12:])
        expression = " ".join(text.partition("Failed example:")[2].partition("Expected:")[0].split())
        yield f"the example {expression} in the statement gives {got} by the reference"


def _hints(hints: Sequence[str], reference: ast.Module) -> Iterator[str]:
    if len(hints) != HINTS:
        told = f"there are {len(hints)} hints in exercises/course.toml; {HINTS} are needed"
        yield Missing(told) if len(hints) < HINTS else told
    folded = [" ".join(hint.casefold().split()) for hint in hints]
    for at, hint in enumerate(folded, start=1):
        if not hint:
            yield Missing(f"hint {at} is empty")
        elif hint in folded[: at - 1]:
            yield f"hint {at} repeats an earlier one"
    code = set(_telling(reference))
    for at, hint in enumerate(hints, start=1):
        for line in sorted(line for line in code if line in _squeezed(hint)):
            yield f"hint {at} holds the solution's own code {line}"


def _telling(reference: ast.Module) -> Iterator[str]:
    """The statements of the solution's functions, and what they return or assign, without blanks."""
    for function in _functions(reference).values():
        for node in ast.walk(function):
            if isinstance(node, ast.Return | ast.Assign | ast.AugAssign | ast.Raise):
                parts = [node, getattr(node, "value", None)]
                texts = [_squeezed(ast.unparse(part)) for part in parts if part is not None]
                yield from (text for text in texts if len(text) >= TELLING)


def _squeezed(text: str) -> str:
    return "".join(text.replace("'", '"').split())


def points(exercise: Exercise, checks: Sequence[Rehearsed]) -> Iterator[str]:
    """Whether the points are split 30/50/20 over public checks, hidden behaviour and edge cases, and add up."""
    given = dict.fromkeys(("public", "hidden", "edge"), 0.0)
    for check in checks:
        given["edge" if check.visibility == "hidden" and check.edge else check.visibility] += check.points
        if check.points <= 0:
            yield f"{check.name} is worth nothing"
    there, wanted = sum(given.values()), exercise.points
    if there < wanted - 1e-9:
        # Where the rest belongs is then said by what there is too little of.
        yield Missing(f"the checks add up to {there:g} points; exercises/course.toml says {wanted:g}")
    elif there > wanted + 1e-9:
        yield f"the checks add up to {there:g} points; exercises/course.toml says {wanted:g}"
    for kind, share in SHARES:
        due = share * exercise.points
        if abs(given[kind] - due) > 1 + 1e-9:
            told = f"{given[kind]:g} points are on {kind} checks; {due:g} of {wanted:g} should be (within 1)"
            yield Missing(told) if given[kind] < due else told
