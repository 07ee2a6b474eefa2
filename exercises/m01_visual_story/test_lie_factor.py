"""What lie_factor must do, in examples. `pytest test_lie_factor.py` runs them."""

import pytest


@pytest.mark.points(1.5)
def test_lengths(lie_factor):
    """a change that is drawn as a length: the fuel economy in the statement, and three more"""
    assert lie_factor(18, 27.5, 0.6, 5.3) == pytest.approx(14.842105263157897)
    assert lie_factor(100, 50, 10, 5) == pytest.approx(1.0)
    assert lie_factor(10, 15, 2, 4) == pytest.approx(2.0)
    assert lie_factor(4, 6, 4, 2) == pytest.approx(-1.0)


@pytest.mark.points(0.75)
def test_areas_and_volumes(lie_factor):
    """a length that stands for an area grows with its square, one that stands for a volume with its cube"""
    assert lie_factor(2, 3, 1, 3, dimension=2) == pytest.approx(16.0)
    assert lie_factor(1, 2, 1, 2, dimension=2) == pytest.approx(3.0)
    assert lie_factor(1, 2, 1, 2, dimension=3) == pytest.approx(7.0)


@pytest.mark.points(0.75)
def test_what_has_no_lie_factor(lie_factor):
    """data that start at 0 or do not change, a length of 0, a fourth dimension: ValueError"""
    assert lie_factor(1, 2, 1, 2) == pytest.approx(1.0)
    assert lie_factor(1, 2, 3, 3) == pytest.approx(0.0, abs=1e-9)
    with pytest.raises(ValueError):
        lie_factor(0, 2, 1, 2)
    with pytest.raises(ValueError):
        lie_factor(2, 2, 1, 2)
    with pytest.raises(ValueError):
        lie_factor(1, 2, 0, 2)
    with pytest.raises(ValueError):
        lie_factor(1, 2, 1, 2, dimension=4)
