"""What conv_arith must do, in examples. `pytest test_conv_arith.py` runs them."""

import pytest


@pytest.mark.points(1.5)
def test_worked_examples(conv_arith):
    """the example of the statement, no layer at all, and one layer"""
    assert tuple(conv_arith(32, 3, [(8, 3, 1, 1), (None, 2, 2, 0), (16, 3, 1, 1)])) == (16, 1392, 8)
    assert tuple(conv_arith(32, 3, [])) == (32, 0, 1)
    assert tuple(conv_arith(28, 1, [(6, 5, 1, 2)])) == (28, 156, 5)


@pytest.mark.points(0.75)
def test_strides(conv_arith):
    """a stride halves the size, rounded down, and what comes after sees twice as far"""
    assert tuple(conv_arith(32, 1, [(1, 3, 1, 0), (1, 3, 2, 0), (1, 3, 1, 0)])) == (12, 30, 9)
    assert tuple(conv_arith(7, 2, [(None, 2, 2, 0)])) == (3, 0, 2)


@pytest.mark.points(0.75)
def test_nothing_left(conv_arith):
    """a size below 1 is a ValueError that names the layer by its index; one of 1 is none"""
    assert tuple(conv_arith(5, 1, [(1, 5, 1, 0)])) == (1, 26, 5)
    assert tuple(conv_arith(8, 1, [(None, 2, 2, 0)] * 3)) == (1, 0, 8)
    with pytest.raises(ValueError, match=r"(?<!\d)0(?!\d)"):  # names layer 0
        conv_arith(5, 1, [(1, 6, 1, 0)])
    with pytest.raises(ValueError, match=r"(?<!\d)2(?!\d)"):  # names layer 2
        conv_arith(5, 1, [(4, 3, 1, 0), (None, 3, 3, 0), (None, 7, 1, 0)])
