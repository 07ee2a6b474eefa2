"""Whose code a check is put to: the learner's in a worker, the learner's in this process, or the reference."""

from __future__ import annotations

import builtins
import importlib.util
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import update_wrapper
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

from winnow.checks.calls import Batch, Call
from winnow.nurse import LostError
from winnow.worker.observe import Observation, Raised, Request, observe


class StoppedError(Exception):
    """The learner's process is gone; the message says in words what happened."""


class NotStartedError(Exception):
    """The function is still the untouched stub."""


class AbsentError(Exception):
    """There is no such function in what was handed in."""


class NotRunError(Exception):
    """The check could not run because of what happened in earlier ones."""


class Subject(Protocol):
    """Code that calls can be put to."""

    def ask(self, batch: Batch) -> list[Observation]:
        """One observation per call of the batch."""


@dataclass(frozen=True)
class Asked:
    """A batch that was put to the learner's code during a check, and what was seen."""

    batch: Batch
    seen: tuple[Observation, ...]
    question: Any = None


class Trusted:
    """Functions of the course itself (the reference, a misconception), run in this process on fresh copies."""

    def __init__(self, functions: Mapping[str, Any], labels: frozenset[str] = frozenset()) -> None:
        self.functions = functions
        self.labels = labels

    def ask(self, batch: Batch) -> list[Observation]:
        function = self.functions[batch.request.function]
        return [observe(function, args, kwargs, batch.request, self.labels) for args, kwargs in batch.fresh()]


class LearnersOwnError(Exception):
    """Mixed into every exception that a check gets from the learner's function."""

    raised: Raised


@dataclass
class Transcript:
    """All that was asked during one check, in order."""

    asked: list[Asked] = field(default_factory=list)


class Function:
    """The learner's function as a check sees it: calling it asks the subject and writes down what was seen."""

    def __init__(self, name: str, subject: Subject, transcript: Transcript) -> None:
        self.name = self.__name__ = name
        self._subject = subject
        self._transcript = transcript

    def ask(self, batch: Batch, question: Any = None) -> list[Observation]:
        """Put a whole batch to it. Raises StoppedError when the process is lost."""
        try:
            seen = self._subject.ask(batch)
        except LostError as error:
            lost = Observation(raised=Raised("Stopped", (), str(error)))
            self._transcript.asked.append(Asked(batch, (lost,) * len(batch.calls), question))
            raise StoppedError(str(error)) from None
        self._transcript.asked.append(Asked(batch, tuple(seen), question))
        return seen

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        (seen,) = self.ask(Batch(Request(self.name), [Call(args, kwargs)]))
        if seen.raised is not None:
            raise revive(seen.raised)
        return seen.value


class LocalFunction:
    """The learner's function in the learner's own process: the very function, called as it is."""

    def __init__(self, function: Any, transcript: Transcript) -> None:
        update_wrapper(self, function)
        self.name = function.__name__
        self._function = function
        self._transcript = transcript

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        batch = Batch(Request(self.name), [Call(args, kwargs)])
        try:
            value = self._function(*args, **kwargs)
        except BaseException as error:
            raised = Raised(type(error).__name__, tuple(kind.__name__ for kind in type(error).__mro__), str(error))
            self._transcript.asked.append(Asked(batch, (Observation(raised=raised),)))
            raise
        self._transcript.asked.append(Asked(batch, (Observation(value),)))
        return value

    def ask(self, batch: Batch, question: Any = None) -> list[Observation]:
        """Put a whole batch to it, on copies."""
        seen = Trusted({self.name: self._function}).ask(batch)
        self._transcript.asked.append(Asked(batch, tuple(seen), question))
        return seen


def revive(raised: Raised) -> Exception:
    """The learner's exception as the same builtin exception, for `pytest.raises` and tracebacks.

    What ends a process (SystemExit, KeyboardInterrupt) comes back as StoppedError, which ends nothing.
    """
    base: type[Exception] = Exception
    for name in raised.bases:
        kind = getattr(builtins, name, None)
        if isinstance(kind, type) and issubclass(kind, BaseException):
            if not issubclass(kind, Exception):
                return StoppedError("it ended the process (sys.exit or os._exit)")
            if not issubclass(kind, UnicodeError | ExceptionGroup):
                base = kind
                break
    revived = type(raised.name, (LearnersOwnError, base), {"__str__": lambda self: raised.text})
    error: Exception = revived(raised.text)
    error.raised = raised  # type: ignore[attr-defined]
    return error


def load_module(path: Path, name: str) -> ModuleType:
    """Import a file of the course by its path. Only ever for files of the course, or on the learner's own machine."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
