"""What is the same for every learner: what the checks ask.

A check asks every learner the same, so the reference goes first and what it is asked is written down. From then on all
of it is put to a learner's code at once.
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

    def ask(self, batch: Batch) -> Sequence[Observation]:
        """One observation per call."""
        self.batches.append(batch)
        return self._reference.ask(batch)


class Rehearsal:
    """What the checks of one exercise ask, batch by batch, as they asked the reference.

    Args:
        places: for each check, which of the batches are its own.
        questions: those that the checks drew.
    """

    def __init__(self, batches: Sequence[Batch], places: Sequence[range], questions: Iterable[HiddenQuestion]) -> None:
        self.batches = tuple(batches)
        self.places = tuple(places)
        self.foreseen = Foreseen([batch.body for batch in batches])
        self._places: dict[bytes, list[int]] = {}
        for at, batch in enumerate(self.batches):
            self._places.setdefault(batch.body, []).append(at)
        self._questions = frozenset(id(question.batch) for question in questions)

    def find(self, batch: Batch, taken: Collection[int]) -> int | None:
        """Where a batch was foreseen, of several equal ones the first that is not taken."""
        return next((at for at in self._places.get(batch.body, ()) if at not in taken), None)

    def shares(self, batch: Batch) -> bool:
        """Whether it is a question, whose answers are only looked at, and the same object for every learner.

        What a check got by a call of its own belongs to the check, which may change it.
        """
        return id(batch) in self._questions
