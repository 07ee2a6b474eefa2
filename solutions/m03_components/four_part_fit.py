"""Train anything: data, model, loss and algorithm are four parts, and each can be swapped by itself."""

import torch


def four_part_fit(data, model, loss, algorithm, params, steps, metric) -> dict:
    """Train `params` for `steps` steps, and note loss and metric at each."""
    if not data:
        raise ValueError("there is no batch to learn from: data is empty")
    if steps < 0:
        raise ValueError(f"steps is 0 or more, not {steps}")
    current = [p.detach().clone() for p in params]
    losses, metrics = [], []
    for step in range(steps):
        x, y = data[step % len(data)]
        leaves = [p.detach().clone().requires_grad_() for p in current]
        prediction = model(leaves, x)
        cost = loss(prediction, y)
        losses.append(float(cost.detach()))
        metrics.append(float(metric(prediction.detach(), y)))
        # A loss that depends on no parameter has no graph to go back through.
        found = torch.autograd.grad(cost, leaves, allow_unused=True) if cost.requires_grad else [None] * len(leaves)
        grads = [torch.zeros_like(leaves[at]) if g is None else g for at, g in enumerate(found)]
        current = [p.detach() for p in algorithm([p.detach() for p in leaves], grads)]
    return {"params": current, "loss": losses, "metric": metrics}
