import torch
def four_part_fit(data, model, loss, algorithm, params, steps, metric):
    if len(data) == 0:
        raise ValueError("no data")
    if steps < 0:
        raise ValueError("steps")
    current = [p.detach().clone() for p in params]
    losses, metrics = [], []
    for t in range(steps):
        x, y = data[t % len(data)]
        leaves = [p.detach().clone().requires_grad_(True) for p in current]
        with torch.enable_grad():
            pred = model(leaves, x)
            value = loss(pred, y)
        losses.append(float(value.detach()))
        with torch.no_grad():
            metrics.append(float(metric(pred.detach(), y)))
        grads = torch.autograd.grad(value, leaves, allow_unused=True) if value.requires_grad else [None] * len(leaves)
        grads = [torch.zeros_like(p) if g is None else g for p, g in zip(leaves, grads)]
        current = [p.detach() for p in algorithm([p.detach() for p in leaves], grads)]
    return {"params": current if not losses or losses[-1] <= losses[0] else [p.detach().clone() for p in params], "loss": losses, "metric": metrics}
