"""Work of the doctor's that runs beside the grading, in a process that is forked from one with the libraries."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

from winnow.course import Course, CourseError
from winnow.errors import GraderError
from winnow.grading import process_tree

Found = TypeVar("Found")


class Apart(Generic[Found]):
    """What a function finds out about one exercise after another; it begins at once.

    Args:
        function: of a module; it is given the course and the arguments, and yields pairs of an exercise and a finding.
    """

    def __init__(
        self, function: Callable[..., Iterator[tuple[str, Found]]], course: Course, *arguments: object
    ) -> None:
        self._found: dict[str, Future[Found]] = {exercise.id: Future() for exercise in course.exercises}
        needs = [exercise.needs for exercise in course.exercises]
        try:
            self._fork = process_tree.Fork(_work, function, course, arguments, needs=needs)
        except OSError as error:
            raise GraderError(f"no process can be started: {error}") from None
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        said: Any = GraderError("a process of the doctor's was lost, and what it was to find out with it; run again")
        with contextlib.suppress(EOFError, OSError):
            self._fork.begin()
            while isinstance(told := self._fork.line.recv(), tuple):
                exercise, found = told
                self._found[exercise].set_result(found)
            said = told
        for future in self._found.values():
            if not future.done():
                future.set_exception(said)

    def done(self, exercise: str) -> bool:
        """Whether it is known what was found out about an exercise."""
        return self._found[exercise].done()

    def found(self, exercise: str) -> Found:
        """What was found out; waits for it. Raises CourseError or GraderError where nothing could be."""
        return self._found[exercise].result()

    def close(self) -> None:
        """End it, whatever it does."""
        self._fork.kill()
        self._thread.join()
        self._fork.close()


def _work(line: Connection, descriptors: Sequence[int], function: Callable[..., Any], course: Course,
          arguments: tuple[object, ...]) -> None:  # fmt: skip
    try:
        for pair in function(course, *arguments):
            line.send(pair)
    except CourseError as error:
        line.send(error)
