"""Every exercise has slips that its learners' own checks recognise, and they are what the misconceptions return."""

from __future__ import annotations

from pathlib import Path

import pytest

from winnow.course import Exercise, find_root, load
from winnow.diagnosis import known, public_slips
from winnow.doctor.may_be_public import verified

COURSE = load(find_root(Path(__file__).parent))


@pytest.fixture(autouse=True)
def _shared_files(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in COURSE.modules:
        monkeypatch.syspath_prepend(str(COURSE.root / "graders" / module.id))


@pytest.mark.parametrize("exercise", COURSE.exercises, ids=lambda one: one.id)
def test_slips_are_what_their_misconceptions_return(exercise: Exercise) -> None:
    slips = public_slips.read(public_slips.path(exercise.public_checks))
    assert 1 <= len(slips) <= 6
    sentences = {one.name: one.sentence for one in known.read(exercise)}
    for slip in slips:
        assert slip.why == sentences[slip.name]
        assert slip.returns
    assert verified(exercise, slips) == []
