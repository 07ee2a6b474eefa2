"""A marimo notebook: a .py file whose cells are the bodies of functions."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

_CELL, _WHOLE = "cell", ("function", "class_definition")
"""What marimo decorates: a cell, of which the body counts; what is a cell by itself, under its own name."""


def opened(body: Sequence[ast.stmt]) -> list[ast.stmt]:
    """The statements of a file, with those of marimo's cells in place of the cells; others as they are."""
    apps = {name for node in body for name in _app(node)}
    return [inner for node in body for inner in _cell(node, apps)] if apps else list(body)


def _app(node: ast.stmt) -> Iterator[str]:
    """The name in `app = marimo.App(...)`."""
    match node:
        case ast.Assign(
            targets=[ast.Name(id=name)], value=ast.Call(func=ast.Attribute(value=ast.Name(id="marimo"), attr="App"))
        ):
            yield name


def _cell(node: ast.stmt, apps: set[str]) -> list[ast.stmt]:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            marks = [mark for one in node.decorator_list for mark in _mark(one, apps)]
            if _CELL in marks:
                # What it returns is for marimo alone.
                return [inner for inner in node.body if not isinstance(inner, ast.Return)]
            if set(marks).intersection(_WHOLE):
                node.decorator_list = [one for one in node.decorator_list if not list(_mark(one, apps))]
        case ast.With(items=[ast.withitem(context_expr=setup)]) if list(_mark(setup, apps)):
            return node.body
    return [node]


def _mark(node: ast.expr, apps: set[str]) -> Iterator[str]:
    """`cell` in `app.cell` and in `app.cell(hide_code=True)`."""
    match node.func if isinstance(node, ast.Call) else node:
        case ast.Attribute(value=ast.Name(id=name), attr=attribute) if name in apps:
            yield attribute
