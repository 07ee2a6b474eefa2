"""What optimizer_step must do, in examples. `pytest test_optimizer_step.py` runs them."""

import numpy as np
import pytest

from winnow.checks import driver


@driver(
    shows="optimizer_step({params}, {grads}, {{}}, {kind}, {lr}, **{options})"
    "  # the parameters after step {times}, of the same gradient each time"
)
def steps(optimizer_step, params, grads, kind, lr, times, **options):
    state = {}
    for _ in range(times):
        params, state = optimizer_step(params, grads, state, kind, lr, **options)
    return params


def one(*values):
    return np.array(values)


@pytest.mark.points(1.5)
def test_sgd(optimizer_step):
    """sgd: p - lr·g"""
    assert steps(optimizer_step, one(1.0), one(2.0), "sgd", 0.1, 1).tolist() == pytest.approx([0.8])
    assert steps(optimizer_step, one(1.0, 0.0), one(2.0, -1.0), "sgd", 0.5, 2).tolist() == pytest.approx([-1.0, 1.0])


@pytest.mark.points(1.5)
def test_momentum(optimizer_step):
    """momentum: v is beta·v + g, and the step is lr·v"""
    assert steps(optimizer_step, one(1.0), one(2.0), "momentum", 0.1, 1).tolist() == pytest.approx([0.8])
    assert steps(optimizer_step, one(1.0), one(2.0), "momentum", 0.1, 2).tolist() == pytest.approx([0.42])
    assert steps(optimizer_step, one(1.0), one(2.0), "momentum", 0.1, 3, beta=0.5).tolist() == pytest.approx([0.15])


@pytest.mark.points(1.5)
def test_rmsprop_and_adam(optimizer_step):
    """rmsprop and adam divide by the root of a mean square, and adam corrects its bias"""
    assert steps(optimizer_step, one(1.0), one(2.0), "rmsprop", 0.1, 1, rho=0.75).tolist() == pytest.approx([0.8])
    assert steps(optimizer_step, one(1.0), one(2.0), "rmsprop", 0.1, 1).tolist() == pytest.approx([0.0], abs=1e-6)
    assert steps(optimizer_step, one(1.0), one(2.0), "adam", 0.1, 1).tolist() == pytest.approx([0.9])
    assert steps(optimizer_step, one(1.0), one(-3.0), "adam", 0.1, 3).tolist() == pytest.approx([1.3])


@pytest.mark.points(1.5)
def test_what_is_refused(optimizer_step):
    """another kind, lr that is not above 0, different shapes: ValueError"""
    assert steps(optimizer_step, one(3.0), one(1.0), "sgd", 1.0, 3).tolist() == pytest.approx([0.0])
    assert steps(optimizer_step, one(3.0), one(0.0), "momentum", 1.0, 1).tolist() == pytest.approx([3.0])
    with pytest.raises(ValueError):
        steps(optimizer_step, one(1.0), one(2.0), "adagrad", 0.1, 1)
    with pytest.raises(ValueError):
        steps(optimizer_step, one(1.0), one(2.0), "sgd", 0.0, 1)
    with pytest.raises(ValueError):
        steps(optimizer_step, one(1.0), one(2.0, 3.0), "sgd", 0.1, 1)
