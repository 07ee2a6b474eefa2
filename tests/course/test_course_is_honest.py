"""What can be said of the course without grading: `winnow doctor` says the rest, as a step of its own in CI."""

from __future__ import annotations

import ast
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from winnow.course import Exercise, load
from winnow.diagnosis import known
from winnow.doctor import mutants, roster
from winnow.doctor.examination import secret
from winnow.doctor.inquiry import Inquiry, inquire
from winnow.doctor.sheet import ALTERNATIVES

COURSE = load(Path(__file__).parents[2])
EVERY = pytest.mark.parametrize("exercise", COURSE.exercises, ids=[exercise.id for exercise in COURSE.exercises])


@pytest.fixture(scope="module")
def inquiries() -> dict[str, Inquiry]:
    ids = [exercise.id for exercise in COURSE.exercises]
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as apart:
        return apart.submit(inquire, COURSE.root, ids, secret(0)).result()


@EVERY
def test_statement_reference_and_definitions_agree(exercise: Exercise, inquiries: dict[str, Inquiry]) -> None:
    assert inquiries[exercise.id].faults == ()


@EVERY
def test_each_misconception_says_a_sentence_of_its_own(exercise: Exercise) -> None:
    sentences = [one.sentence for one in known.read(exercise)]
    assert len(set(sentences)) == len(sentences) > 0


@EVERY
def test_declared_pairs_are_misconceptions(exercise: Exercise) -> None:
    names = {one.name for one in known.read(exercise)}
    assert {name for pair in roster.indistinguishable(exercise) for name in pair} <= names
    assert roster.collisions(exercise) == []


@EVERY
def test_right_answers_in_other_styles_are_enough_and_differ(exercise: Exercise) -> None:
    texts = [entry.cells[0].source for entry in roster.entries(exercise, ()) if entry.kind == "alternative"]
    assert len({ast.dump(ast.parse(text)) for text in texts}) == len(texts) >= ALTERNATIVES


@EVERY
def test_declared_equivalents_are_mutants_of_the_reference(exercise: Exercise) -> None:
    keys = {mutant.key for mutant in mutants.mutants(roster.solution(exercise))}
    assert set(mutants.equivalents(exercise)) <= keys
