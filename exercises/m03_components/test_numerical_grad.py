"""What numerical_grad must do, in examples. `pytest test_numerical_grad.py` runs them."""

import numpy as np
import pytest

from winnow.checks import driver


@driver(shows="numerical_grad(lambda v: float(np.sum(v**2)), {x})")
def of_squares(numerical_grad, x):
    import numpy as np

    return numerical_grad(lambda v: float(np.sum(v**2)), x)


@driver(shows="numerical_grad(lambda v: float(np.prod(v)), {x}, h={h})")
def of_product(numerical_grad, x, h):
    import numpy as np

    return numerical_grad(lambda v: float(np.prod(v)), x, h=h)


@pytest.mark.points(1.5)
def test_worked_examples(numerical_grad):
    """the gradient of a sum of squares, and of a product"""
    assert of_squares(numerical_grad, np.array([1.0, -2.0])).tolist() == pytest.approx([2.0, -4.0], abs=1e-5)
    assert of_product(numerical_grad, np.array([[2.0, 3.0]]), 1e-5)[0].tolist() == pytest.approx([3.0, 2.0], abs=1e-5)
    assert of_squares(numerical_grad, np.array([0.5, 0.0, 3.0])).tolist() == pytest.approx([1.0, 0.0, 6.0], abs=1e-5)


@pytest.mark.points(0.75)
def test_shapes(numerical_grad):
    """the result has the shape of x; ints are converted first"""
    assert of_squares(numerical_grad, np.ones((2, 3))).shape == (2, 3)
    assert of_squares(numerical_grad, np.zeros((0, 2))).shape == (0, 2)
    assert of_squares(numerical_grad, np.array([1, -2])).tolist() == pytest.approx([2.0, -4.0], abs=1e-5)


@pytest.mark.points(0.75)
def test_steps(numerical_grad):
    """any h above 0 is used; others are a ValueError"""
    assert of_product(numerical_grad, np.array([2.0, 5.0]), 0.5).tolist() == pytest.approx([5.0, 2.0], abs=1e-9)
    assert of_product(numerical_grad, np.array([3.0]), 1.0).tolist() == pytest.approx([1.0], abs=1e-9)
    with pytest.raises(ValueError):
        of_product(numerical_grad, np.array([2.0, 5.0]), 0.0)
    with pytest.raises(ValueError):
        of_product(numerical_grad, np.array([2.0, 5.0]), -1e-5)
