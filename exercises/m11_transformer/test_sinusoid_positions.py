"""What sinusoid_positions must do, in examples. `pytest test_sinusoid_positions.py` runs them."""

import numpy as np
import pytest


@pytest.mark.points(1.5)
def test_worked_examples(sinusoid_positions):
    """the example of the statement, a third position, and one pair alone"""
    first, second = [0.0, 1.0, 0.0, 1.0], [0.8414709848078965, 0.5403023058681398, 0.009999833334166664, 0.99995]
    assert sinusoid_positions(2, 4).shape == (2, 4)
    assert sinusoid_positions(2, 4).flatten().tolist() == pytest.approx(first + second, abs=1e-7)
    assert sinusoid_positions(3, 2)[2].tolist() == pytest.approx([np.sin(2.0), np.cos(2.0)])


@pytest.mark.points(0.75)
def test_frequencies(sinusoid_positions):
    """pair i has the frequency 10000^(-2i/dim), for sine and cosine alike"""
    angles = [1.0, 10000 ** (-1 / 3), 10000 ** (-2 / 3)]
    assert sinusoid_positions(2, 6)[1, 0::2].tolist() == pytest.approx(np.sin(angles).tolist())
    assert sinusoid_positions(2, 6)[1, 1::2].tolist() == pytest.approx(np.cos(angles).tolist())


@pytest.mark.points(0.75)
def test_what_is_refused(sinusoid_positions):
    """an odd dim, one below 2, a length below 0: ValueError; no position is fine"""
    assert sinusoid_positions(0, 4).shape == (0, 4)
    assert sinusoid_positions(1, 2).flatten().tolist() == pytest.approx([0.0, 1.0])
    with pytest.raises(ValueError):
        sinusoid_positions(3, 5)
    with pytest.raises(ValueError):
        sinusoid_positions(3, 0)
    with pytest.raises(ValueError):
        sinusoid_positions(-1, 4)
