"""What the files of an exercise say by themselves: `winnow doctor`, a step of its own in CI, runs and grades them."""

from __future__ import annotations

import inspect
import pickle
from pathlib import Path

import numpy as np
import pytest

from winnow.checks.modules import load_part
from winnow.course import Exercise, load
from winnow.doctor import mutants, right, roster
from winnow.doctor.sheet import ALTERNATIVES
from winnow.feedback.sentences import sentences

COURSE = load(Path(__file__).parents[2])
SENTENCES = sentences(COURSE)
EVERY = pytest.mark.parametrize("exercise", COURSE.exercises, ids=[exercise.id for exercise in COURSE.exercises])


@EVERY
def test_each_misconception_says_a_sentence_of_its_own(exercise: Exercise) -> None:
    said = list(SENTENCES[exercise.id].values())
    assert len(set(said)) == len(said) > 0


@EVERY
def test_declared_pairs_are_misconceptions(exercise: Exercise) -> None:
    names = {entry.name for entry in roster.entries(exercise) if entry.kind == "misconception"}
    assert {name for pair in roster.indistinguishable(exercise) for name in pair} <= names
    assert roster.collisions(exercise) == []


@EVERY
def test_right_answers_in_other_styles_are_enough_and_differ(exercise: Exercise) -> None:
    assert len([entry for entry in roster.entries(exercise) if entry.kind == "alternative"]) >= ALTERNATIVES
    assert list(right.repeated(exercise)) == []


@EVERY
def test_declared_equivalents_are_mutants_of_the_reference(exercise: Exercise) -> None:
    declared = mutants.equivalents(exercise)
    if declared:
        assert set(declared) <= {mutant.key for mutant in mutants.mutants(roster.solution(exercise))}


@EVERY
def test_a_check_watches_what_is_global(exercise: Exercise) -> None:
    asked = exercise.hidden_checks.read_text(encoding="utf-8")
    # A driver that looks at pyplot, too, looks at all by itself.
    assert "alone=True" in asked or ".owned()" in asked or "random.getstate()" in asked


@EVERY
def test_no_call_changes_after_it_is_drawn(exercise: Exercise, monkeypatch: pytest.MonkeyPatch) -> None:
    # Calls are asked when all are drawn: an array that a later line changes in place changes in earlier calls, too.
    monkeypatch.syspath_prepend(exercise.hidden_checks.parent)
    for draw in vars(load_part(exercise, exercise.hidden_checks, "checks")).values():
        if inspect.isgeneratorfunction(draw) and [*inspect.signature(draw).parameters] == ["rng"]:
            drawn = [(one, pickle.dumps(one)) for one in draw(np.random.default_rng(0))]
            assert [at for at, (one, before) in enumerate(drawn) if pickle.dumps(one) != before] == [], draw.__name__
