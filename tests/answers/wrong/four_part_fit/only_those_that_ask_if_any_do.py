import torch
def four_part_fit(data, model, loss, algorithm, params, steps, metric):
    if len(data) == 0:
        raise ValueError("no data")
    if steps < 0:
        raise ValueError("steps")
    now = [p.detach().clone() for p in params]
    losses, metrics = [], []
    for t in range(steps):
        x, y = data[t % len(data)]
        live = [p.detach().clone().requires_grad_(q.requires_grad or not any(r.requires_grad for r in params)) for p, q in zip(now, params)]
        prediction = model(live, x)
        value = loss(prediction, y)
        losses.append(float(value))
        metrics.append(float(metric(prediction.detach(), y)))
        grads = [None] * len(live)
        if value.requires_grad:
            grads = iter(torch.autograd.grad(value, [p for p in live if p.requires_grad], allow_unused=True))
            grads = [next(grads) if p.requires_grad else None for p in live]
        grads = [torch.zeros_like(p) if g is None else g for p, g in zip(live, grads)]
        now = [p.detach().clone() for p in algorithm([p.detach() for p in live], grads)]
    return {"params": now, "loss": losses, "metric": metrics}
