"""What the quizzes of m01_visual_story, m03_components and m04_tasks teach is so."""

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.append(str(Path(__file__).parent))
from quizzes import answer

# What a cut axis does


@pytest.mark.parametrize(
    "values", [{"before": 50, "after": 110, "start": 15}, {"before": 90, "after": 150, "start": 45}]
)
def test_the_lie_factor_of_a_cut_axis_is_that_of_its_bars(values):
    data = np.array([values["before"], values["after"]], dtype=float)
    drawn = data - values["start"]
    seen, true = ((pair[1] - pair[0]) / pair[0] for pair in (drawn, data))
    assert answer("cut_axis", values) == pytest.approx(seen / true)
