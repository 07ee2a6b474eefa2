"""What nms must do, in examples. `pytest test_nms.py` runs them."""

import numpy as np
import pytest


def three():
    """Two boxes that overlap by 0.95, and one far away; new arrays every time."""
    return np.array([[0, 0, 2, 2], [0, 0, 2, 1.9], [5, 5, 6, 6]], dtype=float), np.array([0.5, 0.9, 0.1])


@pytest.mark.points(1.5)
def test_worked_examples(nms):
    """the best box drops those that overlap it, and the indices come best first"""
    boxes, scores = three()
    assert nms(boxes, scores, 0.5).tolist() == [1, 2]
    assert nms(boxes, scores, 0.96).tolist() == [1, 0, 2]
    assert nms(boxes, np.array([0.1, 0.2, 0.3]), 0.5).tolist() == [2, 1]


@pytest.mark.points(1)
def test_a_dropped_box_drops_nothing(nms):
    """of three in a row, the first drops the second, and the third stays"""
    row = np.array([[0.0, 0.0, 4.0, 1.0], [2.0, 0.0, 6.0, 1.0], [4.0, 0.0, 8.0, 1.0]])
    assert nms(row, np.array([0.9, 0.8, 0.7]), 0.3).tolist() == [0, 2]
    assert nms(row, np.array([0.8, 0.9, 0.7]), 0.3).tolist() == [1]
    assert nms(row, np.array([0.7, 0.8, 0.9]), 0.34).tolist() == [2, 1, 0]


@pytest.mark.points(0.5)
def test_ties_and_no_box(nms):
    """of equal scores the lower index comes first; no box gives no index"""
    boxes, scores = three()
    assert nms(boxes, np.array([0.5, 0.5, 0.5]), 0.5).tolist() == [0, 2]
    assert nms(np.zeros((0, 4)), np.zeros(0), 0.5).tolist() == []
    assert nms(boxes[:1], scores[:1], 0.0).tolist() == [0]
