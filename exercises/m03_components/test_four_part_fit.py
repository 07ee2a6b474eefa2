"""What four_part_fit must do, in examples. `pytest test_four_part_fit.py` runs them."""

import pytest
from torch import tensor

from winnow.checks import driver


@driver(
    shows="four_part_fit({data}, lambda p, x: p[0] * x, lambda out, y: ((out - y) ** 2).mean(), "
    "lambda p, g: [p[0] - {rate} * g[0]], [{w}], {steps}, lambda out, y: (out - y).abs().mean())"
)
def line(four_part_fit, data, w, steps, rate=0.1):
    return four_part_fit(
        data,
        lambda params, x: params[0] * x,
        lambda prediction, y: ((prediction - y) ** 2).mean(),
        lambda params, grads: [p - rate * g for p, g in zip(params, grads, strict=True)],
        [w],
        steps,
        lambda prediction, y: (prediction - y).abs().mean(),
    )


def one_batch():
    """The data of the statement; new every time."""
    return [(tensor([1.0, 2.0]), tensor([2.0, 4.0]))]


@pytest.mark.points(3)
def test_worked_example(four_part_fit):
    """two steps on one batch: what is noted, and where it ends"""
    assert line(four_part_fit, one_batch(), tensor(0.0), 2)["loss"] == pytest.approx([10.0, 2.5])
    assert line(four_part_fit, one_batch(), tensor(0.0), 2)["metric"] == pytest.approx([3.0, 1.5])
    assert [one.item() for one in line(four_part_fit, one_batch(), tensor(0.0), 2)["params"]] == pytest.approx([1.5])
    assert line(four_part_fit, one_batch(), tensor(2.0), 1)["loss"] == pytest.approx([0.0])


@pytest.mark.points(1.5)
def test_batches_in_turn(four_part_fit):
    """step t takes batch t mod len(data)"""
    data = [*one_batch(), (tensor([1.0]), tensor([0.0]))]
    assert line(four_part_fit, data, tensor(0.0), 3)["loss"] == pytest.approx([10.0, 1.0, 3.6])
    assert [one.item() for one in line(four_part_fit, data, tensor(0.0), 2)["params"]] == pytest.approx([0.8])


@pytest.mark.points(1.5)
def test_what_is_refused(four_part_fit):
    """no batch, or a negative number of steps: ValueError; no step at all is fine"""
    assert list(line(four_part_fit, one_batch(), tensor(3.0), 0)["loss"]) == []
    assert [one.item() for one in line(four_part_fit, one_batch(), tensor(3.0), 0)["params"]] == pytest.approx([3.0])
    with pytest.raises(ValueError):
        line(four_part_fit, [], tensor(0.0), 2)
    with pytest.raises(ValueError):
        line(four_part_fit, one_batch(), tensor(0.0), -1)
