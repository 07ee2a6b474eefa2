import torch


def four_part_fit(data, model, loss, algorithm, params, steps, metric):
    if not data or steps < 0:
        raise ValueError("no data, or steps below 0")
    current = [p.detach().clone() for p in params]
    losses, metrics = [], []
    for t in range(steps):
        x, y = data[t % len(data)]
        leaves = [p.clone().requires_grad_() for p in current]
        prediction = model(leaves, x)
        value = loss(prediction, y)
        losses.append(value.item())
        metrics.append(float(metric(prediction, y)))
        grads = [None] * len(leaves)
        if value.requires_grad:
            grads = torch.autograd.grad(value, leaves, allow_unused=True)
        grads = [torch.zeros(p.shape) if g is None else g for p, g in zip(current, grads, strict=True)]
        current = [p.detach() for p in algorithm(current, grads)]
    return {"params": current, "loss": losses, "metric": metrics}
