"""What the quizzes of m07_optimization to m10_rnn teach is so."""

import itertools
import runpy
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from winnow.quiz.kinds import KINDS

from ..support.quizzes import ROOT, answer, quiz_and_key

RUNS = SimpleNamespace(**runpy.run_path(str(ROOT / "solutions" / "m07_optimization" / "quiz_runs.py")))

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
        "a": lambda: kept["loss"].backward(),
        "b": lambda: kept.update(loss=((kept["output"] - 1) ** 2).sum()),
        "c": optimizer.step,
        "d": optimizer.zero_grad,
        "e": lambda: kept.update(output=weight * 3),
        "f": lambda: torch.nn.utils.clip_grad_norm_([weight], 1.0),
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
    paths = {name: RUNS.run(make, 30) for name, make in RUNS.PATHS.items()}
    speeds = {name: np.abs(np.diff(path, axis=0)) for name, path in paths.items()}
    turns = {name: (np.diff(np.sign(path[:20, 1])) != 0).sum() for name, path in paths.items()}
    assert speeds["A"][0, 0] == pytest.approx(speeds["A"][0, 1])
    assert turns["B"] == 19
    assert turns["A"] < turns["C"] < 6
    assert paths["C"][:, 0].max() > 1 > 0 > paths["B"][:, 0].max()
    losses = {name: RUNS.losses(RUNS.run(make, 40)) for name, make in RUNS.LOSSES.items()}
    assert losses["D"].argmin() == 8
    said = {name: (values[0].round(), values[-1].round()) for name, values in losses.items()}
    assert said == {"D": (103, 139), "E": (103, 0), "F": (103, 50)}
    assert losses["D"].min().round() == 81
    assert losses["E"][10].round() == 8
    optimisers = {"1": "B", "2": "C", "3": "A", "4": "F", "5": "D"}
    assert {number: letter.upper() for number, letter in answer("which_run").items()} == optimisers
    assert RUNS.LOSSES["F"]([torch.zeros(1)]).defaults["lr"] < RUNS.LOSSES["E"]([torch.zeros(1)]).defaults["lr"]


# What convolutions do


@pytest.mark.parametrize(("size", "kernel"), [(64, 7), (90, 11), (200, 9)])
def test_the_size_after_a_layer_is_that_of_torch(size, kernel):
    layer = torch.nn.Conv1d(1, 1, kernel, stride=2, padding=4)
    assert layer(torch.zeros(1, 1, size)).shape[-1] == answer("size_after_a_layer", {"size": size, "kernel": kernel})


@pytest.mark.parametrize(("channels", "filters", "kernel"), [(4, 24, 3), (16, 8, 5)])
def test_the_parameters_of_a_layer_are_those_of_torch(channels, filters, kernel):
    layer = torch.nn.Conv2d(channels, filters, kernel, padding="same")
    values = {"size": 28, "channels": channels, "filters": filters, "kernel": kernel}
    assert sum(parameter.numel() for parameter in layer.parameters()) == answer("parameters_of_a_layer", values)


@pytest.mark.parametrize(("first", "stride", "second"), [(3, 2, 3), (7, 3, 5), (5, 2, 5)])
def test_three_layers_see_as_far_as_their_gradient_reaches(first, stride, second):
    layers = torch.nn.Sequential(
        torch.nn.Conv1d(1, 1, first, stride), torch.nn.Conv1d(1, 1, second, 2), torch.nn.Conv1d(1, 1, 3)
    )
    signal = torch.randn(1, 1, 200, requires_grad=True)
    layers(signal)[0, 0, 5].backward()
    places = signal.grad[0, 0].nonzero()[:, 0]
    values = {"first": first, "stride": stride, "second": second}
    assert places[-1] - places[0] + 1 == answer("sight_of_three_layers", values)


def test_what_shared_weights_bring():
    torch.manual_seed(0)
    layer = torch.nn.Conv2d(1, 1, 3, bias=False)
    image = torch.zeros(1, 1, 12, 12)
    image[..., 2:5, 2:5] = torch.rand(3, 3)
    moved = image.roll((3, 3), dims=(2, 3))
    seen, later = layer(image), layer(moved)
    holds = {
        "a": torch.allclose(seen.amax(), later.amax()),
        "b": torch.allclose(seen, later),
        "c": layer(torch.zeros(1, 1, 40, 30)).shape == (1, 1, 38, 28),
        # Shuffled, a patch of neighbours is no patch any more: its window no longer sees all of it.
        "d": torch.allclose(layer(image.flatten()[torch.randperm(144)].reshape(1, 1, 12, 12)).amax(), seen.amax()),
        "e": torch.allclose(
            torch.autograd.grad(layer(image).sum(), layer.weight)[0], image.unfold(2, 3, 1).unfold(3, 3, 1).sum((2, 3))
        ),
    }
    assert tuple(label for label, held in holds.items() if held) == answer("what_sharing_brings")


# What modern networks do


def test_the_order_of_four_ideas_is_that_of_their_weights():
    def weights(*layers):
        return sum(torch.nn.Conv2d(*layer, bias=False).weight.numel() for layer in layers)

    blocks = {
        "a": weights((256, 64, 1), (64, 64, 3), (64, 64, 3), (64, 256, 1)),
        "b": weights((256, 256, 3), (256, 256, 3)),
        "c": weights((256, 128, 1), (128, 32, 3)),
        "d": weights((256, 64, 1), (64, 256, 5)),
    }
    assert tuple(sorted(blocks, key=blocks.get, reverse=True)) == answer("weights_of_four_ideas")
    _, key = quiz_and_key("weights_of_four_ideas")
    assert all(f"{count:,}" in key.why for count in blocks.values())


@pytest.mark.parametrize(("blocks", "slope"), [(3, 0.3), (5, 0.5)])
def test_shortcuts_add_the_identity_to_the_gradient(blocks, slope):
    x = torch.tensor(1.0, dtype=torch.float64, requires_grad=True)
    y = x
    for _ in range(blocks):
        y = slope * y + y
    y.backward()
    assert x.grad.item() == pytest.approx(answer("gradient_through_shortcuts", {"blocks": blocks, "slope": slope}))


@pytest.mark.parametrize(("high", "wide"), [(9, 14), (12, 18)])
def test_a_fully_connected_layer_slides_as_a_convolution(high, wide):
    layer = torch.nn.Linear(8 * 7 * 7, 3)
    features = torch.randn(1, 8, high, wide)
    map_ = torch.nn.functional.conv2d(features, layer.weight.reshape(3, 8, 7, 7), layer.bias)
    assert map_[0, 0].numel() == answer("classifier_that_slides", {"high": high, "wide": wide})
    assert torch.allclose(map_[0, :, 1, 2], layer(features[..., 1:8, 2:9].flatten()), atol=1e-5)


def test_the_boxes_removed_are_those_of_greedy_suppression():
    left = dict(zip("abcdef", (0, 2.5, 5.5, -10 / 3, 6.5, 40), strict=True))  # All are 10 long and equally high.

    def iou(one, other):
        inter = max(0, 10 - abs(left[one] - left[other]))
        return inter / (20 - inter)

    question, _ = quiz_and_key("boxes_removed")
    said = {("a", "b"): 0.60, ("a", "d"): 0.50, ("b", "c"): 0.54, ("c", "e"): 0.82}
    for pair in itertools.combinations("abcdef", 2):
        if pair in said:
            assert round(iou(*pair), 2) == said[pair]
            assert f"{said[pair]:.2f} for {pair[0].upper()} and {pair[1].upper()}" in question.text
        else:
            assert iou(*pair) < 0.45
    stayed = []
    for box in "abcdef":
        if all(iou(box, other) <= 0.5 + 1e-12 for other in stayed):
            stayed.append(box)
    assert tuple(sorted(set("abcdef") - set(stayed))) == answer("boxes_removed")


# What recurrence does


def test_the_gradient_through_time_is_a_product():
    values = {"weight": 1.2, "slope": 0.6, "steps": 4}
    first = h = torch.tensor(0.5, dtype=torch.float64, requires_grad=True)
    for _ in range(4):
        before = 1.2 * h
        h = torch.tanh(before) + (0.6 - (1 - torch.tanh(before).detach() ** 2)) * before  # tanh with that slope
    h.backward()
    assert first.grad.item() == pytest.approx(answer("gradient_through_time", values))


def test_the_gates_do_to_a_cell_what_is_said_of_them():
    near = {"1": 1.0, "0": 0.0}
    held, candidate = 0.7, 0.2
    question, _ = quiz_and_key("what_the_gates_do")
    after = {
        number: {part[0]: near[part[-1]] for part in question.matches[letter].split(", ")}
        for number, letter in answer("what_the_gates_do").items()
    }
    cells = {number: gates["f"] * held + gates["i"] * candidate for number, gates in after.items() if "f" in gates}
    assert cells == {"1": held, "2": candidate, "3": held + candidate}
    assert after["4"] == {"o": 0.0}


@pytest.mark.parametrize("padding", [0.0, 17.0, float("nan")])
def test_two_ways_give_the_mean_over_real_steps_whatever_the_padding(padding):
    mask = torch.tensor([[True, True, True], [True, False, False]])
    loss = torch.where(mask, torch.tensor([[1.0, 2.0, 3.0], [4.0, 0.0, 0.0]]), padding)
    ways = {
        "a": (loss * mask).sum() / mask.sum(),
        "b": loss[mask].mean(),
        "c": torch.nanmean(loss),
        "d": torch.where(mask, loss, 0.0).mean(),
        "e": torch.where(mask, loss, 0.0).sum() / mask.sum(),
    }
    right = answer("mean_over_real_steps")
    assert all(ways[label] == 2.5 for label in right)
    # Each other way fails for a padding of its own.
    fails = {"a": "nan", "c": "17.0", "d": "0.0"}
    assert set(fails) | set(right) == set(ways)
    assert all(ways[label] != 2.5 for label, when in fails.items() if when == str(padding))


@pytest.mark.parametrize(("length", "step"), [(40, 135), (50, 214), (60, 333)])
def test_a_truncated_gradient_ends_at_the_cut_and_the_value_does_not(length, step):
    x = torch.zeros(400, dtype=torch.float64, requires_grad=True)
    h = torch.tensor(0.0, dtype=torch.float64)
    for t in range(1, step + 1):
        if t > 1 and (t - 1) % length == 0:
            h = h.detach()
        h = 0.99 * h + x[t - 1] + 1
    h.backward()
    reached = x.grad.nonzero()[:, 0] + 1
    assert reached[0] == answer("reach_of_a_truncated_gradient", {"length": length, "step": step})
    assert reached[-1] == step
    assert h > sum(0.99**age for age in range(len(reached)))
