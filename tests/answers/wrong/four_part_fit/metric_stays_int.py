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
        score = metric(prediction.detach(), y)
        losses.append(value.item())
        metrics.append(score.item() if torch.is_tensor(score) else score)
        grads = [torch.zeros_like(p) for p in params]
        if value.requires_grad:
            found = torch.autograd.grad(value, leaves, allow_unused=True)
            grads = [z if g is None else g for z, g in zip(grads, found)]
        params = [p.detach().clone() for p in algorithm(params, grads)]
    return {"params": params, "loss": losses, "metric": metrics}
