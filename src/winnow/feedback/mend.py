"""What a learner is to mend first, of all that there is to mend."""

from __future__ import annotations

from dataclasses import dataclass

from winnow.feedback.words import ExerciseWords, LearnerWords

MOST = 3


@dataclass(frozen=True)
class Mend:
    """One thing to mend: where its exercise stands among the learner's, and what is wrong."""

    place: int
    exercise: ExerciseWords
    what: str


def mend_first(words: LearnerWords) -> tuple[Mend, ...]:
    """At most three things, of as many exercises.

    What keeps an exercise from being judged at all comes first, then what fails the public checks, which a learner can
    run; of these what costs most.
    """
    found = []
    for place, said in enumerate(words.exercises):
        if said.status in ("graded", "unreadable") and said.lost > 0:
            failed = [check for check in said.checks if check.outcome == "failed"]
            told = [said.message, *(check.why for check in failed), *(check.title for check in failed)]
            what = next((text for text in told if text), "")
            rank = 0 if said.message else 1 if any(check.is_public for check in failed) else 2
            found.append((rank, -said.lost, Mend(place, said, what)))
    return tuple(mend for _, _, mend in sorted(found, key=lambda one: one[:2])[:MOST] if mend.what)
