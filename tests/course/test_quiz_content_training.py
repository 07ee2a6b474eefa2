"""What the quizzes of m07_optimization to m10_rnn teach is so."""

import itertools
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from winnow.quiz.kinds import KINDS

sys.path.append(str(Path(__file__).parent))
sys.path.append(str(Path(__file__).parents[2] / "solutions" / "m07_optimization"))
import quiz_runs
from quizzes import answer, quiz_and_key

# What optimisers do


def stepped(make, start, gradients):
    parameter = torch.tensor(float(start), requires_grad=True)
    optimizer = make([parameter])
    for gradient in gradients:
        parameter.grad = torch.tensor(float(gradient))
        optimizer.step()
    return parameter.item()


@pytest.mark.parametrize(("first", "second"), [(2, 5), (6, 1)])
def test_two_steps_of_momentum_are_those_of_torch(first, second):
    after = stepped(lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9), 5, [first, second])
    assert after == pytest.approx(answer("two_steps_of_momentum", {"first": first, "second": second}))


@pytest.mark.parametrize(("gradient", "rate"), [(2, 0.1), (4, 0.3)])
def test_the_first_step_of_adam_is_that_of_torch(gradient, rate):
    after = stepped(lambda p: torch.optim.Adam(p, lr=rate, eps=0.5), 1, [gradient])
    assert after == pytest.approx(answer("first_step_of_adam", {"gradient": gradient, "rate": rate}))


def trained(order):
    """The weight after one step in this order, or None where the order cannot run."""
    weight = torch.nn.Parameter(torch.tensor([3.0]))
    weight.grad = torch.tensor([-60.0])
    optimizer = torch.optim.SGD([weight], lr=0.1)
    kept = {}
    lines = {
        "a": optimizer.step,
        "b": lambda: torch.nn.utils.clip_grad_norm_([weight], 1.0),
        "c": lambda: kept["loss"].backward(),
        "d": optimizer.zero_grad,
        "e": lambda: kept.update(loss=((kept["output"] - 1) ** 2).sum()),
        "f": lambda: kept.update(output=weight * 3),
    }
    try:
        for label in order:
            lines[label]()
    except KeyError:
        return None
    return weight.item()


def test_exactly_the_orders_that_clip_the_new_gradient_and_use_it_are_right():
    question, key = quiz_and_key("step_with_clipping")
    kind = KINDS["ordering"]
    orders = list(itertools.permutations("abcdef"))
    right = {order for order in orders if kind.mark(question, key, order, {}).share == 1}
    works = {order for order in orders if trained(order) == pytest.approx(3.0 - 0.1 * 1.0)}
    assert right == works
    assert len(right) == 3


def test_the_noise_of_a_mean_falls_with_the_root_of_the_batch():
    gradients = np.random.default_rng(0).normal(size=(4000, 512))
    small, large = gradients[:, :32].mean(axis=1).std(), gradients.mean(axis=1).std()
    assert large / small == pytest.approx(answer("noise_of_a_batch", {"small": 32, "large": 512, "spread": 1}), rel=0.1)


def test_inverted_dropout_keeps_the_mean_and_not_the_variance():
    torch.manual_seed(0)
    x = torch.rand(64)
    dropout = torch.nn.Dropout(0.75)
    sums = torch.stack([dropout(x).sum() for _ in range(4000)])
    assert sums.mean().item() == pytest.approx(x.sum().item(), rel=0.02)
    assert torch.equal(dropout.eval()(x), x)
    assert sums.std() > 1
    assert answer("why_dropout_scales") == "b"


def test_the_curves_are_told_apart_by_what_the_picture_says_of_them():
    paths = {name: quiz_runs.run(make, 30) for name, make in quiz_runs.PATHS.items()}
    speeds = {name: np.abs(np.diff(path, axis=0)) for name, path in paths.items()}
    turns = {name: (np.diff(np.sign(path[:20, 1])) != 0).sum() for name, path in paths.items()}
    assert speeds["A"][0, 0] == pytest.approx(speeds["A"][0, 1])
    assert turns["B"] == 19
    assert turns["A"] < turns["C"] < 6
    assert paths["C"][:, 0].max() > 1 > 0 > paths["B"][:, 0].max()
    losses = {name: quiz_runs.losses(quiz_runs.run(make, 40)) for name, make in quiz_runs.LOSSES.items()}
    assert losses["D"].argmin() == 8
    said = {name: (values[0].round(), values[-1].round()) for name, values in losses.items()}
    assert said == {"D": (103, 139), "E": (103, 0), "F": (103, 50)}
    assert losses["D"].min().round() == 81
    assert losses["E"][10].round() == 8
    optimisers = {"1": "B", "2": "C", "3": "A", "4": "F", "5": "D"}
    assert {number: letter.upper() for number, letter in answer("which_run").items()} == optimisers
    assert (
        quiz_runs.LOSSES["F"]([torch.zeros(1)]).defaults["lr"] < quiz_runs.LOSSES["E"]([torch.zeros(1)]).defaults["lr"]
    )
