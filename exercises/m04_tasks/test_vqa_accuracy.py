"""What vqa_accuracy must do, in examples. `pytest test_vqa_accuracy.py` runs them."""

import pytest


@pytest.mark.points(1.5)
def test_worked_examples(vqa_accuracy):
    """by how many of the ten agree: none, one, two, three, four, all"""
    assert vqa_accuracy("cat", ["dog"] * 10) == pytest.approx(0.0, abs=1e-9)
    assert vqa_accuracy("cat", ["cat"] + ["dog"] * 9) == pytest.approx(0.3)
    assert vqa_accuracy("cat", ["cat"] * 2 + ["dog"] * 8) == pytest.approx(0.6)
    assert vqa_accuracy("cat", ["cat"] * 3 + ["dog"] * 7) == pytest.approx(0.9)
    assert vqa_accuracy("cat", ["cat"] * 4 + ["dog"] * 6) == pytest.approx(1.0)
    assert vqa_accuracy("cat", ["cat"] * 10) == pytest.approx(1.0)


@pytest.mark.points(1)
def test_what_matches(vqa_accuracy):
    """blanks around an answer and its case do not count; blanks inside and punctuation do"""
    assert vqa_accuracy("cat", ["Cat "] * 3 + ["dog"] * 7) == pytest.approx(0.9)
    assert vqa_accuracy(
        " TWO dogs", ["two dogs", "two  dogs", "two dogs.", "two dogs.", "two dogs bark"] + ["one"] * 5
    ) == pytest.approx(0.3)


@pytest.mark.points(0.5)
def test_ten_people(vqa_accuracy):
    """not ten answers: ValueError"""
    assert vqa_accuracy("a", ["a"] * 10) == pytest.approx(1.0)
    assert vqa_accuracy("a", ["b"] * 7 + ["a"] * 3) == pytest.approx(0.9)
    with pytest.raises(ValueError):
        vqa_accuracy("a", ["a"] * 9)
    with pytest.raises(ValueError):
        vqa_accuracy("a", ["a"] * 11)
