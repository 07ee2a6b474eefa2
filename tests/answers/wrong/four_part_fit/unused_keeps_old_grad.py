import torch
def four_part_fit(data, model, loss, algorithm, params, steps, metric):
    if not data or steps < 0: raise ValueError("data")
    params = [p.detach().clone() for p in params]
    losses, metrics = [], []
    last = [torch.zeros_like(p) for p in params]
    for t in range(steps):
        x, y = data[t % len(data)]
        x, y = x.detach(), y.detach()
        leaves = [p.clone().requires_grad_() for p in params]
        pred = model(leaves, x)
        l = loss(pred, y)
        losses.append(float(l.detach())); metrics.append(float(metric(pred.detach(), y)))
        grads = torch.autograd.grad(l, leaves, allow_unused=True) if l.requires_grad else [None]*len(leaves)
        last = [o if g is None else g for o, g in zip(last, grads)]
        params = [p.detach() for p in algorithm(params, last)]
    return {"params": params, "loss": losses, "metric": metrics}
