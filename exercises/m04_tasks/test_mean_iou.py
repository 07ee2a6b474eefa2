"""What mean_iou must do, in examples. `pytest test_mean_iou.py` runs them."""

import numpy as np
import pytest


@pytest.mark.points(1.25)
def test_worked_examples(mean_iou):
    """the mean over the classes that occur, of intersection over union"""
    assert mean_iou(np.array([0, 0, 1, 1]), np.array([0, 1, 1, 1]), 3) == pytest.approx(0.5833333333333334)
    assert mean_iou(np.array([[0, 1], [2, 2]]), np.array([[0, 1], [2, 2]]), 3) == pytest.approx(1.0)
    assert mean_iou(np.array([2, 2]), np.array([0, 2]), 4) == pytest.approx(0.25)


@pytest.mark.points(1)
def test_ignored_pixels(mean_iou):
    """where `true` is ignore_index, the pixel is as if it were not there"""
    assert mean_iou(np.array([0, 1, 7]), np.array([0, 1, 255]), 2, ignore_index=255) == pytest.approx(1.0)
    assert mean_iou(np.array([1, 1, 1, 0]), np.array([1, 1, 0, -1]), 2, ignore_index=-1) == pytest.approx(1 / 3)
    assert mean_iou(np.array([0, 0, 1]), np.array([0, 1, 1]), 2, ignore_index=0) == pytest.approx(0.25)


@pytest.mark.points(0.75)
def test_what_cannot_be_averaged(mean_iou):
    """different shapes, a label that is no class, no class left: ValueError"""
    assert mean_iou(np.array(1), np.array(1), 2) == pytest.approx(1.0)
    assert mean_iou(np.array([0, 1]), np.array([1, 0]), 2) == pytest.approx(0.0, abs=1e-9)
    with pytest.raises(ValueError):
        mean_iou(np.array([0, 1]), np.array([[0], [1]]), 2)
    with pytest.raises(ValueError):
        mean_iou(np.array([0, 7]), np.array([0, 1]), 2)
    with pytest.raises(ValueError):
        mean_iou(np.array([0, 2]), np.array([0, 1]), 2)
    with pytest.raises(ValueError):
        mean_iou(np.array([5, 7]), np.array([9, 9]), 2, ignore_index=9)
