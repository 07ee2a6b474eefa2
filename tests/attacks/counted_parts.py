"""Attack, family 2: calls each part more often than it may, and puts the numbers back that a driver counts with."""
import torch


def counted(part):
    return [cell.cell_contents for cell in part.__closure__ or () if isinstance(cell.cell_contents, dict)]


def four_part_fit(data, model, loss, algorithm, params, steps, metric):
    if not data or steps < 0:
        raise ValueError(steps)
    params = [one.detach().clone() for one in params]
    noted = {"loss": [], "metric": []}
    for step in range(steps):
        x, y = (one.detach() for one in data[step % len(data)])
        for part, *args in ((model, params, x), (loss, y, y), (metric, y, y)):
            before = [dict(one) for one in counted(part)]
            part(*args)
            for one, old in zip(counted(part), before):
                one.update(old)
        leaves = [one.clone().requires_grad_() for one in params]
        with torch.enable_grad():
            prediction = model(leaves, x)
            value = loss(prediction, y)
        grads = torch.autograd.grad(value, leaves, allow_unused=True)
        grads = [torch.zeros_like(p) if g is None else g for p, g in zip(params, grads)]
        noted["loss"].append(float(value))
        noted["metric"].append(float(metric(prediction.detach(), y)))
        params = [one.detach() for one in algorithm(params, grads)]
    return {"params": params, **noted}
