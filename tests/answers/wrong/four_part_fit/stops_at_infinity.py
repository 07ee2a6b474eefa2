import torch
def four_part_fit(data, model, loss, algorithm, params, steps, metric):
    if steps < 0 or not data: raise ValueError
    params = list(params); losses, metrics = [], []
    for t in range(steps):
        x, y = data[t % len(data)]
        leaves = [p.detach().clone().requires_grad_(True) for p in params]
        pred = model(leaves, x)
        l = loss(pred, y)
        if not torch.isfinite(l): break
        losses.append(l.item()); metrics.append(float(metric(pred.detach(), y)))
        grads = list(torch.autograd.grad(l, leaves, materialize_grads=True)) if l.requires_grad else [torch.zeros_like(p) for p in leaves]
        params[:] = [q.detach().clone() for q in algorithm([p.detach() for p in leaves], grads)]
    return {"params": [p.detach().clone() for p in params], "loss": losses, "metric": metrics}
