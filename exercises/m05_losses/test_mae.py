"""What mae must do, in examples. `pytest test_mae.py` runs them."""

import numpy as np
import pytest


@pytest.mark.points(2)
def test_worked_examples(mae):
    """the worked examples in the statement, and two more"""
    assert mae([3, 5, 2, 7], [2.5, 5, 4, 7]) == pytest.approx(0.625)
    assert mae([0, 0], [1, -1]) == pytest.approx(1.0)
    assert mae(4, 2.5) == pytest.approx(1.5)
    assert mae(np.zeros((2, 3)), [[1, 2, 3], [-4, -5, 0]]) == pytest.approx(2.5)


@pytest.mark.points(1)
def test_different_shapes_are_refused(mae):
    """different shapes are a ValueError that names both; nothing is broadcast"""
    assert mae([1, 2, 3], [1, 2, 4]) == pytest.approx(1 / 3)
    assert mae([[1], [2], [3]], [[1], [2], [6]]) == pytest.approx(1.0)
    # Whatever the wording, the shape (3,) cannot be named without its 3.
    with pytest.raises(ValueError, match="3"):  # names both shapes
        mae([1], [[1, 2, 3]])
    with pytest.raises(ValueError, match="3"):  # names both shapes
        mae([1, 2, 3], [[1], [2], [3]])
    with pytest.raises(ValueError, match="3"):  # names both shapes
        mae([1, 2, 3], 2)
