"""What is graded of an exercise, with which secret and on which terms."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from winnow.course import Exercise
from winnow.doctor import roster
from winnow.doctor.mutants import Mutant
from winnow.doctor.roster import Entry
from winnow.grading.job import Job, Terms

# Most mutants that do not stop loop at once.
MUTANT_WALL, MUTANT_CPU = 5.0, 2.0


@dataclass(frozen=True)
class Task:
    """One grading: an entry with a seed."""

    entry: Entry
    seed: int
    terms: Terms

    def job(self, exercise: Exercise, number: int) -> Job:
        """The task as it is handed to graders; its result comes back under the number."""
        submission = replace(self.entry.submission(exercise), student=str(number))
        return Job(submission, (exercise.id,), self.terms)


def secret(seed: int) -> bytes:
    """The course secret that stands behind a seed; the same on every machine."""
    return hashlib.sha256(f"winnow doctor, seed {seed}".encode()).digest()


def tasks(exercise: Exercise, seeds: int, made: Sequence[Mutant]) -> Iterator[Task]:
    """All gradings of an exercise. What needs one seed gets the first; examples are looked for with that one, too."""
    entries = list(roster.entries(exercise))
    for entry in entries:
        yield Task(entry, 0, Terms(secret(0)))
    for entry in roster.impostors(exercise):
        yield Task(entry, 0, Terms(secret(0), explain=False))
    limits = replace(exercise.limits, wall=MUTANT_WALL, cpu=MUTANT_CPU)
    if made:
        yield Task(roster.hurried(exercise), 0, Terms(secret(0), limits, explain=False))
    for at, mutant in enumerate(made):
        entry = roster.mutant(exercise, str(at), mutant.text)
        yield Task(entry, 0, Terms(secret(0), limits, explain=False, to_the_end=False))
    for seed in range(1, seeds):
        for entry in entries:
            yield Task(entry, seed, Terms(secret(seed), examples=False))
