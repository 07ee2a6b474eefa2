"""What is next is found without parsing what nobody has touched, and is what a full look finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from winnow.course import load
from winnow.learner import progress

from ..support.learners_copy import RIGHT, STUB, make_copy, run, write

TEXTS = {
    "as it was handed out": STUB,
    "a comment more": STUB + "# later\n",
    "half of it": RIGHT.replace("x / 2", "x / 3"),
    "all of it": RIGHT,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("checked", [True, False])
def test_the_state_is_that_of_a_full_look(tmp_path: Path, text: str, checked: bool) -> None:
    copy = make_copy(tmp_path)
    write(copy, text)
    if checked:
        run(copy, "pytest", "-q")
    course = load(copy)
    known = progress.Progress.load(copy)
    assert known.brief(course.exercise("double")).state == known.standing(course.exercise("double")).state


def test_what_is_as_it_was_handed_out_is_not_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    course = load(make_copy(tmp_path))

    def parsed(*_: object) -> None:
        raise AssertionError("parsed")

    monkeypatch.setattr(progress, "untouched", parsed)
    monkeypatch.setattr(progress, "checks", parsed)
    assert progress.Progress.load(course.root).brief(course.exercise("double")).state == "not started"
