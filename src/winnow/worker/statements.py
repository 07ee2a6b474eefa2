"""The top-level statements of a file or a cell: parsed together, compiled one by one, so that each can be run alone."""

from __future__ import annotations
import __future__

import ast
import linecache
import re
import types
from collections.abc import Iterator
from dataclasses import dataclass, field

from . import cell_magics, marimo, unwritten

# What Jupyter, VS Code, Spyder, Jupytext and Databricks write where a cell begins in a .py file.
_CELL = re.compile(r"^# ?(?:%%|In ?\[[\d ]*\]:|COMMAND -{4,}|\+(?: |$)|<codecell>)", re.MULTILINE)


@dataclass(frozen=True)
class Text:
    """A file or a cell. `otherwise`: what to take where `source` is no Python; empty where there is nothing else.
    `encoded`: what a file holds that is no text, in base64."""

    label: str
    source: str
    otherwise: str = ""
    encoded: str = ""

    def show(self) -> None:
        """Let tracebacks and `inspect.getsource` find the text by its label, though it is on no disk."""
        lines = self.source.splitlines(keepends=True)
        linecache.cache[self.label] = (len(self.source), None, lines, self.label)


@dataclass(frozen=True)
class Statement:
    """One statement; `shows`: it is an expression, whose value a notebook keeps."""

    node: ast.stmt
    code: types.CodeType
    shows: bool = False


@dataclass
class Unit:
    """What is to be run of a text. `faults`: what could not be parsed or compiled. `parsed`: some of it could."""

    label: str
    statements: list[Statement] = field(default_factory=list)
    faults: list[BaseException] = field(default_factory=list)
    parsed: bool = False


class Compiler:
    """Turns texts into units. A `from __future__ import` holds for all that follows it."""

    def __init__(self) -> None:
        self._flags = 0
        self._leaves_out = False

    def unit(self, text: Text) -> Unit:
        """The statements of a text. Never raises."""
        unit = Unit(text.label)
        self._leaves_out |= unwritten.leaves_out(text.source)
        nodes: list[ast.stmt] = []
        for body in _bodies(text, unit.faults):
            unit.parsed = True
            nodes += (part for node in body for part in _apart(node))
        for node in nodes:
            try:
                unit.statements.append(self.statement(node, text.label, shows=node is nodes[-1]))
            except BaseException as error:
                unit.faults.append(error)
        return unit

    def statement(self, node: ast.stmt, label: str, shows: bool = False, lazy: bool = False) -> Statement:
        """One statement, compiled. `lazy`: without looking at its annotations. Raises what `compile` does."""
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            for alias in node.names:
                self._flags |= getattr(getattr(__future__, alias.name, None), "compiler_flag", 0)
        flags = self._flags | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        flags |= __future__.annotations.compiler_flag if lazy else 0
        run = unwritten.written(node) if self._leaves_out else node
        if shows and isinstance(run, ast.Expr):
            return Statement(node, compile(ast.Expression(run.value), label, "eval", flags, dont_inherit=True), True)
        return Statement(node, compile(ast.Module([run], []), label, "exec", flags, dont_inherit=True))


def _apart(node: ast.stmt) -> list[ast.stmt]:
    """`import a, b` as `import a` and `import b`, which it means: a library that is absent takes none with it."""
    if not isinstance(node, ast.Import):
        return [node]
    return [ast.copy_location(ast.Import([alias]), node) for alias in node.names]


def _bodies(text: Text, faults: list[BaseException]) -> Iterator[list[ast.stmt]]:
    """The parsed text, or what can be parsed of its cells; `faults` gets what cannot."""
    wrong: BaseException | None = None
    for source in filter(None, (text.source, text.otherwise)):
        try:
            yield cell_magics.opened(marimo.opened(ast.parse(source, text.label).body))
        except BaseException as error:
            wrong = error
        else:
            return
    parts = cells(text.otherwise or text.source)
    if len(parts) < 2:
        faults += [wrong] if wrong is not None else []
        return
    for before, source in parts:
        try:
            tree = ast.parse(source, text.label)
        except BaseException as error:
            if isinstance(error, SyntaxError) and error.lineno is not None:
                error.lineno += before
            faults.append(error)
        else:
            yield cell_magics.opened(ast.increment_lineno(tree, before).body)


def cells(source: str) -> list[tuple[int, str]]:
    """The cells of a .py file, each with the number of lines before it."""
    starts = [mark.start() for mark in _CELL.finditer(source)]
    found, before = [], 0
    for start, end in zip([0, *starts], [*starts, len(source)], strict=True):
        found.append((before, source[start:end]))
        before += source.count("\n", start, end)
    return found
