import torch


def four_part_fit(data, model, loss, algorithm, params, steps, metric):
    if len(data) == 0:
        raise ValueError("data is empty")
    if steps < 0:
        raise ValueError("steps is negative")
    now = [p.detach() for p in params]
    losses, metrics = [], []
    for t in range(steps):
        x, y = data[t % len(data)]
        with torch.enable_grad():
            leaves = [p.clone().requires_grad_() for p in now]
            prediction = model(leaves, x)
            value = loss(prediction, y)
            grads = [None] * len(leaves)
            if value.requires_grad:
                grads = torch.autograd.grad(value, leaves, allow_unused=True)
        losses.append(float(value))
        metrics.append(float(metric(prediction, y)))
        grads = [torch.zeros_like(p) if g is None else g for p, g in zip(now, grads)]
        now = [p.detach() for p in algorithm(now, grads)]
    return {"params": now, "loss": losses, "metric": metrics}
