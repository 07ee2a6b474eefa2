import torch

def four_part_fit(data, model, loss, algorithm, params, steps, metric):
    if not data:
        raise ValueError("data is empty")
    if steps < 0:
        raise ValueError("steps is negative")
    params = [p.detach().clone() for p in params]
    losses, metrics = [], []
    for t in range(steps):
        x, y = data[t % len(data)]
        leaves = [p.detach().clone().requires_grad_(True) for p in params]
        pred = model(leaves, x)
        value = loss(pred, y)
        losses.append(float(value))
        metrics.append(float(metric(pred.detach(), y)))
        grads = torch.autograd.grad(value, leaves, allow_unused=True, create_graph=True)
        grads = [torch.zeros_like(p) if g is None else g for p, g in zip(leaves, grads)]
        params = [p.detach() for p in algorithm([p.detach() for p in leaves], grads)]
    return {"params": params, "loss": losses, "metric": metrics}
