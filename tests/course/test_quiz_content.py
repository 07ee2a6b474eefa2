"""What the quizzes of the course teach is so."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import torch

from winnow.course import load
from winnow.quiz import bank
from winnow.quiz.kinds import KINDS

COURSE = load(Path(__file__).parents[2])


def quiz_and_key(name):
    """The question of this id, and its key."""
    for module in bank.modules(COURSE):
        quiz = bank.quiz(COURSE, module)
        if question := quiz.question(name):
            return question, bank.keys(COURSE, quiz)[name]
    raise AssertionError(f"there is no question {name}")


def answer(name, values=None):
    question, key = quiz_and_key(name)
    return KINDS[question.kind].best(question, key, values or {})


# What pandas does


@pytest.fixture
def table():
    return pd.DataFrame({"k": ["a", "a", np.nan, "b"], "v": [1.0, np.nan, 3.0, np.nan]})


def test_groupby_leaves_missing_keys_out_of_size_and_gives_them_nan_in_transform(table):
    groups = table.groupby("k")
    holds = {
        "a": groups.size().sum() == 3,
        "b": groups.size()["a"] == 1,
        "c": len(groups["v"].transform("sum")) < len(table),
        "d": bool(groups["v"].transform("sum").isna()[2]),
        "e": False,  # Warnings are errors in these tests, and there was none.
    }
    assert answer("groupby_defaults") == tuple(label for label, held in holds.items() if held)


@pytest.mark.parametrize("values", [{"rows": 40, "keys": 3, "values": 8}, {"rows": 57, "keys": 6, "values": 12}])
def test_count_counts_values_of_rows_with_a_key(values):
    frame = pd.DataFrame({"k": ["x", "y", "z", "z"] * 15, "v": 1.0})[: values["rows"]]
    frame.loc[: values["keys"] - 1, "k"] = np.nan
    frame.loc[values["keys"] : values["keys"] + values["values"] - 1, "v"] = np.nan
    assert frame.groupby("k")["v"].count().sum() == answer("rows_counted", values)


def test_a_sum_of_missing_values_is_zero_in_pandas(table):
    question, _ = quiz_and_key("sum_of_missing")
    assert table.groupby("k")["v"].sum()["b"] == 0
    assert question.choices[answer("sum_of_missing")].startswith("0 in pandas")


def test_the_accepted_argument_keeps_missing_keys(table):
    assert answer("keep_missing_keys") == "dropna=False"
    for kept in (False, 0):
        assert table.groupby("k", dropna=kept).size().tolist() == [2, 1, 1]
    question, key = quiz_and_key("keep_missing_keys")
    assert KINDS[question.kind].mark(question, key, "dropna='False'", {}).misconceptions == ("false_in_quotes",)
    assert table.groupby("k", dropna="False").size().tolist() == [2, 1]


def test_an_unused_category_has_size_and_sum_zero_and_no_mean():
    frame = pd.DataFrame({"k": pd.Categorical(["x", "y"], categories=["x", "y", "z"]), "v": [1, 2]})
    row = frame.groupby("k", observed=False)["v"].agg(["size", "sum", "mean"]).loc["z"]
    assert (row["size"], row["sum"]) == (0, 0)
    assert np.isnan(row["mean"])
    question, _ = quiz_and_key("unused_category")
    assert question.choices[answer("unused_category")] == "size 0, sum 0, mean NaN"


# What losses do


@pytest.mark.parametrize("values", [{"first": 3, "guess": 2.5, "third": 5}, {"first": 4, "guess": 1.5, "third": 7}])
def test_the_mae_by_hand_is_that_of_numpy(values):
    y = np.array([values["first"], 5, 2, 7])
    guess = np.array([values["guess"], 5, values["third"], 7])
    assert np.abs(y - guess).mean() == pytest.approx(answer("mae_by_hand", values))


def test_the_median_is_the_best_constant_under_the_mae():
    y = np.array([1, 2, 3, 4, 100.0])
    constants = np.arange(0, 101, 0.5)
    best = constants[np.abs(y[:, None] - constants).mean(axis=0).argmin()]
    assert best == np.median(y)
    assert answer("best_constant") == "median"
    assert {"중앙값", "中位數", "empirical median"} <= set(quiz_and_key("best_constant")[1].accepted)


def test_which_changes_reach_the_mae():
    rng = np.random.default_rng(0)
    y, guess = rng.normal(size=(2, 9))
    order = np.roll(np.arange(9), 1)
    changed = {
        "a": (y + 3, guess + 3),
        "b": (-2 * y, -2 * guess),
        "c": (y[order], guess[order]),
        "d": (y, guess[order]),
        "e": (guess, y),
    }
    before = np.abs(y - guess).mean()
    reached = tuple(label for label, (a, b) in changed.items() if not np.isclose(np.abs(a - b).mean(), before))
    assert reached == answer("changes_the_mae")


def test_the_share_of_an_outlier():
    residuals = np.array([1.0] * 9 + [10.0])
    share = residuals[-1] ** 2 / (residuals**2).sum()
    assert share == pytest.approx(answer("share_of_an_outlier", {"inliers": 9, "residual": 10}))


def test_each_likelihood_leads_to_its_loss():
    y, guess = torch.tensor([0.5, -1.0, 2.0]), torch.tensor([0.0, 1.0, 1.5])
    gaussian = -torch.distributions.Normal(guess, 1).log_prob(y).sum()
    laplace = -torch.distributions.Laplace(guess, 1).log_prob(y).sum()
    constants = 3 * torch.log(torch.tensor([2 * torch.pi])).sqrt() ** 2 / 2, 3 * torch.log(torch.tensor(2.0))
    assert torch.isclose(gaussian - constants[0], 0.5 * ((y - guess) ** 2).sum())
    assert torch.isclose(laplace - constants[1], (y - guess).abs().sum())
    logits, label = torch.tensor([[1.0, 2.0, -1.0]]), torch.tensor([1])
    softmax = torch.exp(logits)[0, 1] / torch.exp(logits).sum()
    assert torch.isclose(-softmax.log(), torch.nn.functional.cross_entropy(logits, label))
    question, key = quiz_and_key("loss_of_a_likelihood")
    assert [question.matches[key.pairs[number]] for number in "123"] == [
        "mean squared error", "mean absolute error", "cross-entropy",
    ]  # fmt: skip


def test_only_one_variance_for_all_makes_the_likelihood_a_squared_error():
    y = torch.tensor([0.0, 10.0])
    constants = torch.linspace(0, 10, 101)
    equal = [-torch.distributions.Normal(c, torch.tensor([1.0, 1.0])).log_prob(y).sum() for c in constants]
    unequal = [-torch.distributions.Normal(c, torch.tensor([1.0, 3.0])).log_prob(y).sum() for c in constants]
    assert constants[int(torch.stack(equal).argmin())] == pytest.approx(5.0)
    assert constants[int(torch.stack(unequal).argmin())] == pytest.approx(1.0)


# What networks do


def test_the_shape_of_a_weight():
    question, _ = quiz_and_key("shape_of_a_weight")
    shape = tuple(torch.nn.Linear(784, 256).weight.shape)
    assert question.choices[answer("shape_of_a_weight")] == f"`{shape}`"


@pytest.mark.parametrize(("inputs", "hidden", "outputs"), [(784, 256, 10), (20, 16, 3)])
def test_the_parameters_of_an_mlp(inputs, hidden, outputs):
    network = torch.nn.Sequential(torch.nn.Linear(inputs, hidden), torch.nn.ReLU(), torch.nn.Linear(hidden, outputs))
    count = sum(parameter.numel() for parameter in network.parameters())
    assert count == answer("parameters_of_an_mlp", {"inputs": inputs, "hidden": hidden, "outputs": outputs})


def test_linear_layers_collapse_into_one_with_a_bias():
    torch.manual_seed(0)
    layers = [torch.nn.Linear(a, b, dtype=torch.float64) for a, b in ((64, 128), (128, 128), (128, 10))]
    one = torch.nn.Linear(64, 10, dtype=torch.float64)
    first, second, third = layers
    with torch.no_grad():
        one.weight.copy_(third.weight @ second.weight @ first.weight)
        one.bias.copy_(third(second(first.bias)))
    x = torch.randn(5, 64, dtype=torch.float64)
    assert torch.allclose(torch.nn.Sequential(*layers)(x), one(x))
    assert one.bias.abs().max() > 0.01
    question, _ = quiz_and_key("depth_without_activation")
    assert question.choices[answer("depth_without_activation")] == "one layer from 64 to 10, with a bias"


def test_what_keeps_the_graph():
    weights = torch.randn(3, 3, requires_grad=True)
    h = weights * 2
    after = {
        "a": torch.where(h > 0, h, 0.0),
        "b": h.detach(),
        "c": torch.tensor(h.tolist()),
        "d": h @ h.T,
        "e": h.clone(),
    }
    assert tuple(label for label, tensor in after.items() if tensor.requires_grad) == answer("keeps_the_graph")


@pytest.mark.parametrize("order", ["edcba", "decba", "ecdba"])
def test_every_order_of_a_training_step_that_works_is_right(order):
    question, key = quiz_and_key("one_training_step")
    kind = KINDS["ordering"]
    assert kind.mark(question, key, kind.parse(question, order), {}).share == 1
    assert trained(order) == pytest.approx(trained("edcba"))


@pytest.mark.parametrize("order", ["ecbda", "ecbad"])
def test_an_order_that_loses_or_mixes_gradients_is_wrong(order):
    question, key = quiz_and_key("one_training_step")
    kind = KINDS["ordering"]
    assert kind.mark(question, key, kind.parse(question, order), {}).share < 1
    assert trained(order) != pytest.approx(trained("edcba"))


def trained(order):
    """The weight after one step in this order, when the gradient of another batch is still there."""
    weight = torch.nn.Parameter(torch.tensor(1.0))
    weight.grad = torch.tensor(7.0)
    optimizer = torch.optim.SGD([weight], lr=0.1)
    kept = {}
    for label in order:
        if label == "e":
            kept["logits"] = weight * 3
        elif label == "c":
            kept["loss"] = (kept["logits"] - 1) ** 2
        elif label == "b":
            kept["loss"].backward()
        elif label == "a":
            optimizer.step()
        else:
            optimizer.zero_grad()
    return weight.item()


def test_each_mistake_shows_its_symptom():
    torch.manual_seed(0)
    logits = torch.randn(4, 6)
    assert (torch.relu(logits) >= 0).all()
    assert not torch.allclose(torch.relu(logits).sum(dim=1), torch.ones(4))
    assert torch.allclose(logits.softmax(dim=1).sum(dim=1), torch.ones(4))
    bias = torch.randn(6)
    with pytest.raises(RuntimeError):
        logits + bias[:, None]
    assert (torch.randn(6, 6) + bias[:, None]).shape == (6, 6)
    without = torch.nn.Sequential(torch.nn.Linear(3, 5, bias=False), torch.nn.ReLU(), torch.nn.Linear(5, 2, bias=False))
    assert not without(torch.zeros(1, 3)).any()
