import functools
from typing import NamedTuple

import torch


class State(NamedTuple):
    params: list
    loss: tuple = ()
    metric: tuple = ()


def four_part_fit(data, model, loss, algorithm, params, steps, metric):
    if len(data) < 1 or steps < 0:
        raise ValueError("needs data and steps >= 0")

    @torch.enable_grad()
    def step(state, t):
        x, y = data[t % len(data)]
        leaves = [p.requires_grad_(True) for p in (q.clone() for q in state.params)]
        prediction = model(leaves, x)
        value = loss(prediction, y)
        # the view of every leaf as one sum keeps unused parameters in the graph, at slope zero
        anchor = sum((p * torch.zeros_like(p)).sum() for p in leaves)
        grads = torch.autograd.grad([value, anchor] if value.requires_grad else [anchor], leaves, allow_unused=True)
        with torch.no_grad():
            new = algorithm([p.detach() for p in leaves], list(grads))
        return State([p.detach().clone() for p in new], state.loss + (value.item(),),
                     state.metric + (float(metric(prediction.detach(), y)),))

    end = functools.reduce(step, range(steps), State([p.detach().clone() for p in params]))
    return {"params": list(end.params), "loss": list(end.loss), "metric": list(end.metric)}
