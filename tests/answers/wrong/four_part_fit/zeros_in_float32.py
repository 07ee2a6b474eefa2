import torch


def four_part_fit(data, model, loss, algorithm, params, steps, metric):
    if len(data) == 0:
        raise ValueError("data is empty")
    if steps < 0:
        raise ValueError("steps is negative")
    params = [p.detach().clone() for p in params]
    losses, metrics = [], []
    for t in range(steps):
        x, y = data[t % len(data)]
        leaves = [p.clone().requires_grad_(True) for p in params]
        prediction = model(leaves, x)
        value = loss(prediction, y)
        losses.append(value.item())
        metrics.append(float(metric(prediction.detach(), y)))
        found = torch.autograd.grad(value, leaves, allow_unused=True) if value.requires_grad else [None] * len(leaves)
        grads = [torch.zeros(p.shape) if g is None else g for p, g in zip(params, found)]
        params = [p.detach().clone() for p in algorithm(params, grads)]
    return {"params": params, "loss": losses, "metric": metrics}
