"""What the checks of an exercise ask, which is the same for every learner.

The checks run with the reference first, and what they ask it is written down. From then on all of it is put to a
learner's code at once: a question and an answer cost more than most calls. On its way it is a `Rehearsal` here,
`Foreseen` in `winnow.nurse.line`, held by `winnow.worker.nursery`, answered by `winnow.worker.serve`, and read by
`handed_in`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from winnow.checks.agree import HiddenQuestion
from winnow.checks.calls import Batch
from winnow.checks.subjects import Trusted
from winnow.nurse import Foreseen
from winnow.worker.observe import Observation


class Rehearsing:
    """The reference as the subject of checks, which writes down what it is asked."""

    def __init__(self, reference: Trusted) -> None:
        self.batches: list[Batch] = []
        self._reference = reference
        self._places: dict[int, int] = {}
        self._asked: list[int] = []

    def ask(self, batch: Batch) -> Sequence[Observation]:
        """One observation per call."""
        if id(batch) not in self._places:
            self._places[id(batch)] = len(self.batches)
            self.batches.append(batch)
        self._asked.append(self._places[id(batch)])
        return self._reference.ask(batch)

    def places(self) -> tuple[int, ...]:
        """The numbers of the batches that were asked since the last call."""
        asked, self._asked = self._asked, []
        return tuple(asked)


class Rehearsal:
    """What the checks of one exercise ask, batch by batch, as they asked the reference.

    Args:
        places: for each check, which of the batches are its own.
        questions: the questions that the checks drew.
    """

    def __init__(
        self,
        batches: Sequence[Batch],
        places: Sequence[tuple[int, ...]],
        questions: Iterable[HiddenQuestion],
    ) -> None:
        self.batches = tuple(batches)
        self.places = tuple(places)
        self.foreseen = Foreseen([batch.body for batch in batches])
        self._places: dict[bytes, list[int]] = {}
        for at, batch in enumerate(self.batches):
            self._places.setdefault(batch.body, []).append(at)
        self._questions = frozenset(id(question.batch) for question in questions)

    def find(self, batch: Batch, taken: Collection[int]) -> int | None:
        """The number of an equal batch that was foreseen.

        The answers to a question are for all checks that share it. Of several equal batches that checks ask by
        themselves it is the first that is not taken.
        """
        places = self._places.get(batch.body, ())
        if self.shares(batch):
            return next(at for at in places if self.batches[at] is batch)
        return next((at for at in places if at not in taken), None)

    def shares(self, batch: Batch) -> bool:
        """Whether learners whose answers are equal can share them as one object.

        They can where the batch is a question, whose answers are only looked at. The answers to a check's own call
        belong to the check, which may change them.
        """
        return id(batch) in self._questions
