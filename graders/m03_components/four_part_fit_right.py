"""Right ways to write four_part_fit in other styles."""

from contextlib import suppress
from itertools import cycle, islice

import torch


def _check(data, steps):
    if not data or steps < 0:
        raise ValueError("data or steps")


def four_part_fit_by_backward(data, model, loss, algorithm, params, steps, metric):
    """By backward(), with a fresh .grad at each step."""
    _check(data, steps)
    history = {"loss": [], "metric": []}
    now = [p.detach().clone() for p in params]
    for x, y in islice(cycle(data), steps):
        for p in now:
            p.requires_grad_().grad = None
        prediction = model(now, x)
        cost = loss(prediction, y)
        if cost.requires_grad:
            cost.backward(inputs=now)
        history["loss"].append(cost.item())
        with torch.no_grad():
            measured = metric(prediction, y)
            history["metric"].append(measured.item() if isinstance(measured, torch.Tensor) else float(measured))
            gradients = [torch.zeros_like(p) if p.grad is None else p.grad for p in now]
            now = [p.detach().clone() for p in algorithm([p.detach() for p in now], gradients)]
    return {"params": now, **history}


def four_part_fit_by_functional(data, model, loss, algorithm, params, steps, metric):
    """The loss as a function of the parameters, which torch.func differentiates."""
    _check(data, steps)
    state, losses, metrics = tuple(p.detach().clone() for p in params), [], []
    for t in range(steps):
        x, y = data[t % len(data)]

        def cost_of(given, x=x, y=y):
            prediction = model(list(given), x)
            return loss(prediction, y), prediction

        gradients, (cost, prediction) = torch.func.grad_and_value(cost_of, has_aux=True)(state)
        losses.append(float(cost))
        metrics.append(float(metric(prediction, y)))
        state = tuple(algorithm(list(state), list(gradients)))
    return {"params": list(state), "loss": losses, "metric": metrics}


def four_part_fit_by_recursion(data, model, loss, algorithm, params, steps, metric):
    _check(data, steps)

    def go(t, now):
        if t == steps:
            return {"params": now, "loss": [], "metric": []}
        x, y = data[t % len(data)]
        leaves = [p.clone().requires_grad_(True) for p in now]
        prediction = model(leaves, x)
        value = loss(prediction, y)
        tied = value + 0 * leaves[0].sum()
        found = torch.autograd.grad(tied, leaves, allow_unused=True, materialize_grads=True)
        measured = float(metric(prediction.detach(), y))
        after = go(t + 1, [p.detach() for p in algorithm([p.detach() for p in leaves], list(found))])
        return {
            "params": after["params"],
            "loss": [value.item(), *after["loss"]],
            "metric": [measured, *after["metric"]],
        }

    return go(0, [p.detach().clone() for p in params])


def four_part_fit_by_generator(data, model, loss, algorithm, params, steps, metric):
    _check(data, steps)
    result = {"params": [torch.clone(p).detach() for p in params], "loss": [], "metric": []}

    def batches():
        taken = 0
        while taken < steps:
            for each in data:
                if taken == steps:
                    return
                taken += 1
                yield each

    for x, y in batches():
        old = [torch.nn.Parameter(p) for p in result["params"]]
        guess = model(old, x)
        value = loss(guess, y)
        slopes = [None] * len(old)
        with suppress(RuntimeError):  # where the loss depends on none of them
            slopes = torch.autograd.grad(value, old, allow_unused=True)
        slopes = [slope if slope is not None else 0 * p.detach() for slope, p in zip(slopes, old, strict=True)]
        result["loss"] += [value.item()]
        result["metric"] += [float(metric(guess.detach(), y))]
        result["params"] = [p.detach().clone() for p in algorithm([p.detach().clone() for p in old], slopes)]
    return result


def four_part_fit_by_class(data, model, loss, algorithm, params, steps, metric):
    class Fit:
        def __init__(self):
            _check(data, steps)
            self.params, self.loss, self.metric = [p.detach().clone() for p in params], [], []

        def step(self, x, y):
            leaves = [p.detach().clone() for p in self.params]
            for leaf in leaves:
                leaf.requires_grad = True
            prediction = model(leaves, x)
            cost = loss(prediction, y)
            self.loss.append(float(cost.detach()))
            self.metric.append(float(metric(prediction.detach(), y)))
            if cost.requires_grad:
                cost.backward(inputs=leaves)
            grads = [leaf.grad if leaf.grad is not None else torch.zeros_like(leaf) for leaf in leaves]
            self.params = [p.detach() for p in algorithm([leaf.detach() for leaf in leaves], grads)]

    fit = Fit()
    for t in range(steps):
        fit.step(*data[t % len(data)])
    return vars(fit)


def four_part_fit_by_tying(data, model, loss, algorithm, params, steps, metric):
    """Every parameter is tied to the loss by 0 times its sum, so that none is unused."""
    _check(data, steps)
    now, noted = [p.detach().clone() for p in params], []
    for t in range(steps):
        x, y = data[t % len(data)]
        leaves = [p.clone().requires_grad_() for p in now]
        prediction = model(leaves, x)
        cost = loss(prediction, y)
        noted.append((float(cost.detach()), float(metric(prediction.detach(), y))))
        tied = cost + sum((0 * leaf).sum().to(cost.dtype) for leaf in leaves)
        now = [p.detach() for p in algorithm([p.detach() for p in leaves], list(torch.autograd.grad(tied, leaves)))]
    return {"params": tuple(now), "loss": [a for a, _ in noted], "metric": tuple(b for _, b in noted)}
