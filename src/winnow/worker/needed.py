"""Which top-level statements some functions need: what is left when there is no time for the others.

Read from the syntax alone, and generous: a statement that may matter stays.
"""

from __future__ import annotations

import ast
import symtable
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
# `np.random.seed(0)`, `torch.set_default_dtype(...)`, `sys.setrecursionlimit(...)`: calls of a module that change it.
_SETTINGS = ("set", "seed", "manual_seed", "filter", "simplefilter", "register", "use_")


@dataclass(frozen=True)
class _Facts:
    """Of one statement: the names it binds, those it uses, and those whose objects it may change in place."""

    binds: frozenset[str] = frozenset()
    uses: frozenset[str] = frozenset()
    changes: frozenset[str] = frozenset()


def needed(nodes: Sequence[ast.stmt], wanted: Collection[str] | None) -> set[int]:
    """The places of the statements that the names `wanted` follow from, and of all definitions and imports.

    Args:
        wanted: None stands for everything that is defined.
    """
    modules = {name for node in nodes if isinstance(node, ast.Import | ast.ImportFrom) for name in _facts(node).binds}
    facts = [_facts(node, modules) for node in nodes]
    names = set(wanted) if wanted is not None else {name for fact in facts for name in fact.binds}
    kept: set[int] = set()
    while True:
        new = {at for at, fact in enumerate(facts) if names & (fact.binds | fact.changes)} - kept
        if not new:
            return kept | {at for at, node in enumerate(nodes) if isinstance(node, _DEFINITIONS) or _runs_a_file(node)}
        kept |= new
        names.update(name for at in new for name in facts[at].uses)


def _runs_a_file(node: ast.stmt) -> bool:
    """Whether it is what a line of `%run` means, or a cell that writes a module."""
    match node:
        case ast.Expr(
            value=ast.Call(func=ast.Attribute(attr="run_line_magic" | "magic"), args=[ast.Constant(value), *_])
        ):
            return str(value).partition(" ")[0] == "run"
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Call(), attr="wrote"))):
            return True
    return False


def binds(node: ast.stmt) -> frozenset[str]:
    """The names that a statement binds."""
    return _facts(node).binds


def _facts(node: ast.stmt, modules: Collection[str] = ()) -> _Facts:
    try:
        table = symtable.symtable(ast.unparse(node), "statement", "exec")
    except (SyntaxError, ValueError, RecursionError):
        return _Facts()
    symbols = table.get_symbols()
    return _Facts(
        frozenset(symbol.get_name() for symbol in symbols if symbol.is_assigned() or symbol.is_imported()),
        frozenset(_globals(table)),
        frozenset(_changed(node, modules)),
    )


def _globals(table: symtable.SymbolTable) -> Iterator[str]:
    """The names of the module that are used in it, also from within functions."""
    outermost = table.get_type() == "module"
    for symbol in table.get_symbols():
        if (outermost and symbol.is_referenced()) or symbol.is_global():
            yield symbol.get_name()
    for inner in table.get_children():
        yield from _globals(inner)


def _changed(node: ast.AST, modules: Collection[str]) -> Iterator[str]:
    """What changes in place outside of functions: `x.a = 1`, `x[i] = 1`, `del x[i]`, and by methods: `x.append(1)`."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
            return
        case ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del()):
            yield from _root(node)
        case ast.Call(func=ast.Attribute(attr=method) as function):
            yield from (name for name in _root(function) if name not in modules or method.startswith(_SETTINGS))
    for child in ast.iter_child_nodes(node):
        yield from _changed(child, modules)


def _root(node: ast.expr) -> Iterator[str]:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    if isinstance(node, ast.Name):
        yield node.id
