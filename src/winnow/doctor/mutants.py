"""Mutants of a reference: cosmic-ray's operators applied to its text, and those that are declared equivalent.

Left out are mutants that cannot count: those that Python refuses or warns of (`size is 0`), those that mean the same
as the reference once annotations, docstrings and what never runs are set aside (and a length is never negative),
repetitions of one another, and those that no learner writes: shifts for sums, `is` for numbers, another signature, a
decorator taken off.
"""

from __future__ import annotations

import ast
import importlib.util
import re
import tomllib
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from winnow.course import CourseError, Exercise

# The first two put one name in the place of another at random, so that no two runs would have the same mutants; the
# third takes away what a learner was given. Bits are not what sums and products are mistaken for, but for `x ^ 2`.
LEFT_OUT = re.compile(
    "VariableInserter|VariableReplacer|RemoveDecorator"
    "|ReplaceBinaryOperator_(Add|Sub|Mul|Div|FloorDiv|Mod|Pow)_(LShift|RShift|BitOr|BitAnd|(?<!Pow_)BitXor)"
    "|ReplaceUnaryOperator_USub_(UAdd|Invert|Not)|ReplaceUnaryOperator_Not_Invert"
)


@dataclass(frozen=True)
class Key:
    """What identifies a mutant while other lines of the file come and go.

    `line` and `becomes` are the mutated line before and after, without its indentation; `occurrence` counts, from 1,
    the mutants that agree in all three.
    """

    operator: str
    line: str
    becomes: str
    occurrence: int = 1


@dataclass(frozen=True)
class Mutant:
    """A reference with one small change."""

    key: Key
    number: int
    text: str


def have_operators() -> bool:
    """Whether cosmic-ray is installed."""
    return importlib.util.find_spec("cosmic_ray") is not None


def mutants(source: str) -> Iterator[Mutant]:
    """The mutants of `source`, one after another; making one takes some milliseconds."""
    seen, strange = {_meaning(source)}, _strange(source)
    counts: Counter[tuple[str, str, str]] = Counter()
    for name, text in _mutated(source):
        meaning = _meaning(text)
        if meaning is None or meaning in seen or _strange(text) != strange:
            continue
        seen.add(meaning)
        number, line, becomes = _changed(source, text)
        counts[name, line, becomes] += 1
        yield Mutant(Key(name, line, becomes, counts[name, line, becomes]), number, text)


def _mutated(source: str) -> Iterator[tuple[str, str]]:
    """The name of an operator and what it makes of the source, for every operator and every place."""
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.operators.provider import OperatorProvider

    provider = OperatorProvider()
    operators: dict[str, Any] = {name: provider[name]() for name in provider if not LEFT_OUT.fullmatch(name)}
    for before, part, after in _parts(source):
        nodes = list(ast_nodes(get_ast(part)))
        for name, operator in operators.items():
            for at in range(sum(len(list(operator.mutation_positions(node))) for node in nodes)):
                text = mutate_code(part, operator, at)
                if text is not None:
                    yield name, before + text + after


def _parts(source: str) -> Iterator[tuple[str, str, str]]:
    """Each top-level statement, and what stands before and after it: the time of a mutation goes by what is parsed."""
    lines = source.splitlines(keepends=True)
    for node in ast.parse(source).body:
        decorators = getattr(node, "decorator_list", [])
        first = min(each.lineno for each in (node, *decorators)) - 1
        last = node.end_lineno or len(lines)
        yield "".join(lines[:first]), "".join(lines[first:last]), "".join(lines[last:])


def _meaning(text: str) -> str | None:
    """The syntax tree without what does not run; None when it does not compile, or not without a warning."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            compile(text, "mutant", "exec", dont_inherit=True)
            tree = ast.parse(text)
    except (SyntaxError, ValueError, SyntaxWarning, DeprecationWarning):
        return None
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant(None)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.returns = None
        elif isinstance(node, ast.Compare) and _counts(node.left) and ast.unparse(node.comparators[0]) == "0":
            # What counts things is never negative.
            node.ops[0] = {ast.LtE: ast.Eq, ast.Gt: ast.NotEq}.get(type(node.ops[0]), type(node.ops[0]))()
        if isinstance(node, _DOCUMENTED) and ast.get_docstring(node) is not None:
            node.body[0] = ast.Pass()
    return ast.dump(tree)


def _counts(node: ast.expr) -> bool:
    """Whether it is a length, as `len(x)` and `x.size` are."""
    if isinstance(node, ast.Call):
        return ast.unparse(node.func) == "len"
    return isinstance(node, ast.Attribute) and node.attr in ("size", "ndim")


_DOCUMENTED = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def _strange(text: str) -> list[str]:
    """What a learner leaves as it is: the names in signatures, `is` for anything but None, None for anything but `is`
    and equality. A mutant that has any of it otherwise is none that a learner writes."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.arguments):
            kinds = node.posonlyargs, node.args, node.kwonlyargs
            names = [[one.arg for one in kind] for kind in kinds]
            found.append(f"{names} {node.vararg and node.vararg.arg} {node.kwarg and node.kwarg.arg}")
        elif isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            for at, operator in enumerate(node.ops):
                none = any(isinstance(side, ast.Constant) and side.value is None for side in sides[at : at + 2])
                usual = ast.Is | ast.IsNot | ast.Eq | ast.NotEq if none else ast.Is | ast.IsNot
                if isinstance(operator, usual) != none:
                    found.append(f"{type(operator).__name__} {none}")
    return sorted(found)


def _changed(source: str, text: str) -> tuple[int, str, str]:
    """The number of the first line that differs, and that line before and after."""
    before, after = source.splitlines(), text.splitlines()
    at = next((at for at, (old, new) in enumerate(zip(before, after, strict=False)) if old != new), len(after))
    line = before[at].strip() if at < len(before) else ""
    # A line that was taken out: the next one stands in its place.
    gone = len(after) < len(before)
    return at + 1, line, "" if gone or at >= len(after) else after[at].strip()


def equivalents(exercise: Exercise) -> dict[Key, str]:
    """The mutants declared equivalent, each with its reason.

    Raises:
        CourseError: the file cannot be read, or an entry is incomplete.
    """
    path = exercise.path("graders", f"{exercise.id}_equivalent_mutants.toml")
    if not path.is_file():
        return {}
    where = path.relative_to(exercise.root)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CourseError(f"{where} is not valid TOML: {error}") from None
    return dict(_entry(entry, f"{where}, entry {at}") for at, entry in enumerate(data.get("equivalent", []), start=1))


def _entry(entry: dict[str, Any], where: str) -> tuple[Key, str]:
    occurrence = entry.get("occurrence", 1)
    for name in ("operator", "line", "becomes", "reason"):
        if not isinstance(entry.get(name), str):
            raise CourseError(f"{where} has no {name}")
    if not isinstance(occurrence, int) or isinstance(occurrence, bool):
        raise CourseError(f"{where}: occurrence must be a whole number, not {occurrence!r}")
    unknown = sorted(set(entry) - {"operator", "line", "becomes", "reason", "occurrence"})
    if unknown:
        raise CourseError(f"{where} has an unknown entry {unknown[0]}")
    if not entry["reason"].strip():
        raise CourseError(f"{where} gives no reason why the mutant is equivalent")
    return Key(entry["operator"], entry["line"].strip(), entry["becomes"].strip(), occurrence), entry["reason"]
