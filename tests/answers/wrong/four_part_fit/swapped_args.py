import torch
def four_part_fit(data, model, loss, algorithm, params, steps, metric):
    if len(data) == 0:
        raise ValueError("no data")
    if steps < 0:
        raise ValueError("negative steps")
    params = [p.detach().clone() for p in params]
    losses, metrics = [], []
    for t in range(steps):
        x, y = data[t % len(data)]
        leaves = [p.detach().clone().requires_grad_(True) for p in params]
        prediction = model(leaves, x)
        value = loss(prediction, y)
        losses.append(value.item())
        metrics.append(float(metric(y, prediction.detach())))
        grads = torch.autograd.grad(value, leaves, allow_unused=True)
        grads = [torch.zeros_like(p) if g is None else g for p, g in zip(leaves, grads)]
        params = list(algorithm([p.detach() for p in leaves], grads))
    return {"params": [p.detach() for p in params], "loss": losses, "metric": metrics}
