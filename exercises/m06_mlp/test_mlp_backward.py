"""What mlp_backward must do, in examples. `pytest test_mlp_backward.py` runs them."""

import numpy as np
import pytest

SIGMOID_1 = 0.7310585786300049


def identity():
    """A network of identities: two inputs, two hidden units, two classes; new arrays every time."""
    return {"W1": np.eye(2), "b1": np.zeros(2), "W2": np.eye(2), "b2": np.zeros(2)}


def uneven():
    """Three inputs, two hidden units, two classes; for x = [1, -1, 2] the logits are log 3, 0: softmax is 3/4, 1/4."""
    return {
        "W1": np.array([[1.0, 0.0, 1.0], [0.0, 1.0, -1.0]]),
        "b1": np.array([1.0, 0.0]),
        "W2": np.array([[1.0, 2.0], [1.0, -3.0]]),
        "b2": np.array([np.log(3), 0.0]),
    }


@pytest.mark.points(3)
def test_one_sample(mlp_backward):
    """the example of the statement: all four gradients"""
    x, y = np.array([[1.0, 2.0]]), np.array([0])
    p = SIGMOID_1
    assert mlp_backward(x, y, identity())["b2"].tolist() == pytest.approx([-p, p])
    assert mlp_backward(x, y, identity())["W2"].flatten().tolist() == pytest.approx([-p, -2 * p, p, 2 * p])
    assert mlp_backward(x, y, identity())["b1"].tolist() == pytest.approx([-p, p])
    assert mlp_backward(x, y, identity())["W1"].flatten().tolist() == pytest.approx([-p, -2 * p, p, 2 * p])


@pytest.mark.points(2)
def test_a_unit_that_is_off(mlp_backward):
    """a hidden unit that is off passes no gradient on"""
    x, y = np.array([[1.0, -1.0, 2.0]]), np.array([1])
    assert mlp_backward(x, y, uneven())["b2"].tolist() == pytest.approx([0.75, -0.75])
    assert mlp_backward(x, y, uneven())["W2"].flatten().tolist() == pytest.approx([3.0, 0.0, -3.0, 0.0])
    assert mlp_backward(x, y, uneven())["b1"].tolist() == pytest.approx([0.0, 0.0])
    other = {**uneven(), "W2": np.array([[1.0, 2.0], [2.0, -3.0]]), "b2": np.array([4.0, 0.0])}
    assert mlp_backward(x, y, other)["b1"].tolist() == pytest.approx([-0.5, 0.0])
    assert mlp_backward(x, y, other)["W1"].flatten().tolist() == pytest.approx([-0.5, 0.5, -1.0, 0.0, 0.0, 0.0])


@pytest.mark.points(1)
def test_the_mean_over_samples(mlp_backward):
    """the loss is a mean: a sample twice has the gradients of the sample once"""
    x, y = np.array([[1.0, 2.0], [1.0, 2.0]]), np.array([0, 0])
    p = SIGMOID_1
    assert mlp_backward(x, y, identity())["b2"].tolist() == pytest.approx([-p, p])
    assert mlp_backward(x, np.array([0, 1]), identity())["b2"].tolist() == pytest.approx([0.5 - p, p - 0.5])
