"""The learner's own pytest: functions come straight from exercises/, in this process, so a debugger works."""

from __future__ import annotations

import ast
import contextlib
import copy
import difflib
import functools
import importlib.util
import re
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import update_wrapper
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from winnow.checks.modules import load_part
from winnow.course import Course, Exercise
from winnow.learner.patience import TooLongError, at_most, with_lines
from winnow.learner.state import FOLDER, STUBS, content
from winnow.worker.closed import guard
from winnow.worker.finder import Finder
from winnow.worker.stub import definitions, is_stub

if TYPE_CHECKING:
    from winnow.checks.calls import Batch
    from winnow.checks.drivers import Driver
    from winnow.worker.observe import Observation, Request


_beside: set[str] = set()
"""The modules that the last learner's file has imported from what lies beside it."""


@dataclass(frozen=True)
class OwnCall:
    """One call of a learner's function: the arguments as they were before it, and what came back."""

    function: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    driver: Driver | None
    value: Any = None
    error: BaseException | None = None

    @property
    def request(self) -> Request:
        """What was asked for. Made when it is read: a check that passes needs no numpy."""
        from winnow.worker.observe import Request

        return self.driver.request(self.function) if self.driver else Request(self.function)


@dataclass
class LocalFunction:
    """The learner's function in the learner's own process: the very function, called as it is."""

    name: str
    function: Callable[..., Any]
    calls: list[OwnCall] = field(default_factory=list)
    labels: frozenset[str] = frozenset()
    seconds: float = 0.0
    on_stop: Callable[[str], None] = lambda said: None

    def __post_init__(self) -> None:
        update_wrapper(self, self.function)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._called(None, self.function, _drawn_apart(args), _drawn_apart(kwargs))

    def through(self, driver: Driver, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """What a driver returns that calls it, on copies as they would travel."""
        from winnow.checks.calls import Batch, Call
        from winnow.worker.driven import Driven

        ((args, kwargs),) = Batch(driver.request(self.name), [Call(args, kwargs)]).fresh()
        driven = Driven(driver.function, self.function, self.labels)

        def asked(*args: Any, **kwargs: Any) -> Any:
            try:
                return driven(*args, **kwargs)
            except Exception as error:
                if driven.own(error):
                    raise
                return driven.unusable(error)

        return self._called(driver, asked, args, kwargs)

    def _called(
        self, driver: Driver | None, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        before = self.name, _kept(args), _kept(kwargs), driver
        try:
            with _limit(self.seconds):
                value = function(*args, **kwargs)
        except (Exception, TooLongError) as error:
            if isinstance(error, TooLongError):
                error.__traceback__ = with_lines(error.__traceback__)
                self.on_stop(str(error))
            self.calls.append(OwnCall(*before, error=error))
            raise
        self.calls.append(OwnCall(*before, value))
        return value

    def ask(self, batch: Batch, question: Any = None) -> tuple[Observation, ...]:
        """Put a whole batch to it, on copies: what hidden checks do, which only an instructor's copy has."""
        from winnow.checks.subjects import Trusted

        return tuple(Trusted({self.name: self.function}, self.labels).ask(batch))


def _limit(seconds: float) -> contextlib.AbstractContextManager[None]:
    return at_most(seconds) if seconds else contextlib.nullcontext()


def _drawn_apart(arguments: Any) -> Any:
    """Arguments whose generators are copies: a worker gets copies, too, so the next call finds them where they were."""
    items = arguments.items() if isinstance(arguments, dict) else enumerate(arguments)
    found = {place: copy.deepcopy(one) if type(one).__name__ == "Generator" else one for place, one in items}
    return found if isinstance(arguments, dict) else tuple(found.values())


def _kept(arguments: Any) -> Any:
    """Arguments as they are now, whatever the call does to them. What cannot be copied is kept itself."""
    try:
        return copy.deepcopy(arguments)
    except Exception:
        return arguments


class OwnCode:
    """Gives the fixtures the learner's functions."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self.calls: list[OwnCall] = []
        self.debugged = False
        self.stopped: dict[str, str] = {}
        self.broken: dict[str, BaseException] = {}
        self._modules: dict[str, ModuleType | None] = {}
        self._guarding: dict[str, Callable[[Callable[..., Any]], Callable[..., Any]]] = {}
        self._questions: dict[str, Any] = {}

    def function(self, name: str) -> LocalFunction:
        """The function `name` of the learner's file. One that is not there yet says so when it is called."""
        exercise = self.course.by_function[name]
        if exercise.id in self.stopped:
            # One wait is enough: what has not come to an end for one check will not for another.
            return LocalFunction(name, _not_run(f"not run: an earlier check was {self.stopped[exercise.id]}"))
        if name in untouched(exercise):
            return LocalFunction(name, _not_started(name))
        module = self._module(exercise)
        on_stop = functools.partial(self.stopped.__setitem__, exercise.id)
        if module is None:
            return LocalFunction(name, _raising(self.broken[exercise.id]), on_stop=on_stop)
        function = getattr(module, name, None)
        if not callable(function):
            from winnow.checks.subjects import AbsentError

            where = exercise.stub.relative_to(self.course.root).as_posix()
            others = [one for one in _definitions(exercise.stub) if one not in exercise.functions]
            near = difflib.get_close_matches(name, others, 1)
            said = f"there is no function {name} in {where}" + (f"; found {near[0]}: rename it" if near else "")
            return LocalFunction(name, _raising(AbsentError(said)))
        labels = frozenset({str(exercise.stub)})
        guarded = self._guarding[exercise.id](function)
        return LocalFunction(name, guarded, self.calls, labels, self._seconds(exercise), on_stop)

    def _seconds(self, exercise: Exercise) -> float:
        """How long a call, and loading the file, may take; 0 for ever, where a debugger was asked for."""
        return 0.0 if self.debugged else exercise.limits.wall

    def _module(self, exercise: Exercise) -> ModuleType | None:
        """The learner's file, imported once; None where that failed, for the reason kept in `broken`."""
        if exercise.id not in self._modules:
            try:
                text = exercise.stub.read_text(encoding="utf-8", errors="replace")
                self._guarding[exercise.id] = guard(exercise.closed, [text])
                with _limit(self._seconds(exercise)):
                    self._modules[exercise.id] = load_own(exercise)
                _warn_of_strangers(exercise)
            except (Exception, SystemExit, TooLongError) as error:
                error.__traceback__ = with_lines(error.__traceback__)
                self._modules[exercise.id], self.broken[exercise.id] = None, error
        return self._modules[exercise.id]

    def question_book(self, item: pytest.Item) -> Any:
        """Questions of hidden checks, which only an instructor's copy of the course has."""
        from winnow.checks.agree import Questions
        from winnow.checks.subjects import Trusted
        from winnow.secret import course_secret

        exercise = next(one for one in self.course.exercises if item.path in (one.public_checks, one.hidden_checks))
        if exercise.id not in self._questions:
            reference = Trusted(vars(load_part(exercise, exercise.solution, "solution")))
            secret = course_secret(self.course.root) + exercise.id.encode()
            self._questions[exercise.id] = Questions(secret, reference)
        return self._questions[exercise.id]


def _warn_of_strangers(exercise: Exercise) -> None:
    """Say which libraries that a learner's file imports are there on this machine only."""
    # Its bytes, as Python reads it: a text may begin with a mark, or say how it is encoded.
    nodes = list(ast.walk(ast.parse(exercise.stub.read_bytes())))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    for root in sorted({name.partition(".")[0] for name in names} - {*exercise.needs, *sys.stdlib_module_names}):
        place = getattr(sys.modules.get(root), "__file__", None)
        if place and not Path(place).is_relative_to(exercise.root) and _is_stranger(root, exercise):
            warnings.warn(
                f"{exercise.stub.name} imports {root}, which is not there when it is graded: exercises may use the "
                "standard library, numpy, pandas, torch and matplotlib",
                stacklevel=1,
            )


def _is_stranger(root: str, exercise: Exercise) -> bool:
    # What most files import needs no look at what is installed.
    from winnow.worker.strangers import PROGRESS, are_refused, is_allowed

    return are_refused(exercise.needs) and root != PROGRESS and not is_allowed(root)


def load_own(exercise: Exercise) -> ModuleType:
    """Import a learner's file, on the learner's own machine.

    What lies in `exercises/` it may import by the rules that hold when it is graded, absolutely and relatively.
    """
    top = exercise.stub.parent.parent
    files = sorted(path for path in top.rglob("*.py") if not path.name.startswith("test_") and path != exercise.stub)

    def spec_of(name: str, number: int | None, is_package: bool) -> ModuleSpec | None:
        _beside.add(name)
        if number is None:
            return ModuleSpec(name, None, is_package=is_package)
        return importlib.util.spec_from_file_location(name, files[number])

    home = exercise.stub.relative_to(top).as_posix()
    finder = Finder(home, [path.relative_to(top).as_posix() for path in files], spec_of)
    sys.meta_path[:] = [finder, *(one for one in sys.meta_path if not isinstance(one, Finder))]
    spec = ModuleSpec(f"{finder.package}.{exercise.id}", SourceFileLoader(exercise.id, str(exercise.stub)))
    spec.origin = str(exercise.stub)
    spec.has_location = True
    module = importlib.util.module_from_spec(spec)
    module.__name__ = exercise.id
    while _beside:
        # Files of one name may lie beside several exercises.
        sys.modules.pop(_beside.pop(), None)
    sys.modules[exercise.id] = module
    assert spec.loader is not None
    spec.loader.exec_module(module)
    return module


def untouched(exercise: Exercise) -> frozenset[str]:
    """The functions of an exercise that are still the stub, read from the file's text: nothing of it is run."""
    found = _definitions(exercise.stub)
    return frozenset(name for name in exercise.functions if name in found and is_stub(found[name]))


def broken(exercise: Exercise) -> str:
    """What is to be said of an exercise of which a file is gone, or cannot be read as Python; empty where all are well.

    What is wrong with the learner's own text is not said here: its checks say it.
    """
    for path in (exercise.stub, exercise.public_checks):
        shown, cure = path.relative_to(exercise.root).as_posix(), f"winnow reset {exercise.id} brings it back"
        try:
            if path.exists() and not path.is_file():
                return f"{shown} is {'a folder' if path.is_dir() else 'a pipe, a socket or a device'}: {cure}"
            text = content(path)
        except FileNotFoundError:
            return f"{shown} is missing: {cure}"
        except OSError as error:
            return f"{shown} cannot be read: {error.strerror}"
        if path == exercise.public_checks:
            try:
                ast.parse(text)
            except (SyntaxError, ValueError) as error:
                return f"{shown} is damaged ({getattr(error, 'msg', error)}): {cure}"
    return ""


def unusable(exercise: Exercise, said: str) -> str:
    """What is to be said of an exercise whose public checks cannot be used; `said` goes on from the file's name."""
    checks = exercise.public_checks
    # What is as it was handed out would be the same after a reset.
    handed_out = exercise.root / FOLDER / STUBS / exercise.module / checks.name
    try:
        changed = handed_out.read_bytes() != checks.read_bytes()
    except OSError:
        changed = True
    missing = re.search(r"No module named '([\w.]+)'", said)
    cure = f"is {missing[1]} installed?" if missing else "your instructor should know"
    if changed:
        cure = f"winnow reset {exercise.id} brings it back"
    return f"{checks.relative_to(exercise.root).as_posix()} {said}: {cure}"


def lacking(exercise: Exercise) -> str:
    """What is to be said of an exercise that cannot run here, for want of a file or a library; empty where it can."""
    if said := broken(exercise):
        return said
    names = " ".join(name for name in exercise.needs if importlib.util.find_spec(name) is None)
    return f"not run, for want of {names}: pip install {names}" if names else ""


def _definitions(path: Path) -> dict[str, ast.FunctionDef | ast.AsyncFunctionDef]:
    try:
        return {node.name: node for node in definitions(ast.parse(content(path)).body)}
    except (OSError, SyntaxError, ValueError):
        return {}


def _not_started(name: str) -> Callable[..., NoReturn]:
    def not_started(*args: Any, **kwargs: Any) -> NoReturn:
        pytest.skip(f"{name} is not started")

    return not_started


def _not_run(said: str) -> Callable[..., NoReturn]:
    def not_run(*args: Any, **kwargs: Any) -> NoReturn:
        pytest.skip(said)

    return not_run


def _raising(error: BaseException) -> Callable[..., NoReturn]:
    trace = error.__traceback__

    def raising(*args: Any, **kwargs: Any) -> NoReturn:
        # With the trace it had: each raise would make it longer.
        raise error.with_traceback(trace)

    return raising
