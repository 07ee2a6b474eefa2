"""Hidden checks of four_part_fit."""

import pytest
import torch

from winnow.checks import call, driver, judges
from winnow.checks.recipes import asked


@driver(
    shows="four_part_fit({data}, w·x + b, mean squared error, p - {rate}·g, {params}, {steps}, mean absolute error)"
)
def line(four_part_fit, data, params, steps, rate):
    """A line, by gradient descent."""
    import torch

    fitted = four_part_fit(
        data,
        lambda params, x: params[0] * x + params[1],
        lambda prediction, y: ((prediction - y) ** 2).mean(),
        lambda params, grads: [p - rate * g for p, g in zip(params, grads, strict=True)],
        # Those that ask for gradients have a graph from here on, as what another network made.
        [1 * one for one in params],
        steps,
        lambda prediction, y: (prediction - y).abs().mean(),
    )
    kinds = [[type(one).__name__ for one in fitted[name]] for name in ("loss", "metric")]
    graphs = [isinstance(one, torch.Tensor) and one.requires_grad for one in fitted["params"]]
    parts = {name: list(fitted[name]) for name in ("params", "loss", "metric")}
    return {**parts, "kinds": kinds, "params that ask for gradients": graphs, "keys": sorted(fitted)}


@driver(shows="four_part_fit({data}, tanh(x W) v, loss, p - 0.05 sign(g) - 0.01 g, {params}, {steps}, max error)")
def network(four_part_fit, data, params, steps):
    """Four other parts: a loss that is not symmetric, and a metric that is a plain number."""
    import torch

    def loss(prediction, y):
        error = prediction - y
        return (torch.maximum(0.8 * error, -0.4 * error) ** 2).mean()

    fitted = four_part_fit(
        data,
        lambda params, x: torch.tanh(x @ params[0]) @ params[1],
        loss,
        lambda params, grads: [p - 0.05 * torch.sign(g) - 0.01 * g for p, g in zip(params, grads, strict=True)],
        params,
        steps,
        lambda prediction, y: float((prediction - y).detach().max()),
    )
    return {name: list(fitted[name]) for name in ("params", "loss", "metric")}


@driver(shows="four_part_fit({data}, model, loss, algorithm, {params}, {steps}, metric): the calls of each part")
def watched(four_part_fit, data, params, steps):
    """How often each part is called, whether the algorithm gets tensors without graph, and gradients for all."""
    from itertools import count

    import torch

    # The learner's code can put these numbers back. So the values follow from how often each part is called, too, as
    # told by generators, of which there are no copies.
    calls = {"model": 0, "loss": 0, "algorithm": 0, "metric": 0}
    models, losses, updates, metrics = kept = tuple((number for number in count(1)) for _ in calls)
    told = []

    def model(params, x):
        calls["model"] += 1
        return params[0] * x * (1 + 0.01 * next(models))

    def loss(prediction, y):
        calls["loss"] += 1
        return ((prediction - y) ** 2).mean() * (1 + 0.01 * next(losses))

    def algorithm(params, grads):
        calls["algorithm"] += 1
        plain = [isinstance(one, torch.Tensor) and not one.requires_grad for one in (*params, *grads)]
        told.append(
            [
                plain,
                [one.detach().clone() for one in params],
                [one.detach().clone() if isinstance(one, torch.Tensor) else None for one in grads],
            ]
        )
        rate = 0.1 / (1 + 0.1 * next(updates))
        return [p - rate * g for p, g in zip(params, grads, strict=True)]

    def metric(prediction, y):
        calls["metric"] += 1
        number = next(metrics)
        return number if number % 2 else prediction.new_tensor(float(number))

    fitted = four_part_fit(data, model, loss, algorithm, params, steps, metric)
    noted = {"loss": list(fitted["loss"]), "metric": [float(one) for one in fitted["metric"]]}
    noted["floats"] = [isinstance(one, float) for one in fitted["metric"]]
    # The parts may have been given others in the meantime.
    return {"calls": calls, "drawn": [next(one) for one in kept], "what algorithm got": told, **noted}


@driver(shows="what was given, after four_part_fit({data}, w·x + b, ..., {params}, {steps}, ...), requires_grad={asks}")
def owned(four_part_fit, data, params, steps, asks):
    """The given tensors, after the returned ones are overwritten: values, whether they ask for gradients, their .grad;
    and the loss."""
    import torch

    data = [(x.clone().requires_grad_(asks), y) for x, y in data]
    given = [one.clone().requires_grad_(asks) for one in params]
    if asks:
        for one in given:
            one.grad = torch.full_like(one, 7.0)
    fitted = four_part_fit(
        data,
        lambda params, x: params[0] * x + params[1],
        lambda prediction, y: ((prediction - y) ** 2).mean(),
        # The second parameter is frozen: the algorithm returns it as it got it.
        lambda params, grads: [params[0] - 0.1 * grads[0], params[1]],
        given,
        steps,
        lambda prediction, y: (prediction - y).abs().mean(),
    )
    inputs = [one for batch in data for one in batch]
    after = [one.detach().clone() for one in fitted["params"]]
    for one in fitted["params"]:
        one.detach().fill_(1000.0)
    return {
        "loss": list(fitted["loss"]),
        "params": after,
        "given params": [one.detach().clone() for one in given],
        "given params that ask for gradients": [one.requires_grad for one in given],
        "given params' .grad": [None if one.grad is None else one.grad.clone() for one in given],
        "data": [one.detach().clone() for one in inputs],
        "data grads": [one.grad is None for one in inputs],
    }


@driver(
    shows="four_part_fit({data}, the sum of x[i]·params[i].sum() where x[i] is not 0, squared error, momentum that the "
    "algorithm keeps by itself, {params}, {steps}, absolute error)"
)
def momentum(four_part_fit, data, params, steps):
    """An algorithm with a memory of its own, and a loss that uses other parameters in each step, or none."""
    import torch

    memory, dtypes = {}, []

    def algorithm(params, grads):
        after = []
        for at, (p, g) in enumerate(zip(params, grads, strict=True)):
            dtypes.append([str(p.dtype), str(g.dtype)])
            memory[at] = 0.5 * memory.get(at, torch.zeros_like(p)) + g
            after.append(p - 0.1 * memory[at])
        return tuple(after)

    fitted = four_part_fit(
        data,
        lambda params, x: sum((one * p.sum() for one, p in zip(x, params, strict=True) if one), 0 * x[0]),
        lambda prediction, y: (prediction - y) ** 2,
        algorithm,
        params,
        steps,
        lambda prediction, y: (prediction - y).abs(),
    )
    return {**{name: list(fitted[name]) for name in ("params", "loss", "metric")}, "dtypes that algorithm got": dtypes}


def batch(rng, size, dtype=torch.float64):
    x = torch.tensor(rng.uniform(0.5, 1.5, size) * rng.choice([-1.0, 1.0], size), dtype=dtype)
    return x, 2 * x + 1 + torch.tensor(0.5 * rng.normal(size=size), dtype=dtype)


def start(rng, dtype=torch.float64):
    return [torch.tensor(rng.normal(), dtype=dtype), torch.tensor(rng.normal(), dtype=dtype)]


def lines(rng):
    for batches, steps in ((1, 4), (3, 8), (2, 2)):
        yield call([batch(rng, 4) for _ in range(batches)], start(rng), steps, 0.1)
    yield call([batch(rng, 3, torch.float32)], start(rng, torch.float32), 5, 0.2)
    # A loss that rises, one that leaves all numbers behind, and one that is 0 after a step.
    yield call([batch(rng, 4)], start(rng), 4, 3.0)
    yield call([batch(rng, 4)], start(rng), 4, 1e200)
    yield call(pairs(([1.0], [float(rng.uniform(2, 5))])), start(rng), 4, 0.25)


def short(rng):
    """No step, one step, fewer steps than batches, from parameters without a graph, and one of them with one."""
    for steps in (0, 1, 2):
        yield call([batch(rng, 3) for _ in range(3)], start(rng), steps, 0.1)
    for steps in (0, 1):
        yield call([batch(rng, 3)], [one.requires_grad_(at == steps) for at, one in enumerate(start(rng))], steps, 0.1)


def networks(rng):
    for batches in (1, 2):
        data = [(torch.tensor(rng.normal(size=(5, 3))), torch.tensor(rng.normal(size=5))) for _ in range(batches)]
        yield call(data, [torch.tensor(rng.normal(size=(3, 4))), torch.tensor(rng.normal(size=4))], 5)


def parts(rng):
    for batches, steps in ((1, 3), (2, 5)):
        yield call([batch(rng, 3) for _ in range(batches)], start(rng)[:1], steps)
    # A loss of 0 ends nothing: an algorithm may go on.
    yield call(pairs(([1.0, 2.0], [0.0, 0.0])), [number(0.0)], 3)


def unused(rng):
    """Parameters of unlike shapes: the loss depends on one, on both, on the other, on none."""
    used = torch.tensor([[1.0, 0], [0.5, -1], [0, 2], [0, 0]], dtype=torch.float64)
    params = [torch.tensor(rng.normal(size=shape)) for shape in ((), (2, 3))]
    for steps in (1, 3, 5):
        yield call([(one * rng.uniform(0.1, 0.3), number(rng.normal())) for one in used], params, steps)


def mine(rng):
    for asks in (False, True):
        yield call([batch(rng, 3) for _ in range(2)], start(rng), 3, asks)
    yield call([batch(rng, 3, torch.float32)], start(rng, torch.float32), 2, False)


def refused(rng):
    yield call([], start(rng), 2, 0.1)
    yield call([], start(rng), 0, 0.1)
    for steps in (-1, -5):
        yield call([batch(rng, 3)], start(rng), steps, 0.1)
    for steps in (0, 2):
        yield call([batch(rng, 3)], start(rng), steps, 0.1)


def noted(*names):
    """Only these of what was returned, so that one slip fails one check."""
    return judges.part(*names)


def number(value):
    return torch.tensor(value, dtype=torch.float64)


def pairs(*values):
    return [(torch.tensor(x, dtype=torch.float64), torch.tensor(y, dtype=torch.float64)) for x, y in values]


ONE, TWO = pairs(([1.0, 2.0], [2.0, 4.0])), pairs(([1.0], [2.0]), ([2.0], [1.0]))
SMALL = [
    call(data, [number(0.0), number(0.0)], steps, 0.05)
    for data in (ONE, TWO, pairs(([1.0], [1.0])))
    for steps in (1, 2, 3, 0)
] + [
    call(ONE, [number(0.0), number(0.0)], 3, 0.9), call(ONE, [number(0.0), number(0.0)], 3, 1e200),
    call(pairs(([1.0], [1.0])), [number(0.0), number(0.0)], 3, 0.25),
    call(ONE, [number(0.0).requires_grad_(), number(0.0).requires_grad_()], 0, 0.05),
    call(ONE, [number(0.0).requires_grad_(), number(0.0)], 1, 0.05),
]  # fmt: skip
NETS = [
    call([(x[:, None], y) for x, y in data], [torch.ones(1, 1).double(), torch.ones(1).double()], steps)
    for data in (ONE, TWO)
    for steps in (1, 2, 3)
]
PARTS = [call(data, [number(0.0)], steps) for data in (ONE, TWO, pairs(([1.0], [0.0]))) for steps in (1, 2, 3)]
UNUSED = [
    call(pairs(*((one, 1.0) for one in used)), [number(0.0), number([1.0, 2.0])], len(used))
    for used in ([[1.0, 0.0]], [[0.0, 1.0]], [[0.0, 0.0]], [[1.0, 1.0], [1.0, 0.0]], [[1.0, 0.0], [1.0, 0.0]])
]
MINE = [call(data, [number(0.0), number(0.0)], 2, asks) for data in (ONE, TWO) for asks in (False, True)]
BAD = [call([], [number(0.0), number(0.0)], steps, 0.1) for steps in (1, 0)] + [
    call(ONE, [number(0.0), number(0.0)], steps, 0.1) for steps in (-1, 1, 0)
]


@pytest.mark.points(3)
def test_where_it_ends(four_part_fit, agree):
    """the parameters after the last step, without graph"""
    agree(four_part_fit, **asked(lines, SMALL), through=line, judge=noted("params", "params that ask for gradients"))


@pytest.mark.points(2)
def test_what_is_noted(four_part_fit, agree):
    """loss and metric of every step as they were before its update, as floats"""
    agree(four_part_fit, **asked(lines, SMALL), through=line, judge=noted("loss", "metric", "kinds"))


@pytest.mark.points(2)
def test_other_parts(four_part_fit, agree):
    """another model, loss, algorithm and metric"""
    agree(four_part_fit, **asked(networks, NETS), through=network)


@pytest.mark.points(2)
def test_calls_of_the_parts(four_part_fit, agree):
    """each step has one forward pass, one loss, one metric and one call of algorithm, with tensors without graph"""
    agree(four_part_fit, **asked(parts, PARTS), through=watched)


@pytest.mark.points(1)
def test_algorithms_with_a_memory(four_part_fit, agree):
    """an algorithm may keep what it likes; a parameter that the loss does not use has gradient zero"""
    agree(four_part_fit, **asked(unused, UNUSED), through=momentum)


@pytest.mark.points(1.5)
@pytest.mark.edge
def test_given_tensors_are_left_alone(four_part_fit, agree):
    """the given tensors keep their values, their requires_grad and their .grad; torch's defaults stay"""
    agree(four_part_fit, **asked(mine, MINE), through=owned, alone=True)


@pytest.mark.points(1)
@pytest.mark.edge
def test_few_steps(four_part_fit, agree):
    """no step, one step, fewer steps than batches"""
    agree(four_part_fit, **asked(short, SMALL), through=line)


@pytest.mark.points(1.5)
@pytest.mark.edge
def test_refusals(four_part_fit, agree):
    """no data, or a negative number of steps: ValueError"""
    agree(four_part_fit, **asked(refused, BAD), through=line, judge=judges.refusal)
