"""What came of the gradings of one exercise, put together as they are done: no result is kept longer than that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from winnow.course import Exercise
from winnow.doctor import roster, verdicts
from winnow.doctor.missing import Missing
from winnow.doctor.plan import Task
from winnow.doctor.sheet import Sheet
from winnow.doctor.verdicts import Fault
from winnow.record import ExerciseResult


@dataclass
class Told:
    """One thing that is wrong, and the seeds with which it is, of so many."""

    fault: Fault
    seeds: list[int]
    of: int


@dataclass
class Findings:
    """The findings so far.

    `faults`: what is wrong, in the order in which it was found; `told`: by misconception, all names that it was ever
    given; `killed`: by the number of a mutant, whether a check failed, or what the grader says who failed over it.
    """

    exercise: Exercise
    seeds: int
    sheet: Sheet
    alike: dict[str, set[str]] = field(default_factory=dict)
    faults: dict[str, Told] = field(default_factory=dict)
    told: dict[str, set[str]] = field(default_factory=dict)
    killed: dict[int, bool | str] = field(default_factory=dict)

    @classmethod
    def of(cls, exercise: Exercise, seeds: int) -> Findings:
        """Nothing yet."""
        made = cls(exercise, seeds, Sheet(exercise.id, seeds))
        for one, other in roster.indistinguishable(exercise):
            made.alike.setdefault(one, set()).add(other)
            made.alike.setdefault(other, set()).add(one)
        return made

    def add(self, task: Task, result: ExerciseResult) -> None:
        """Take in what came of one grading."""
        entry = task.entry
        if entry.kind == "mutant":
            failed = f"grader error: {result.message}" if result.status == "grader_error" else None
            self.killed[int(entry.name)] = failed or verdicts.lost_points(result)
            return
        said = list(verdicts.faults(entry, result, self.alike, task.terms.examples))
        for fault in said:
            self._tell(fault, task.seed, 1 if entry.kind == "impostor" or fault.once else self.seeds)
        if entry.kind == "misconception":
            self.told.setdefault(entry.name, set()).update(result.misconceptions)
        if task.seed == 0:
            self._count(task, result, not said)

    def _tell(self, fault: Fault, seed: int, of: int) -> None:
        told = self.faults.setdefault(fault.says, Told(fault, [], of))
        if seed not in told.seeds:
            told.seeds.append(seed)

    def _count(self, task: Task, result: ExerciseResult, good: bool) -> None:
        sheet = self.sheet
        match task.entry.kind:
            case "stub":
                sheet.stub = good
            case "reference":
                sheet.reference = good
            case "alternative":
                sheet.alternatives += 1
                sheet.accepted += good
            case "misconception":
                sheet.misconceptions += 1
                sheet.caught += verdicts.lost_points(result)
                sheet.named += good
            case "impostor":
                sheet.impostors += 1
                sheet.earning += not good

    @property
    def steady(self) -> bool:
        """Whether no finding depends on the seed."""
        return all(len(told.seeds) == told.of for told in self.faults.values())

    def sentences(self, complete: bool = True) -> Iterator[str]:
        """What is wrong, one sentence each, with the seeds where it is not so with all of them.

        Args:
            complete: all checks are written.
        """
        for told in self.faults.values():
            example = f": {told.fault.example}" if told.fault.example else ""
            said = f"{told.fault.says}{_with(told)}{example}"
            yield Missing(said) if told.fault.lacks and not complete else said


def _with(told: Told) -> str:
    if len(told.seeds) == told.of:
        return ""
    numbers = [str(seed) for seed in sorted(told.seeds)]
    listed = " and ".join([", ".join(numbers[:-1]), numbers[-1]] if numbers[:-1] else numbers)
    return f" (with {'seed' if len(numbers) == 1 else 'seeds'} {listed} of 0 to {told.of - 1})"
