"""The functions that a learner's code is run for: which object each name stands for, whatever else happens to it."""

from __future__ import annotations

import ast
import builtins
import contextlib
import dis
import sys
import types
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeGuard

from .beside import Texts
from .finder import LIBRARIES
from .interactive import Inert
from .needed import binds, needed
from .plain import name_of
from .remarks import Remark, remark
from .statements import Compiler, Statement, Text
from .stub import BLOCKS, STOPPABLE, definitions, is_stub

_DEFINED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)

Attempt = Callable[[Statement, dict[str, Any]], BaseException | None]
"""Runs a statement in a namespace; gives what it raised."""


class Wanted:
    """The functions, as each statement leaves them. `untouched`: the label and the first line of every stub.

    The last that can be called and is no stub counts, whatever is made of its name later: `mae = mae(y, y_hat)`,
    `del mae`, another copy of the stub, or in a cell for training `mse = nn.MSELoss()`.
    """

    def __init__(
        self, functions: Sequence[str], namespace: dict[str, Any], untouched: Collection[tuple[str, int]] = ()
    ) -> None:
        self.defined: dict[str, None] = {}
        self._namespace = namespace
        self._untouched = untouched
        self._seen: dict[str, Any] = dict.fromkeys(functions)
        self._own: set[str] = set()
        self._tools: set[str] = set()
        self._hidden: dict[str, dict[str, Any]] = {}
        self._written: set[str] = set()
        self._stubs: dict[str, Any] = {}
        self._answers: dict[str, tuple[Any, dict[str, Any]]] = {}
        self._blocks: dict[str, tuple[str, ast.stmt]] = {}
        self._within: dict[str, tuple[str, ast.stmt]] = {}

    def look(self, label: str, statement: Statement) -> None:
        """Take note of what a statement has made of the functions."""
        nodes = list(definitions([statement.node]))
        for node in nodes:
            self.defined[node.name] = None
            if node is not statement.node:
                self._blocks[node.name] = label, statement.node
        self._own.update(node.name for node in (statement.node, *nodes) if isinstance(node, _DEFINED))
        inside: list[ast.AST] = []
        if isinstance(statement.node, ast.FunctionDef | ast.AsyncFunctionDef):
            inside = list(ast.walk(statement.node))[1:]
            self._blocks |= dict.fromkeys(self._seen.keys() & set(_made(inside)), (label, statement.node))
        self._within |= dict.fromkeys(_bound_within(statement.node, inside), (label, statement.node))
        self._watch_tools(label, statement.node)
        for name, before in self._seen.items():
            now = self._namespace.get(name)
            if now is before or not callable(now) or issubclass(type(now), Inert):
                continue
            self._seen[name] = now
            those = [node for node in nodes if node.name == name]
            if those:
                self._written.add(name)
            elif name in self._written and _is_librarys(now) and not self._uses_own(statement.node):
                continue
            if (those and is_stub(those[-1])) or self._is_untouched(now):
                self._stubs[name] = now
            else:
                self._answers[name] = now, {"label": label, "line": statement.node.lineno}

    def _watch_tools(self, label: str, node: ast.stmt) -> None:
        """Take note of names of functions and modules that become those of other things, `np = 3`, or of nothing."""
        for name in _starred(node, {*self._tools, *vars(builtins)}) or _bound(node):
            value = self._namespace.get(name)
            if callable(value) or isinstance(value, types.ModuleType):
                self._tools.add(name)
                self._hidden.pop(name, None)
            elif name in self._namespace and (name in self._tools or hasattr(builtins, name)):
                self._hidden[name] = {"kind": "hidden", "label": label, "line": node.lineno}
        for target in node.targets if isinstance(node, ast.Delete) else ():
            if isinstance(target, ast.Name) and target.id in self._tools and target.id not in self._namespace:
                self._hidden[target.id] = {"kind": "deleted", "label": label, "line": node.lineno}

    def _on_hidden(self) -> Iterator[Remark]:
        """What is to be said of names that functions use as what they are no more."""
        if not self._hidden:
            return
        for function, (answer, _) in self._answers.items():
            for code in self._codes(answer):
                used = {one.argval for one in dis.get_instructions(code) if one.opname in ("LOAD_GLOBAL", "LOAD_NAME")}
                for other in [name for name in self._hidden if name in used]:
                    yield remark(name=function, other=other, **self._hidden.pop(other))

    def _codes(self, value: object) -> Iterator[types.CodeType]:
        """The code of a function, and of the functions that it calls by their names."""
        waiting, seen = [value], set[int]()
        while waiting:
            function = waiting.pop()
            if type(function) is types.FunctionType and id(function) not in seen:
                seen.add(id(function))
                yield function.__code__
                waiting += [self._namespace.get(name) for name in _names(function.__code__)]

    def _uses_own(self, node: ast.stmt) -> bool:
        """Whether a statement makes something of functions or classes that stand above it, or of one in itself."""
        inner = ast.walk(node)
        return any(isinstance(one, ast.Lambda) or (isinstance(one, ast.Name) and one.id in self._own
                                                   and isinstance(one.ctx, ast.Load)) for one in inner)  # fmt: skip

    def _is_untouched(self, value: Any) -> bool:
        """Whether it is a stub, wherever it came from: another file may have been imported, or run."""
        code = value.__code__ if type(value) is types.FunctionType else None
        return code is not None and (code.co_filename, code.co_firstlineno) in self._untouched

    def _dispatches(self, value: object) -> bool:
        """Whether functions for kinds of arguments were registered with it, as with functools.singledispatch."""
        registry = vars(value).get("registry") if type(value) is types.FunctionType else None
        found = registry.values() if type(registry) is types.MappingProxyType else ()
        return any(not self._is_untouched(one) for one in found)

    def settle(self, attempt: Callable[[Statement], BaseException | None]) -> list[Remark]:
        """Put every function where its name finds it; what is to be said of that.

        Args:
            attempt: runs a statement.
        """
        said = self._run_blocks(attempt) + self._run_for_lacking(attempt)
        for name in [*self._absent(), *filter(self.is_stub, self._seen)]:
            with contextlib.suppress(BaseException):
                # Looking at a learner's class may run code of its metaclass.
                said += self._take_out_of_class(name)
        for name, (answer, place) in self._answers.items():
            now = self._namespace.get(name)
            if now is not answer:
                self._namespace[name] = answer
                said.append(remark("copied" if self._is(name, now) else "used anew", name=name, **place))
        return said + list(self._on_hidden())

    def seek(self, texts: Sequence[Text], modules: Texts, attempt: Attempt) -> list[Remark]:
        """Take functions that are not there from the one of some files that has them; what is to be said of that."""
        absent = [name for name in self._seen if name in self._absent() or self.is_stub(name)]
        if len(absent) == len(self._seen):
            # This file is no answer, and another is tried in its place.
            return []
        places: dict[str, list[Text]] = {name: [] for name in absent}
        for text in texts if absent else ():
            nodes = definitions([statement.node for statement in Compiler().unit(text).statements])
            for name in {node.name for node in nodes if not is_stub(node)}.intersection(absent):
                places[name].append(text)
        said = []
        for text in texts:
            names = [name for name in absent if places[name] == [text]]
            for name, answer in _answers(text, names, modules, attempt) if names else ():
                self._namespace[name] = answer
                self._answers[name] = answer, {"label": text.label}
                said.append(remark("elsewhere", name=name, label=text.label))
        for name, found in places.items():
            if len(found) > 1:
                said.append(remark("several", name=name, labels=[text.label for text in found]))
        return said

    def _absent(self) -> list[str]:
        return [name for name in self._seen if name not in self._answers and not callable(self._namespace.get(name))]

    def is_stub(self, name: str) -> bool:
        """Whether there is nothing but the stub."""
        value = self._namespace.get(name)
        return name not in self._answers and self._is(name, value) and not self._dispatches(value)

    def _is(self, name: str, value: Any) -> bool:
        return name in self._stubs and value is self._stubs[name]

    def _run_blocks(self, attempt: Callable[[Statement], BaseException | None]) -> list[Remark]:
        """Run what functions need of blocks that were not run: `if __name__ == "__main__":`, the body of a `main`."""
        outermost: dict[str, tuple[str, ast.stmt]] = {}
        run: list[ast.stmt] = []
        while True:
            unwritten = [*self._absent(), *filter(self.is_stub, self._seen)]
            found = {name: self._within.get(name) or self._blocks.get(name) for name in unwritten}
            blocks = {name: block for name, block in found.items() if block is not None and block[1] not in run}
            if not blocks:
                break
            # What it runs may be blocks again: a function within a function.
            self._run_within(blocks, attempt)
            run += [block for _, block in blocks.values()]
            outermost = blocks | outermost
        return [
            remark(**_where(block), name=name, label=label, line=block.lineno)
            for name, (label, block) in outermost.items()
            if name in self._answers
        ]

    def _run_for_lacking(self, attempt: Callable[[Statement], BaseException | None]) -> list[Remark]:
        """Run what defines, in blocks that were not run, the names that functions use."""
        lacking = self._lacking()
        self._run_within(lacking, attempt)
        return [
            remark(
                "out of a stopped block" if isinstance(block, STOPPABLE) else "out of a block",
                name=name,
                label=label,
                line=block.lineno,
            )
            for name, (label, block) in lacking.items()
            if name in self._namespace
        ]

    def _run_within(
        self, names: Mapping[str, tuple[str, ast.stmt]], attempt: Callable[[Statement], BaseException | None]
    ) -> None:
        """Run what these names follow from in their blocks."""
        for label, block in dict.fromkeys(names.values()):
            nodes, compiler = list(_inner(block)), Compiler()
            defined = [node for node in nodes if isinstance(node, _DEFINED)]
            around = {node.name for node in defined if names.keys() & set(_made(ast.walk(node)))}
            for at in sorted(needed(nodes, names.keys() | around)):
                with contextlib.suppress(SyntaxError):
                    statement = compiler.statement(nodes[at], label)
                    attempt(statement)
                    self.look(label, statement)

    def _lacking(self) -> dict[str, tuple[str, ast.stmt]]:
        """Names that the functions use and that only a block has, which was not run, or not to its end; with their
        blocks."""
        lacking: dict[str, tuple[str, ast.stmt]] = {}
        waiting: list[object] = [answer for answer, _ in self._answers.values()]
        seen: set[int] = set()
        while waiting and self._within:
            value = waiting.pop()
            # Its `__class__` may be code of the learner's.
            if id(value) in seen or type(value) is not types.FunctionType:
                continue
            seen.add(id(value))
            for name in _names(value.__code__):
                if name in self._namespace:
                    waiting.append(self._namespace[name])
                elif name in self._within and not hasattr(builtins, name):
                    lacking[name] = self._within[name]
        return lacking

    def _is_own_class(self, value: object) -> TypeGuard[type]:
        return isinstance(value, type) and value.__module__ == self._namespace["__name__"]

    def _take_out_of_class(self, name: str) -> list[Remark]:
        """Take a function that stands in the one class that has it."""
        classes = [value for value in self._namespace.values() if self._is_own_class(value)]
        for owner in classes:
            # A class may stand within a class.
            classes += [value for value in vars(owner).values() if self._is_own_class(value) and value not in classes]
        owners = [owner for owner in classes if name in vars(owner)]
        owners = [
            owner
            for owner in owners
            if not getattr(vars(owner)[name], "__isabstractmethod__", False)
            and not any(owner in other.__mro__ for other in owners if other is not owner)
        ]
        if len(owners) != 1:
            return []
        [owner] = owners
        kept, method = vars(owner)[name], getattr(owner, name)
        if self.is_stub(name) and self._is_untouched(getattr(kept, "__func__", kept)):
            return []
        if isinstance(kept, types.FunctionType):
            first = kept.__code__.co_varnames[: min(1, kept.__code__.co_argcount)]
            if first == ("self",):
                try:
                    method = getattr(owner(), name)
                except Exception:
                    # Most methods of this kind do not look at it.
                    method = types.MethodType(kept, object.__new__(owner))
        if not callable(method):
            return []
        self._namespace[name] = method
        return [remark("in a class", name=name, other=name_of(owner))]


def _answers(text: Text, names: Sequence[str], modules: Texts, attempt: Attempt) -> Iterator[tuple[str, Any]]:
    """Functions of another file."""
    module = modules.begin(text)
    wanted = Wanted(names, module.__dict__)
    modules.run(module, wanted.look)
    wanted.settle(lambda statement: attempt(statement, module.__dict__))
    for name in names:
        if callable(module.__dict__.get(name)) and not wanted.is_stub(name):
            yield name, module.__dict__[name]


def _is_librarys(value: object) -> bool:
    """Whether it comes from a library: one of its functions or classes, or an object of one."""
    kind = value if isinstance(value, type | types.FunctionType | types.BuiltinFunctionType) else type(value)
    with contextlib.suppress(BaseException):
        # Looking at a learner's class may run code of its metaclass.
        root = str(kind.__module__).partition(".")[0]
        return root in LIBRARIES or root in sys.stdlib_module_names
    return False


def _made(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """The names that these nodes define, or give to what is defined: `mae = loss`."""
    for one in nodes:
        match one:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Name() | ast.Lambda()):
                yield name


def _bound(node: ast.stmt) -> Iterator[str]:
    """The names that a statement at the top may bind, of a function or a class its own alone."""
    if isinstance(node, _DEFINED):
        yield node.name
        return
    for one in ast.walk(node):
        match one:
            case ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.alias(name=name, asname=called) if name != "*":
                yield called or name.partition(".")[0]


def _starred(node: ast.stmt, known: Collection[str]) -> Collection[str]:
    """The names that `from torch import *` may bind anew, of those that are known."""
    return known if isinstance(node, ast.ImportFrom) and node.names[0].name == "*" else ()


def _bound_within(node: ast.stmt, inside: Sequence[ast.AST]) -> Collection[str]:
    """The names that a block makes known, or a function that says so of what is `inside` it, if it is run."""
    if isinstance(node, ast.FunctionDef):
        return {name for one in inside if isinstance(one, ast.Global) for name in one.names}
    return binds(node) if isinstance(node, ast.If | STOPPABLE) else ()


def _where(block: ast.stmt) -> dict[str, str]:
    return {"kind": "inside", "other": block.name} if hasattr(block, "name") else {"kind": "in a block"}


def _names(code: types.CodeType) -> Iterator[str]:
    """The names that are looked up in a function, and in those within it."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _names(constant)


def _inner(block: ast.stmt) -> Iterator[ast.stmt]:
    """The statements in a block, and in the blocks within it."""
    for part in BLOCKS:
        for node in getattr(block, part, []):
            if isinstance(node, ast.ExceptHandler | ast.match_case):
                yield from (inner for statement in node.body for inner in _flat(statement))
            else:
                yield from _flat(node)


def _flat(node: ast.stmt) -> Iterator[ast.stmt]:
    is_block = isinstance(node, ast.If | ast.Try | ast.With | ast.For | ast.While | ast.Match)
    yield from _inner(node) if is_block else [node]
