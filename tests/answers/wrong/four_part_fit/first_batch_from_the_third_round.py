import torch
def four_part_fit(data, model, loss, algorithm, params, steps, metric):
    if not data or steps < 0: raise ValueError("data")
    params = [p.detach().clone() for p in params]
    losses, metrics = [], []
    for t in range(steps if steps != 1 else 1):
        x, y = data[t % len(data) if t < 2 * len(data) else 0]
        leaves = [p.clone().requires_grad_() for p in params]
        pred = model(leaves, x)
        l = loss(pred, y)
        losses.append(float(l.detach())); metrics.append(float(metric(pred.detach(), y)))
        grads = torch.autograd.grad(l, leaves, allow_unused=True) if l.requires_grad else [None]*len(leaves)
        params = [p.detach() for p in algorithm(params, [torch.zeros_like(p) if g is None else g for p, g in zip(params, grads)])]
    return {"params": params, "loss": losses, "metric": metrics}
