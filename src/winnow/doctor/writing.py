"""From the evidence about one exercise to its sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from winnow.course import Exercise
from winnow.doctor import mutants, roster, verdicts
from winnow.doctor.inquiry import Inquiry
from winnow.doctor.mutants import Mutant
from winnow.doctor.roster import Entry
from winnow.doctor.sheet import ALTERNATIVES, KILLED, MutantCount, Sheet
from winnow.doctor.verdicts import Verdict
from winnow.record import ExerciseResult


@dataclass(frozen=True)
class Evidence:
    """What was found out about one exercise.

    `first`: every entry with its result for seed 0; `others`: verdicts by seed, of entries graded with several.
    """

    first: Sequence[tuple[Entry, ExerciseResult]]
    others: Mapping[Entry, Sequence[Verdict]]
    inquiry: Inquiry
    own_pytest: Sequence[str]
    mutants: Sequence[Mutant] | None


def write(exercise: Exercise, seeds: int, evidence: Evidence) -> Sheet:
    """The sheet of an exercise."""
    sheet = Sheet(exercise.id, seeds)
    pairs = roster.indistinguishable(exercise)
    alike: dict[str, set[str]] = {}
    for one, other in pairs:
        alike.setdefault(one, set()).add(other)
        alike.setdefault(other, set()).add(one)
    for entry, result in evidence.first:
        if entry.kind != "mutant":
            said = list(verdicts.faults(entry, result, alike))
            _count(sheet, entry, result, not said)
            sheet.failures += said
    if sheet.alternatives < ALTERNATIVES:
        where = exercise.alternatives.relative_to(exercise.root)
        sheet.failures.append(f"{where} holds {sheet.alternatives} right answers; {ALTERNATIVES} are needed")
    sheet.failures += _seeds(sheet, evidence.others)
    sheet.failures += _declarations(pairs, evidence)
    for name in roster.collisions(exercise):
        where = exercise.misconceptions.relative_to(exercise.root)
        sheet.failures.append(f"{where} and the solution both define {name}, differently; rename one")
    sheet.own_pytest = not evidence.own_pytest
    sheet.failures += [f"the solution fails in a learner's own pytest: {line}" for line in evidence.own_pytest]
    sheet.definitions = {one.definition: one.compared for one in evidence.inquiry.comparisons}
    sheet.failures += evidence.inquiry.faults
    if evidence.mutants is not None:
        sheet.mutants = MutantCount(total=len(evidence.mutants))
        results = {int(entry.name): result for entry, result in evidence.first if entry.kind == "mutant"}
        sheet.failures += _mutants(exercise, sheet.mutants, evidence.mutants, results)
    return sheet


def _count(sheet: Sheet, entry: Entry, result: ExerciseResult, good: bool) -> None:
    match entry.kind:
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


def _seeds(sheet: Sheet, others: Mapping[Entry, Sequence[Verdict]]) -> Iterator[str]:
    for entry, each in others.items():
        told = (verdicts.difference(entry, each[0], one, seed) for seed, one in enumerate(each))
        said = next((text for text in told if text is not None), None)
        if said is not None:
            sheet.steady = False
            yield said


def _declarations(pairs: Mapping[tuple[str, str], str], evidence: Evidence) -> Iterator[str]:
    """Pairs that are declared indistinguishable, and name nothing or are told apart."""
    names = {entry.name for entry, _ in evidence.first if entry.kind == "misconception"}
    confused = set()
    for entry, result in evidence.first:
        every = {name for one in evidence.others.get(entry, ()) for name in one.named} | set(result.misconceptions)
        confused |= {frozenset((entry.name, name)) for name in every if name != entry.name}
    for (one, other), reason in pairs.items():
        for name in (one, other):
            if name not in names:
                yield f"INDISTINGUISHABLE names {name}, which is no misconception"
        if not reason.strip():
            yield f"INDISTINGUISHABLE gives no reason for {one} and {other}"
        if {one, other} <= names and frozenset((one, other)) not in confused:
            yield f"{one} and {other} are declared indistinguishable, and are told apart"


def _mutants(
    exercise: Exercise, count: MutantCount, made: Sequence[Mutant], results: Mapping[int, ExerciseResult]
) -> Iterator[str]:
    declared = mutants.equivalents(exercise)
    keys = {mutant.key for mutant in made}
    for at, mutant in enumerate(made):
        result = results[at]
        change = f"`{mutant.key.line}` becoming `{mutant.key.becomes}`"
        if result.status == "grader_error":
            yield f"mutant {change}: grader error: {result.message}"
        elif verdicts.lost_points(result):
            count.killed += 1
            if mutant.key in declared:
                yield f"declared equivalent, but killed: {mutant.key.operator}, {change}"
        elif mutant.key in declared:
            count.equivalent += 1
        else:
            count.survivors.append(mutant)
    for key in declared:
        if key not in keys:
            change = f"`{key.line}` becoming `{key.becomes}`"
            yield f"declared equivalent, but there is no such mutant: {key.operator}, {change}"
    if count.score < KILLED:
        survived = len(count.survivors)
        yield f"{survived} mutants survive: {count.score:.1%} are killed, {KILLED:.0%} are needed (listed below)"
