import torch
def four_part_fit(data, model, loss, algorithm, params, steps, metric):
    if len(data) == 0 or steps < 0:
        raise ValueError("data and steps")
    params = [p.detach().clone() for p in params]
    losses, metrics = [], []
    for t in range(steps):
        x, y = data[t % len(data)]
        leaves = [p.detach().clone().requires_grad_() for p in params]
        if losses and losses[-1] == 0.0:
            losses.append(0.0)
            metrics.append(metrics[-1])
            continue
        pred = model(leaves, x)
        value = loss(pred, y)
        losses.append(float(value.detach()))
        m = metric(pred.detach(), y)
        metrics.append(float(m))
        grads = torch.autograd.grad(value, leaves, allow_unused=True) if value.requires_grad else [None] * len(leaves)
        grads = [torch.zeros_like(p) if g is None else g.detach() for p, g in zip(leaves, grads)]
        params = [p.detach() for p in algorithm([p.detach() for p in leaves], grads)]
    return {"params": params, "loss": losses, "metric": metrics}
