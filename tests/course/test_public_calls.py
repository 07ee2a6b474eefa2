"""A call that a learner reads below a public check can be pasted into Python, and runs as it did."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import torch
from matplotlib.figure import Figure

from winnow.checks.calls import Call
from winnow.checks.modules import load_part
from winnow.course import Exercise, find_root, load
from winnow.diagnosis import show
from winnow.learner.own_code import LocalFunction

COURSE = load(find_root(Path(__file__).parent))
LIBRARIES = {"np": np, "pd": pd, "torch": torch, "Figure": Figure}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("exercise", COURSE.exercises, ids=lambda one: one.id)
def test_what_is_shown_runs(exercise: Exercise, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(COURSE.root / "graders" / exercise.module))
    reference = vars(load_part(exercise, exercise.solution, "solution"))
    functions = {name: reference[name] for name in exercise.functions}
    checks = vars(load_part(exercise, exercise.public_checks, "public_checks"))
    calls: list[Any] = []
    given = {name: LocalFunction(name, function, calls) for name, function in functions.items()}
    for check in (one for name, one in checks.items() if name.startswith("test_")):
        check(**{name: given[name] for name in inspect.signature(check).parameters})
    assert calls
    for one in calls:
        shown = show.asked(one.request, Call(one.args, one.kwargs))
        assert "of shape" not in shown
        if one.error is None:
            exec(shown, LIBRARIES | functions)
