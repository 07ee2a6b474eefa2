"""How wrong answers relate to right ones: what is said of them must be so."""

from __future__ import annotations

import numpy as np

from winnow.diagnosis.relations import describe
from winnow.worker.observe import Observation


def test_a_float_that_is_not_precise_is_not_said_to_be_of_the_wrong_type() -> None:
    pairs = [(Observation(0.1000001), Observation(np.float64(0.1))), (Observation(2.0), Observation(np.float64(1.99999)))]
    assert describe(pairs) == "Your answers are nearly right: is something rounded, or computed with too few digits?"


def test_a_number_in_single_precision_is_of_another_type() -> None:
    pairs = [(Observation(np.float32(0.5)), Observation(0.5))]
    assert describe(pairs) == "The numbers are right, but the result is a float32 and should be a float."
