"""The findings about one exercise: figures, and one sentence per failure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from winnow.doctor.missing import Missing
from winnow.doctor.mutants import Key, Mutant

ALTERNATIVES = 6
KILLED = 0.98


@dataclass
class MutantCount:
    """What became of the mutants of a reference; `survivors` are neither killed nor declared equivalent."""

    total: int = 0
    killed: int = 0
    equivalent: int = 0
    survivors: list[Mutant] = field(default_factory=list)

    @property
    def score(self) -> float:
        """The share of those killed among those that are not equivalent."""
        rest = self.total - self.equivalent
        return self.killed / rest if rest else 1.0


@dataclass
class Sheet:
    """One exercise. Where two numbers belong together they are good ones and all.

    `failures` are wrong, and `missing` is what has not been written yet. `graded`: there was something to examine.
    """

    exercise: str
    seeds: int
    stub: bool = False
    reference: bool = False
    own_pytest: bool = False
    misconceptions: int = 0
    caught: int = 0
    named: int = 0
    alternatives: int = 0
    accepted: int = 0
    impostors: int = 0
    earning: int = 0
    steady: bool = True
    definitions: dict[str, int] = field(default_factory=dict)
    mutants: MutantCount | None = None
    failures: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    graded: bool = True

    def add(self, sentences: Iterable[str]) -> None:
        """Take in what was found out, each where it belongs."""
        for sentence in sentences:
            (self.missing if isinstance(sentence, Missing) else self.failures).append(str(sentence))

    def as_json(self) -> str:
        """The sheet as it is remembered, without the texts of mutants."""
        plain = asdict(self)
        if self.mutants is not None:
            plain["mutants"]["survivors"] = [asdict(replace(one, text="")) for one in self.mutants.survivors]
        return json.dumps(plain, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Sheet:
        """What `as_json` wrote."""
        plain = json.loads(text)
        if plain["mutants"] is not None:
            survivors = [Mutant(Key(**one.pop("key")), **one) for one in plain["mutants"].pop("survivors")]
            plain["mutants"] = MutantCount(**plain["mutants"], survivors=survivors)
        return cls(**plain)

    def figures(self) -> dict[str, Any]:
        """The sheet as plain data."""
        data: dict[str, Any] = {
            "exercise": self.exercise,
            "seeds": self.seeds,
            "stub_not_started": self.stub,
            "reference_full": self.reference,
            "own_pytest": self.own_pytest,
            "misconceptions": {"all": self.misconceptions, "caught": self.caught, "named": self.named},
            "alternatives": {"all": self.alternatives, "accepted": self.accepted},
            "impostors": {"all": self.impostors, "earning": self.earning},
            "same_verdict_for_all_seeds": self.steady,
            "definitions": self.definitions,
            "failures": self.failures,
            "missing": self.missing,
        }
        if self.mutants is not None:
            data["mutants"] = {
                "all": self.mutants.total,
                "killed": self.mutants.killed,
                "equivalent": self.mutants.equivalent,
                "score": round(self.mutants.score, 4),
                "survivors": [{"line_number": one.number, **vars(one.key)} for one in self.mutants.survivors],
            }
        return data
