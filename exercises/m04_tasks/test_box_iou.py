"""What box_iou must do, in examples. `pytest test_box_iou.py` runs them."""

import numpy as np
import pytest


@pytest.mark.points(1.25)
def test_one_box_each(box_iou):
    """two boxes that overlap, that touch, that are equal, and one inside the other"""
    box = np.array([[0.0, 0.0, 2.0, 2.0]])
    assert box_iou(box, np.array([[1.0, 1.0, 3.0, 3.0]])).flatten().tolist() == pytest.approx([1 / 7])
    assert box_iou(box, np.array([[2.0, 2.0, 4.0, 4.0]])).flatten().tolist() == pytest.approx([0.0])
    assert box_iou(box, np.array([[3.0, 4.0, 5.0, 6.0]])).flatten().tolist() == pytest.approx([0.0])
    assert box_iou(box, box.copy()).flatten().tolist() == pytest.approx([1.0])
    assert box_iou(box, np.array([[0.5, 0.5, 1.5, 1.5]])).flatten().tolist() == pytest.approx([0.25])


@pytest.mark.points(1)
def test_every_box_with_every_box(box_iou):
    """row i, column j: box i of the first with box j of the second"""
    a = np.array([[0.0, 0.0, 2.0, 2.0], [-3.0, 0.0, 0.0, 1.0]])
    b = np.array([[0.5, 0.0, 2.0, 1.0], [-1.0, 0.0, 1.0, 1.0], [5.0, 5.0, 6.0, 6.0]])
    assert box_iou(a, b).shape == (2, 3)
    assert box_iou(a, b).flatten().tolist() == pytest.approx([0.375, 0.2, 0.0, 0.0, 0.25, 0.0])


@pytest.mark.points(0.75)
def test_what_is_no_box(box_iou):
    """x2 < x1, y2 < y1, or an array that is not (n, 4): ValueError; no box at all is fine"""
    box = np.array([[0.0, 0.0, 2.0, 2.0]])
    two = np.array([[0.0, 0.0, 2.0, 2.0], [0.0, 0.0, 1.0, 1.0]])
    assert box_iou(two, np.array([[1.0, 0.0, 2.0, 3.0], [0.0, 0.0, 2.0, 2.0]])).flatten().tolist() == pytest.approx(
        [0.4, 1.0, 0.0, 0.25]
    )
    assert box_iou(np.zeros((0, 4)), box).shape == (0, 1)
    with pytest.raises(ValueError):
        box_iou(box, np.array([[2.0, 0.0, 0.0, 2.0]]))
    with pytest.raises(ValueError):
        box_iou(np.array([[2.0, 0.0, 0.0, 2.0]]), box)
    with pytest.raises(ValueError):
        box_iou(box, np.array([[0.0, 2.0, 2.0, 0.0]]))
    with pytest.raises(ValueError):
        box_iou(box, np.zeros(4))
