import torch


def four_part_fit(data, model, loss, algorithm, params, steps, metric):
    if len(data) == 0:
        raise ValueError("data is empty")
    if steps < 0:
        raise ValueError("steps is negative")
    params = list(params)
    losses, metrics = [], []
    for t in range(steps):
        x, y = data[t % len(data)]
        leaves = [p.detach().clone().requires_grad_(True) for p in params]
        prediction = model(leaves, x)
        value = loss(prediction, y)
        losses.append(value.item())
        metrics.append(float(metric(prediction.detach(), y)))
        grads = [torch.zeros_like(p).detach() for p in leaves]
        if value.requires_grad:
            found = torch.autograd.grad(value, leaves, allow_unused=True)
            grads = [z if g is None else g for z, g in zip(grads, found)]
        params = [p.detach().clone() for p in algorithm([p.detach() for p in leaves], grads)]
    return {"params": params, "loss": losses, "metric": metrics}
