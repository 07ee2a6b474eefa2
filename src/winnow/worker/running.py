"""Runs statements one after the other: one that raises is noted and passed over, one that does not end is stopped."""

from __future__ import annotations

import ast
import contextlib
import copy
import inspect
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from . import interactive
from .clock import ENDLESS, STOPPED_AFTER, Clock, too_long
from .finder import LIBRARIES, Finder
from .marks import Place
from .needed import binds, needed
from .observe import Raised, describe
from .remarks import ANNOTATIONS, BOTH, DECORATORS, DEFAULTS, Remark, remark
from .statements import Compiler, Statement, Text, Unit
from .stub import STOPPABLE, definitions, is_stub, methods

STOPPED, ENDED = "Stopped", "Ended"
"""Names of problems that are no exceptions and have no bases: a statement used up the time, or ended the process."""
IMPORT = "an import that takes long"
"""What a statement that used up its time is, where it is no loop."""
PROBLEMS = 100
"""How many are told at most."""


class TimeUpError(BaseException):
    """The time of loading is up. Not an Exception, so that a bare learner's handler lets it pass."""


@dataclass(frozen=True)
class _Early:
    """A definition of `name` that used another name before that was defined. `left`: what its own stood for then;
    `said`: how it was taken nevertheless."""

    place: Place | None
    label: str
    statement: Statement
    name: str
    left: Any
    lacking: str
    said: Remark | None


@dataclass
class Running:
    """What is known while the code of a submission runs.

    Args:
        labels: what its files and cells are called.
        clock: of this process.
        seconds: of it, after which a statement is stopped, and only what is needed still runs.
        hurried: only what is needed runs from the start, and nothing is stopped.
        left_out: statements that ended the process before or did not come back, each with the sentence that says so.
        mark: is told which statement runs, None between them.
    """

    labels: frozenset[str]
    clock: Clock
    seconds: float
    hurried: bool = False
    left_out: Mapping[Place, str] = field(default_factory=dict)
    mark: Callable[[Place | None], None] = lambda place: None
    problems: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    again: bool = False
    stubs: set[tuple[str, int]] = field(default_factory=set)
    """The label and the line of every function that is still the untouched stub."""
    _inside: int = 0
    _place: Place | None = None
    _missing: set[str] = field(default_factory=set)
    _early: list[_Early] = field(default_factory=list)

    def run(
        self,
        at: int,
        texts: Sequence[Text],
        namespace: dict[str, Any],
        wanted: Collection[str] | None = None,
        after: Callable[[str, Statement], None] = lambda label, statement: None,
    ) -> list[Unit]:
        """Run texts in one namespace; none of them stops the later ones.

        Args:
            at: the first part of their places.
            wanted: what they are run for; None is all that they define.
            after: is called behind each statement.
        """
        # Within a statement that imports a module, those of the module run.
        around, self._early = self._early, []
        compiler = Compiler()
        units = [compiler.unit(text) for text in texts]
        nodes = [statement.node for unit in units for statement in unit.statements]
        self.stubs |= {
            (unit.label, _first_line(node))
            for unit in units
            for body in [[statement.node for statement in unit.statements]]
            for node in (*definitions(body), *methods(body))
            if is_stub(node)
        }
        kept: set[int] | None = None
        number = -1
        for unit in units:
            for fault in unit.faults:
                self._note(unit.label, describe(fault, self.labels), compiles=False)
            for statement in unit.statements:
                number += 1
                if self.hurried and kept is None:
                    kept = needed(nodes, wanted)
                if (at, number) in self.left_out:
                    self._leave_out(unit.label, statement, self.left_out[at, number], namespace, compiler)
                    after(unit.label, statement)
                elif kept is None or number in kept:
                    with self._at((at, number)):
                        stopped = self._complete(unit.label, statement, namespace, compiler)
                        self._import_rest(unit.label, statement.node, namespace, compiler)
                    after(unit.label, statement)
                    self.again = self.again or (stopped and number in needed(nodes, wanted))
        early, self._early = self._early, around
        for one in early:
            if self._define_late(one, namespace):
                after(one.label, one.statement)
        return units

    @contextlib.contextmanager
    def _at(self, place: Place | None) -> Iterator[None]:
        around, self._place = self._place, place
        self.mark(place)
        yield
        self._place = around
        self.mark(around)

    @contextlib.contextmanager
    def timed(self) -> Iterator[None]:
        """Let the time of loading begin."""
        with contextlib.nullcontext() if self.hurried else self.clock.limit(self.seconds, self._ring):
            yield

    def _ring(self) -> None:
        # Between two statements there is nothing to be stopped: the next one is.
        if self._inside and not self.hurried:
            raise TimeUpError

    def _complete(self, label: str, statement: Statement, namespace: dict[str, Any], compiler: Compiler) -> bool:
        """Run a statement, and what can be had of it where it raises; whether it was stopped."""
        try:
            error = self.attempt(statement, namespace)
            stopped = isinstance(error, TimeUpError)
        except TimeUpError as late:
            error, stopped = late, True
        if error is None:
            return False
        if stopped:
            self.hurried = True
            why = too_long(self.seconds, self.clock.waited, _slow(statement.node))
            self._note(label, Raised(STOPPED, (), why, f"{label}:{statement.node.lineno}"))
            return True
        lacking = _lacking(error)
        if lacking not in self._missing:
            raised = describe(error, self.labels)
            self._note(label, raised if raised.where else _at(raised, label, statement.node))
        node = statement.node
        if type(error) is ModuleNotFoundError and self._import_by_file(label, node, namespace, compiler):
            return False
        if isinstance(node, ast.ImportFrom) and _lacks_a_name(error):
            self._name_by_name(label, node, namespace, compiler)
            return False
        said = self._plainly(label, node, namespace, compiler)
        if said is None:
            self._missing |= binds(node)
        if lacking and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            self._early.append(
                _Early(self._place, label, statement, node.name, namespace.get(node.name), lacking, said)
            )
        elif said is not None:
            self.remarks.append(said)
        return False

    def _define_late(self, early: _Early, namespace: dict[str, Any]) -> bool:
        """Run a definition once more, behind all that it may have waited for; whether that went well."""
        error: BaseException | None = TimeUpError()
        if early.lacking in namespace and namespace.get(early.name) is early.left:
            with self._at(early.place), contextlib.suppress(TimeUpError):
                error = self.attempt(early.statement, namespace)
        if error is None:
            line = early.statement.node.lineno
            self.remarks.append(remark("late", label=early.label, line=line, name=early.name, other=early.lacking))
        elif early.said is not None:
            self.remarks.append(early.said)
        return error is None

    def attempt(self, statement: Statement, namespace: dict[str, Any]) -> BaseException | None:
        """Run a statement; what it raised."""
        # A module that is imported runs within the statement that imports it.
        self._inside += 1
        try:
            value = eval(statement.code, namespace)
            if statement.code.co_flags & inspect.CO_COROUTINE:
                value = _awaited(value)
            if statement.shows:
                interactive.remember(namespace, value)
        except BaseException as error:
            return error
        finally:
            self._inside -= 1
        return None

    def _name_by_name(self, label: str, node: ast.ImportFrom, namespace: dict[str, Any], compiler: Compiler) -> None:
        """What a module has of the names that are imported from it: a later version of it may have them all."""
        for alias in node.names:
            part = ast.copy_location(ast.ImportFrom(node.module, [alias], node.level), node)
            if self.attempt(compiler.statement(part, label), namespace) is not None:
                self._missing |= binds(part)

    def _import_by_file(self, label: str, node: ast.stmt, namespace: dict[str, Any], compiler: Compiler) -> bool:
        """Import a file that was handed in without its folder, `from hw5.losses import f`; whether that went well."""
        match node:
            case ast.ImportFrom(module=str(module), names=names, level=0) if "." in module and _is_handed_in(module):
                part: ast.stmt = ast.ImportFrom(_last(module), names, 0)
            case ast.ImportFrom(names=names, level=0) if all(_is_handed_in(alias.name) for alias in names):
                part = ast.Import(names)
            case ast.Import(names=[ast.alias(name=module, asname=str(called))]) if _is_handed_in(module):
                part = ast.Import([ast.alias(_last(module), called)])
            case _:
                return False
        statement = compiler.statement(ast.fix_missing_locations(ast.copy_location(part, node)), label)
        return self.attempt(statement, namespace) is None

    def _import_rest(self, label: str, node: ast.stmt, namespace: dict[str, Any], compiler: Compiler) -> None:
        """Import what a block would have imported, too, had not a library been missing that is not there when grading:
        `try: import wandb, numpy as np`."""
        for part in _imports(node):
            if not binds(part) & namespace.keys():
                self.attempt(compiler.statement(part, label), namespace)

    def _plainly(
        self, label: str, node: ast.stmt, namespace: dict[str, Any], compiler: Compiler, barely: bool = False
    ) -> Remark | None:
        """A function whose annotations, decorators or defaults raise, without them; what is to be said of that, None
        where it does not go well. `barely`: without all of them at once."""
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            return None
        bare, plain = copy.copy(node), copy.copy(node)
        bare.decorator_list = plain.decorator_list = []
        plain.args = _undecided(node.args, lambda default: self._has(default, label, namespace, compiler))
        without = (
            (node, True, ANNOTATIONS),
            (bare, False, DECORATORS),
            (bare, True, BOTH),
            (plain, True, DEFAULTS),
        )
        for taken, lazy, kind in without[-1:] if barely else without:
            try:
                statement = compiler.statement(taken, label, lazy=lazy)
            except BaseException:
                return None
            if self.attempt(statement, namespace) is None:
                return remark(kind, label=label, line=node.lineno, name=node.name)
        return None

    def _has(self, default: ast.expr, label: str, namespace: dict[str, Any], compiler: Compiler) -> bool:
        """Whether a default is a name, or an attribute of one, that is there: `torch.relu`."""
        named = default
        while isinstance(named, ast.Attribute):
            named = named.value
        if not isinstance(named, ast.Name):
            return False
        statement = compiler.statement(ast.copy_location(ast.Expr(default), default), label)
        return self.attempt(statement, namespace) is None

    def _leave_out(
        self, label: str, statement: Statement, why: str, namespace: dict[str, Any], compiler: Compiler
    ) -> None:
        """Pass a statement over; a function whose default did not come back is there without it."""
        plainly = self._plainly(label, statement.node, namespace, compiler, barely=True)
        if plainly is not None:
            self.remarks.append(plainly)
        else:
            self._missing |= binds(statement.node)
        name = STOPPED if why.startswith(STOPPED_AFTER) else ENDED
        said = why.replace(ENDLESS, _slow(statement.node))
        self._note(label, Raised(name, (), said, f"{label}:{statement.node.lineno}"))

    def _note(self, label: str, raised: Raised, compiles: bool = True) -> None:
        if len(self.problems) < PROBLEMS:
            self.problems.append({"cell": label, "compiles": compiles, **asdict(raised)})


def _first_line(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return min(line.lineno for line in (node, *node.decorator_list))


def _lacking(error: BaseException) -> str:
    """The name that was not defined; empty for all other exceptions, and where a learner's own has none."""
    return error.name if type(error) is NameError and type(error.name) is str else ""


def _lacks_a_name(error: BaseException) -> bool:
    """Whether a module was imported, but has not all that is wanted of it."""
    return type(error) is ImportError and isinstance(error.name, str) and error.name in sys.modules


def _imports(node: ast.stmt) -> Iterator[ast.stmt]:
    """The imports of libraries that are always there, one by one, in the body of a block."""
    for part in node.body if isinstance(node, STOPPABLE) else ():
        yield from _imports(part)
        if isinstance(part, ast.Import):
            alone = [ast.Import([alias]) for alias in part.names if _is_there(alias.name)]
            yield from (ast.copy_location(one, part) for one in alone)
        elif isinstance(part, ast.ImportFrom) and not part.level and _is_there(part.module or ""):
            yield part


def _last(module: str) -> str:
    return module.rpartition(".")[2]


def _is_handed_in(module: str) -> bool:
    """Whether a file, or a folder, is called as the last part of a module's name."""
    return any(isinstance(one, Finder) and one.find_spec(_last(module)) is not None for one in sys.meta_path)


def _is_there(module: str) -> bool:
    root = module.partition(".")[0]
    return root in LIBRARIES or root in sys.stdlib_module_names


def _slow(node: ast.stmt) -> str:
    return IMPORT if isinstance(node, ast.Import | ast.ImportFrom) else ENDLESS


def _undecided(args: ast.arguments, is_there: Callable[[ast.expr], bool]) -> ast.arguments:
    """The same parameters, with None for every default that is no constant and not there."""

    def kept(default: ast.expr | None) -> ast.expr | None:
        if default is None or isinstance(default, ast.Constant) or is_there(default):
            return default
        return ast.copy_location(ast.Constant(None), default)

    changed = copy.copy(args)
    changed.defaults = [one for one in map(kept, args.defaults) if one is not None]
    changed.kw_defaults = list(map(kept, args.kw_defaults))
    return changed


def _at(raised: Raised, label: str, node: ast.stmt) -> Raised:
    return Raised(raised.name, raised.bases, raised.text, f"{label}:{node.lineno}")


def _awaited(coroutine: Any) -> Any:
    """The result of a coroutine at the top level, as a notebook awaits it."""
    import asyncio

    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(coroutine)
    finally:
        loop.close()
