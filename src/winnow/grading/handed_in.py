"""The learner's code for one exercise as the subject of checks: in a worker, and in another once that one is lost.

What the checks will ask is known from the rehearsal with the reference. So the worker is asked in one batch and answers
frame by frame, and a check that asks is given the answer that is there already. A question that was not foreseen is
asked by itself.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from winnow.bounded_memory import Recent
from winnow.checks.calls import Batch
from winnow.checks.subjects import AbsentError, NotRunError, NotStartedError, Observations
from winnow.course import Exercise
from winnow.errors import LostError, NurseryError
from winnow.grading import instead, told
from winnow.grading.budget import MOST_RUN
from winnow.grading.job import Job
from winnow.grading.rehearsal import Rehearsal
from winnow.grading.told import LoadReport
from winnow.nurse import TOGETHER, UNREADABLE, Frame, Nurseries, Stop, Worker
from winnow.submission import Source
from winnow.worker import wire
from winnow.worker.clock import ENDLESS, too_long
from winnow.worker.marks import Place
from winnow.worker.running import IMPORT

MAX_WORKERS = 40
# Bytes for decoded answers that are remembered by what was asked and what came: equal answers are judged once.
KNOWN = 1 << 25
# Answers of more bytes are decoded each time: no class gives them often, and one learner could fill the memory.
SMALL = 1 << 18
# How many bytes the answers to one exercise may have: they wait until they are judged.
HELD = 1 << 26
# Which part of the time of a load may go by unseen, where the load was begun before its turn.
UNSEEN = 1 / 10
# After this part of the time that one batch may take, only statements that the functions need are still run.
LOAD_SHARE = 1 / 4
# How often code is loaded at most, each time without the statement that did not come back the time before.
LOADS = 3


@dataclass
class Allowance:
    """What is left of the time for one exercise, in seconds of the clock of `winnow.worker.clock`. All that is run for
    the exercise takes from it."""

    left: float


@dataclass
class HandedIn:
    """A `Subject`. Start it before the checks, and close it after them. It may have begun long before.

    `job`: the job whose code this is.
    """

    job: Job
    exercise: Exercise
    source: Source
    needs: Collection[str]
    nurseries: Nurseries
    allowance: Allowance
    rehearsal: Rehearsal | None = None
    known: Recent[bytes, Observations] = field(default_factory=lambda: Recent(KNOWN, lambda answers: answers.weight))
    output: str = ""
    loaded: LoadReport = field(default_factory=LoadReport)
    lost: str = ""
    tried: dict[str, None] = field(default_factory=dict)
    unforeseen: int = 0
    _worker: Worker | None = None
    _workers: int = 0
    _slow: int = 0
    _held: int = 0
    _over: str = ""
    _stop: Stop | None = None
    _is_loaded: bool = False
    _ahead: bool = False
    _hurried: bool = False
    _left_out: dict[Place, str] = field(default_factory=dict)
    _heard: list[Frame | LostError] = field(default_factory=list)
    _taken: set[int] = field(default_factory=set)

    def begin(self) -> None:
        """Have a worker forked, and have it run the learner's cells. Raises LostError when the worker is lost at once.

        A worker is a process of its own, because a learner's code may do anything to the process that it runs in.
        """
        if self.allowance.left <= 0:
            raise LostError(TOGETHER)
        self._workers += 1
        # A worker that takes the place of another answers only what is still to be asked.
        self._ahead = self.rehearsal is not None and not self._is_loaded
        foreseen = self.rehearsal.foreseen if self.rehearsal is not None and self._ahead else None
        self._worker = self.nurseries.fork(self.needs, self.exercise.limits, foreseen, self.exercise.closed)
        body = wire.pack(
            [],
            {
                "op": "load",
                "texts": [[cell.label, cell.source, cell.otherwise] for cell in self.source.cells],
                "module": self.exercise.id,
                "functions": list(self.exercise.functions),
                "seconds": self.exercise.limits.wall * LOAD_SHARE,
                "hurried": self._hurried,
                "left_out": [[*place, why] for place, why in self._left_out.items()],
                "closed": list(self.exercise.closed),
                "needs": list(self.exercise.needs),
                "path": self.source.path,
                "others": [[cell.label, cell.source, cell.otherwise, cell.encoded] for cell in self.source.others],
                "elsewhere": [cell.label for cell in self.source.elsewhere],
            },
        )
        with self._spending() as worker:
            worker.send(body)

    def start(self) -> None:
        """Begin, unless that is done, and wait until the cells have run.

        Raises:
            LostError: the cells ended the worker, or took all its time.
        """
        if self._worker is not None and self._worker.unseen() > UNSEEN * self.exercise.limits.wall:
            # Nobody looked at the clock: whether the time was up must not hang on whose turn it was. So it begins anew.
            self.close()
            self._workers = 0
        for left in reversed(range(1 if self._is_loaded else LOADS)):
            try:
                self._load()
            except LostError as error:
                if not left or not self._leave_out():
                    self.lost = str(error)
                    raise
            else:
                if not left or not self.loaded.again or self._hurried:
                    break
                self.close()
            self._hurried = True
        if not self._is_loaded:
            # A statement that took too long is told and left out; it counts as no check that ran out of time.
            self._is_loaded, self._slow = True, 0

    def _load(self) -> None:
        if self._worker is None:
            self.begin()
        frame = self._hear()
        with self._reading():
            _, extra = self._read(frame)
            texts = {cell.label: cell.source for cell in (*self.source.cells, *self.source.others)}
            self.loaded = told.loaded(extra.get("loaded"), self.exercise.functions, texts, self._stops())

    def _stops(self) -> list[str]:
        """What can be said of a statement that was stopped, or that ended the process."""
        seconds = self.exercise.limits.wall * LOAD_SHARE
        said = [too_long(seconds), too_long(seconds, seconds), *self._left_out.values()]
        return [*said, *(one.replace(ENDLESS, IMPORT) for one in said)]

    def _leave_out(self) -> bool:
        """Have the next load leave out the statement that did not come back; whether another load makes sense."""
        stop, self._stop = self._stop, None
        if stop is None or stop.at is None or self._over:
            return False
        self._left_out[stop.at] = stop.sentence
        return True

    @property
    def stopped(self) -> bool:
        """Whether the code, or a cell of it, used up its time."""
        return self._slow > 0 or bool(self._over) or self.loaded.stopped

    @property
    def unbound(self) -> dict[str, str]:
        """The names that are not there because a statement failed, each with a clause on that."""
        return self.loaded.unbound

    def hear_all(self) -> None:
        """Read all answers that were foreseen."""
        if self.rehearsal is not None:
            self._hear_until(len(self.rehearsal.batches))

    def digest(self, at: int) -> bytes | None:
        """A digest of the answers that were foreseen for the check number `at`.

        None where the check must look at them: an answer is missing, a function is missing, or something was printed or
        tried.
        """
        if self.rehearsal is None or self.loaded.stubs or self.loaded.defined < set(self.exercise.functions):
            return None
        places = self.rehearsal.places[at]
        frames = [self._heard[place] for place in places if place < len(self._heard)]
        if sum(_size(frame) for frame in frames) > SMALL:
            return None
        digest = hashlib.sha256(f"{self.rehearsal.foreseen.key} {at}".encode())
        for frame in frames:
            if isinstance(frame, LostError) or b'"output":' in frame[0] or b'"tried":' in frame[0]:
                return None
            digest.update(_digest(frame))
        return digest.digest() if len(frames) == len(places) else None

    def pass_over(self, at: int) -> None:
        """Mark the answers that were foreseen for the check number `at` as given."""
        if self.rehearsal is not None:
            self._taken.update(self.rehearsal.places[at])

    def _hear_until(self, count: int) -> None:
        """Read the first `count` of the foreseen answers, as long as the worker that gives them lives."""
        while self._worker is not None and self._ahead and len(self._heard) < count:
            try:
                self._heard.append(self._hear())
                self._held += _size(self._heard[-1])
            except LostError as error:
                self._heard.append(error)
            if self._held > HELD:
                self._end(f"what it returned before is more than {HELD >> 20} MiB")

    def _hear(self, body: bytes | None = None) -> Frame:
        """The worker's next answer; that to `body` where one is sent."""
        with self._spending() as worker:
            if body is not None:
                worker.send(body)
            return worker.hear(self.allowance.left)
        raise AssertionError("unreachable")

    @contextlib.contextmanager
    def _spending(self) -> Iterator[Worker]:
        """The worker. The time that it uses is taken from the exercise's."""
        assert self._worker is not None
        worker, before = self._worker, self._worker.used
        try:
            yield worker
        except LostError:
            self._stop = worker.stop
            self._slow += self._stop is not None and self._stop.slow
            self._worker = None
            raise
        except NurseryError:
            self._worker = None
            raise
        finally:
            self.allowance.left -= worker.used - before
            if self.allowance.left <= 0:
                self._end("the checks before it took all the time there is for one exercise")

    def _end(self, why: str) -> None:
        """Ask nothing more. What was answered counts."""
        self._over = why
        self.close()

    def _answer(self, batch: Batch, at: int | None) -> Frame:
        """The answer to a batch: the one that was foreseen at this place, or else one that is asked for now."""
        if at is not None:
            self._hear_until(at + 1)
            if at < len(self._heard):
                self._taken.add(at)
                heard = self._heard[at]
                if isinstance(heard, LostError):
                    raise heard
                return heard
        if self.rehearsal is not None:
            # The foreseen answers come first on the line.
            self._hear_until(len(self.rehearsal.batches))
        self.unforeseen += 1
        if self._worker is None and not self._over:
            self.start()
        if self._over:
            raise NotRunError(f"not run: {self._over}")
        return self._hear(batch.body)

    @contextlib.contextmanager
    def _reading(self) -> Iterator[None]:
        """Whatever goes wrong with an answer is the fault of the code that sent it, and the end of the worker."""
        try:
            yield
        except Exception:
            self.close()
            raise LostError(UNREADABLE) from None

    def _read(self, frame: Frame, again: bool = False) -> tuple[list[Any], dict[str, Any]]:
        """The values and the rest of a frame. What was printed and tried is kept apart, once. Raises WireError."""
        values, extra = wire.unpack(*frame)
        output, tried = told.beside(extra, self.exercise.limits.output)
        self.tried |= dict.fromkeys(tried)
        room = self.exercise.limits.output - len(self.output)
        if output and room > 0 and not again:
            self.output += wire.clean(output, room)
        return values, extra

    def ask(self, batch: Batch) -> Observations:
        """One observation per call.

        Raises:
            NotStartedError, AbsentError: the function is a stub, or is not there.
            NotRunError: too much went wrong before.
            LostError: the process was lost during this batch; the next batch gets a new one.
        """
        self._ready(batch.request.function)
        at = self.rehearsal.find(batch, self._taken) if self.rehearsal is not None else None
        again = at in self._taken
        frame = self._answer(batch, at)
        # The same frame means something else after another question.
        digest = hashlib.sha256(batch.digest + _digest(frame)).digest()
        shared = self.rehearsal is not None and self.rehearsal.shares(batch)
        answers = self.known.get(digest) if shared else None
        if answers is None:
            with self._reading():
                values, extra = self._read(frame, again)
                answers = Observations(told.observations(values, extra.get("notes"), batch), digest)
            if shared and _size(frame) <= SMALL and not (extra.get("output") or extra.get("tried")):
                self.known[answers.digest] = answers
        return answers

    def _ready(self, function: str) -> None:
        if self.lost:
            raise NotRunError(self.lost)
        if function in self.loaded.stubs:
            raise NotStartedError(f"{function} is not started")
        if function not in self.loaded.defined:
            raise AbsentError(self.absent(function))
        if self._worker is None:
            if self._slow >= MOST_RUN:
                raise NotRunError("not run: two checks before it ran out of time")
            if self._workers >= MAX_WORKERS:
                raise NotRunError("not run: too many checks before it ended the process")

    def absent(self, function: str) -> str:
        """The sentence for a function that is not there, with the misspelt name where there is one."""
        others = [name for name in self.loaded.names if name not in self.exercise.functions]
        near = instead.other_name(function, others)
        found = near or instead.not_run(function, self.source.cells, is_absent=True)
        if not found and len(self.exercise.functions) == 1:
            found = instead.only_name(others)
        where = f" in {self.source.path}" if self.source.path else ""
        reason = f" ({self.loaded.problems[0].sentence()})" if self.loaded.problems and not near else ""
        return f"there is no function {function}{where}{found and f'; {found}'}{reason}"

    def close(self) -> None:
        """End the worker."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None


def _size(frame: Frame | LostError) -> int:
    return 0 if isinstance(frame, LostError) else len(frame[0]) + len(frame[1])


def _digest(frame: Frame) -> bytes:
    """A digest of both parts and of where the first ends: the same bytes, cut elsewhere, are another answer."""
    return hashlib.sha256(wire.HEADER.pack(*map(len, frame)) + frame[0] + frame[1]).digest()
