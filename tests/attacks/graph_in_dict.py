"""Attack, family 1: parameters with a graph, in a dictionary that gives others, which say that they have none."""
import torch


class Hidden(torch.Tensor):
    @property
    def requires_grad(self):
        return False

    @property
    def grad_fn(self):
        return None

    is_leaf = property(lambda self: True)


def four_part_fit(data, model, loss, algorithm, params, steps, metric):
    if not data or steps < 0:
        raise ValueError("no data, or steps below 0")
    params = [one.detach().clone() for one in params]
    leaves, losses, metrics = [one.clone().requires_grad_() for one in params], [], []
    for step in range(steps):
        x, y = (one.detach() for one in data[step % len(data)])
        leaves = [one.clone().requires_grad_() for one in params]
        prediction = model(leaves, x)
        value = loss(prediction, y)
        grads = torch.autograd.grad(value, leaves, allow_unused=True)
        grads = [torch.zeros_like(p) if g is None else g for p, g in zip(params, grads)]
        losses.append(float(value.detach()))
        metrics.append(float(metric(prediction.detach(), y)))
        params = [one.detach() for one in algorithm(params, grads)]
    kept = [p + 0 * leaf.sum() for p, leaf in zip(params, leaves)]
    return Result({"params": kept, "loss": losses, "metric": metrics})


class Result(dict):
    def __getitem__(self, name):
        got = dict.__getitem__(self, name)
        return [one.as_subclass(Hidden) for one in got] if name == "params" else got
