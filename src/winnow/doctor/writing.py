"""From the evidence about one exercise to its sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from winnow.course import Exercise
from winnow.doctor import missing, mutants, right, roster
from winnow.doctor.findings import Findings
from winnow.doctor.inquiry import Inquiry
from winnow.doctor.missing import Missing
from winnow.doctor.mutants import Mutant
from winnow.doctor.sheet import ALTERNATIVES, KILLED, MutantCount, Sheet
from winnow.feedback import sentences


@dataclass(frozen=True)
class Evidence:
    """What was found out about one exercise. `mutants`: those that were graded, None where none were asked for."""

    gathered: Findings
    inquiry: Inquiry
    own_pytest: Sequence[str]
    mutants: Sequence[Mutant] | None


def write(exercise: Exercise, evidence: Evidence) -> Sheet:
    """The sheet of an exercise."""
    gathered = evidence.gathered
    sheet = gathered.sheet
    sheet.steady = gathered.steady
    sheet.own_pytest = not evidence.own_pytest
    sheet.definitions = {
        one.definition: one.compared for one in evidence.inquiry.comparisons if one.compared or not one.graded
    }
    sheet.add(missing.files(exercise))
    sheet.add(missing.words(exercise))
    sheet.add(gathered.sentences(evidence.inquiry.complete))
    sheet.add(_right(exercise, sheet.alternatives))
    sheet.add(_sentences(exercise))
    sheet.add(_declarations(roster.indistinguishable(exercise), gathered.told))
    sheet.add(f"the solution fails in a learner's own pytest: {line}" for line in evidence.own_pytest)
    sheet.add(evidence.inquiry.faults)
    if evidence.mutants is not None:
        sheet.mutants = MutantCount(total=len(evidence.mutants))
        sheet.add(_mutants(exercise, sheet.mutants, evidence.mutants, gathered.killed))
    return sheet


def _right(exercise: Exercise, count: int) -> Iterator[str]:
    """Right answers that are too few, the same, or cannot run behind the solution."""
    if count < ALTERNATIVES:
        where = exercise.right_answers.relative_to(exercise.root)
        yield Missing(f"there are {count} right answers, and {ALTERNATIVES} are needed; write more in {where}")
    for one, other in right.repeated(exercise):
        yield f"right answers {one} and {other} are the same"
    for name in roster.collisions(exercise):
        yield f"the solution and what is graded behind it both define {name}, differently; rename one"


def _sentences(exercise: Exercise) -> Iterator[str]:
    """Misconceptions that say the same: a learner cannot be told which it is."""
    first: dict[str, str] = {}
    for name, sentence in sentences.of_exercise(exercise).items():
        if first.setdefault(sentence, name) != name:
            yield f"misconceptions {first[sentence]} and {name} say the same sentence; let each say what is its own"


def _declarations(pairs: Mapping[tuple[str, str], str], told: Mapping[str, set[str]]) -> Iterator[str]:
    """Pairs that are declared indistinguishable, and name nothing or are told apart."""
    confused = {frozenset((name, other)) for name, others in told.items() for other in others if other != name}
    for (one, other), reason in pairs.items():
        for name in (one, other):
            if name not in told:
                yield f"a pair is declared indistinguishable that names {name}, which is no misconception"
        if not reason.strip():
            yield f"{one} and {other} are declared indistinguishable without a reason"
        if {one, other} <= told.keys() and frozenset((one, other)) not in confused:
            yield f"{one} and {other} are declared indistinguishable, and are told apart; take the declaration out"


def _mutants(
    exercise: Exercise, count: MutantCount, made: Sequence[Mutant], killed: Mapping[int, bool | str]
) -> Iterator[str]:
    declared = mutants.equivalents(exercise)
    keys = {mutant.key for mutant in made}
    for at, mutant in enumerate(made):
        change = f"`{mutant.key.line}` becoming `{mutant.key.becomes}`"
        if isinstance(killed[at], str):
            yield f"mutant {change}: {killed[at]}"
        elif killed[at]:
            count.killed += 1
            if mutant.key in declared:
                yield f"declared equivalent, but killed: {mutant.key.operator}, {change}; take the declaration out"
        elif mutant.key in declared:
            count.equivalent += 1
        else:
            count.survivors.append(mutant)
    for key in declared:
        if key not in keys:
            change = f"`{key.line}` becoming `{key.becomes}`"
            yield f"declared equivalent, but there is no such mutant: {key.operator}, {change}; take it out"
    if count.score < KILLED:
        survived = len(count.survivors)
        told = f"{survived} mutants survive: {count.score:.1%} are killed, {KILLED:.0%} are needed (listed below)"
        yield Missing(told)
