"""Whether a learner's answer is that of a misconception."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from winnow.checks import Incomparable, call
from winnow.diagnosis.same_mistake import alike, by_differing
from winnow.worker.observe import Observation


@pytest.mark.parametrize("theirs", [np.zeros(3), pd.Series([1.0, 2.0]), 1.0, Incomparable("generator")])
def test_what_cannot_be_compared_is_like_nothing_else(theirs: object) -> None:
    coroutine = Incomparable("coroutine")
    assert not alike(by_differing, call(), Observation(coroutine), Observation(theirs), frozenset())
    assert alike(by_differing, call(), Observation(coroutine), Observation(coroutine), frozenset())
