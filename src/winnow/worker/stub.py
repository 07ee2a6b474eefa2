"""Which functions of a file are still the untouched stub, read from its syntax alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator

BLOCKS = ("body", "handlers", "orelse", "finalbody", "cases")
"""Where statements are within a statement."""
STOPPABLE = ast.Try | ast.With | ast.For | ast.While
"""Statements of which a part may run, and the rest not."""


def definitions(body: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions of a file, those under an `if`, a `try` or a `match` included, those inside others not."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            for part in BLOCKS:
                yield from definitions(getattr(node, part, []))


def methods(body: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions of the classes of a file, and of the classes within these."""
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from definitions(node.body)
            yield from methods(node.body)


def is_stub(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether the body does nothing yet: a docstring, `pass`, `...` or NotImplementedError."""
    for statement in node.body:
        match statement:
            case ast.Expr(value=ast.Constant()) | ast.Pass():
                continue
            case ast.Raise(exc=ast.Name(id="NotImplementedError")):
                continue
            case ast.Raise(exc=ast.Call(func=ast.Name(id="NotImplementedError"))):
                continue
            case _:
                return False
    return True
